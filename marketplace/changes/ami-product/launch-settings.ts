import { isInstanceTypeName } from "../../instance-types";
import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { AccessEndpoint, SecurityGroup } from "./delivery-option-shapes";

/** How a delivery option is launched, as far as a change names it. */
export interface LaunchSettings {
  readonly UsageInstructions?: string;
  readonly AccessEndpointUrl?: AccessEndpoint;
  readonly RecommendedInstanceType?: string;
  readonly SecurityGroups?: readonly SecurityGroup[];
}

/** Rules on launch settings (Catalog API, Work with AMI-based products, Add a new version). */
export function checkLaunchSettings(settings: LaunchSettings): Problem[] {
  const { RecommendedInstanceType: type } = settings;
  return [
    ...unless(
      type === undefined || isInstanceTypeName(type),
      "INVALID_RECOMMENDED_INSTANCE_TYPE",
      "RecommendedInstanceType",
      `${quoted([type ?? ""])} is not an instance type; write family and size, such as "m5.large".`,
    ),
    ...(settings.SecurityGroups ?? []).flatMap((group, i) => checkGroup(group, `SecurityGroups[${i}]`)),
    ...checkEndpoint(settings.AccessEndpointUrl),
  ];
}

/** A recommended type must be one that the product offers. */
export function checkRecommended(type: string | undefined, available: readonly string[]): Problem[] {
  return unless(
    type === undefined || available.includes(type),
    "RECOMMENDED_INSTANCE_TYPE_NOT_AVAILABLE",
    "RecommendedInstanceType",
    `The product does not offer ${type}. Recommend a type that it offers, or add it (AddInstanceTypes).`,
  );
}

function checkGroup({ FromPort, ToPort, IpProtocol, IpRanges }: SecurityGroup, path: string): Problem[] {
  return [
    ...unless(
      FromPort <= ToPort,
      "INVALID_SECURITY_GROUP",
      `${path}.FromPort`,
      `The range starts at ${FromPort}, after its end at ${ToPort}.`,
    ),
    ...unless(
      IpProtocol === "tcp" || IpProtocol === "udp",
      "INVALID_SECURITY_GROUP_PROTOCOL",
      `${path}.IpProtocol`,
      `The protocol must be tcp or udp, not ${quoted([IpProtocol])}.`,
    ),
    ...IpRanges.flatMap((range, i) =>
      unless(
        isCidr(range),
        "INVALID_CIDR_IP",
        `${path}.IpRanges[${i}]`,
        `${quoted([range])} is not an IPv4 range; write it as "203.0.113.0/24" or "0.0.0.0/0".`,
      ),
    ),
  ];
}

function isCidr(text: string): boolean {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!parts) return false;
  const [a, b, c, d, bits] = parts.slice(1).map(Number) as [number, number, number, number, number];
  return [a, b, c, d].every((byte) => byte <= 255) && bits <= 32;
}

function checkEndpoint(endpoint: AccessEndpoint | undefined): Problem[] {
  if (!endpoint) return [];
  const { Port, Protocol, RelativePath: path } = endpoint;
  return [
    ...unless(
      Port >= 1 && Port <= 65535,
      "INVALID_ACCESS_ENDPOINT_PORT",
      "AccessEndpointUrl.Port",
      `${Port} is not a port.`,
    ),
    ...unless(
      Protocol === "http" || Protocol === "https",
      "INVALID_ACCESS_ENDPOINT_PROTOCOL",
      "AccessEndpointUrl.Protocol",
      `The protocol must be http or https, not ${quoted([Protocol])}.`,
    ),
    ...unless(
      path === undefined || !/\s|^\//.test(path),
      "INVALID_ACCESS_ENDPOINT_RELATIVE_PATH",
      "AccessEndpointUrl.RelativePath",
      "A relative path has no spaces and no leading slash.",
    ),
  ];
}
