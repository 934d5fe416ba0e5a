import type { Schema } from "../change-type";
import { anyText, integer, list, matching, object, text, whole } from "../document-shapes";

/** Shapes that AddDeliveryOptions and UpdateDeliveryOptions share. */

export type SecurityGroup = {
  readonly FromPort: number;
  readonly ToPort: number;
  readonly IpProtocol: string;
  readonly IpRanges: readonly string[];
};

export type AccessEndpoint = { readonly Port: number; readonly Protocol: string; readonly RelativePath?: string };

export type AmiSource = {
  readonly AmiId: string;
  readonly AccessRoleArn: string;
  readonly UserName: string;
  readonly ScanningPort?: number;
  readonly OperatingSystemName: string;
  readonly OperatingSystemVersion: string;
  readonly AfiIds?: readonly string[];
};

export type AmiOptionDetails = {
  readonly AmiSource: AmiSource;
  readonly UsageInstructions: string;
  readonly AccessEndpointUrl?: AccessEndpoint;
  readonly RecommendedInstanceType: string;
  readonly SecurityGroups: readonly SecurityGroup[];
};

const port = integer(1, 65535);
const instanceType = matching("^[a-z]+[0-9]+[a-z]*\\.[0-9]*[a-z]+$");

const imageMembers: Readonly<Record<string, Schema>> = {
  AmiId: matching("^ami-([a-zA-Z0-9]{8}|[a-zA-Z0-9]{17})$"),
  AccessRoleArn: matching("^arn:aws:iam::\\d{12}:role\\/[a-zA-Z_0-9+=,.@\\-_\\/]+$"),
  UserName: matching("^[a-zA-Z][a-zA-Z0-9_-]{0,31}$", 32),
  ScanningPort: port,
  OperatingSystemName: text(100),
  OperatingSystemVersion: text(100),
};

const launchMembers: Readonly<Record<string, Schema>> = {
  UsageInstructions: text(4000),
  AccessEndpointUrl: object({ Port: port, Protocol: text(5), RelativePath: matching("^(?!\\/)\\S+[\\S\\s]*", 2000) }, [
    "Port",
    "Protocol",
  ]),
  SecurityGroups: list(
    whole({ FromPort: port, IpProtocol: text(3), IpRanges: list(anyText(), 1, 5), ToPort: port }),
    1,
    25,
  ),
};

export const amiOption: Schema = object(
  {
    ...launchMembers,
    AmiSource: object({ ...imageMembers, AfiIds: list(anyText(), undefined, 15) }, [
      "AmiId",
      "AccessRoleArn",
      "UserName",
      "OperatingSystemName",
      "OperatingSystemVersion",
    ]),
    RecommendedInstanceType: instanceType,
  },
  ["AmiSource", "UsageInstructions", "RecommendedInstanceType", "SecurityGroups"],
);

export const amiOptionUpdate: Schema = object({ ...launchMembers, RecommendedInstanceType: matching("^\\S{1,24}$") });

const templateMembers: Readonly<Record<string, Schema>> = {
  ShortDescription: anyText(),
  LongDescription: anyText(),
  UsageInstructions: text(4000),
  RecommendedInstanceType: instanceType,
  ArchitectureDiagram: anyText(),
  Template: anyText(),
  TemplateSources: list({
    type: "object",
    properties: { ParameterName: anyText(), AmiSource: { type: "object", properties: imageMembers } },
  }),
};

export const templateOption: Schema = object(templateMembers);
export const templateOptionUpdate: Schema = object({ ...templateMembers, DeliveryOptionTitle: anyText(72) });

export const imageBuilderOption: Schema = object({
  UsageInstructions: anyText(),
  AccessRoleArn: anyText(),
  ComponentArn: anyText(),
});
