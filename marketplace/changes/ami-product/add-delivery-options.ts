import type { Problem } from "../../problem";
import { at, quoted, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { anyText, list, object, text, whole } from "../document-shapes";
import { hexFrom, uuidFrom } from "../uuid";
import { amiOption, imageBuilderOption, templateOption, type AmiOptionDetails } from "./delivery-option-shapes";
import { checkAssets } from "./image";
import { checkText } from "../product/information";
import { checkLaunchSettings, checkRecommended } from "./launch-settings";
import {
  alsoAsked,
  amiProduct,
  instanceTypesOf,
  submissionsOf,
  versionsOf,
  visibilityOf,
  withDeliveryOptions,
  withProduct,
  type DeliveryOption,
  type Source,
  type Version,
} from "./product";

type Option = {
  readonly Details: {
    readonly AmiDeliveryOptionDetails?: AmiOptionDetails;
    readonly DeploymentTemplateDeliveryOptionDetails?: object;
    readonly Ec2ImageBuilderComponentDeliveryOptionDetails?: object;
  };
  readonly DeliveryOptionTitle?: string;
};
type Details = {
  readonly Version: { readonly VersionTitle: string; readonly ReleaseNotes: string };
  readonly DeliveryOptions: readonly Option[];
};

/** Adds a version: copies and scans its image, and offers it to buyers with everything needed to launch it. */
export const addDeliveryOptions: ChangeType<Details> = {
  changeType: "AddDeliveryOptions",
  entityType: amiProduct,
  schema: whole({
    Version: whole({ VersionTitle: text(64), ReleaseNotes: text(30000) }),
    DeliveryOptions: list(
      object(
        {
          Details: {
            ...object({
              AmiDeliveryOptionDetails: amiOption,
              DeploymentTemplateDeliveryOptionDetails: templateOption,
              Ec2ImageBuilderComponentDeliveryOptionDetails: imageBuilderOption,
            }),
            minProperties: 1,
            maxProperties: 1,
          },
          DeliveryOptionTitle: anyText(72),
        },
        ["Details"],
      ),
      1,
      4,
    ),
  }),
  check: (world, entity, details) => [
    ...checkProduct(world, entity),
    ...checkVersion(entity, details.Version),
    ...details.DeliveryOptions.flatMap((option, i) => checkOption(world, entity, option, `DeliveryOptions[${i}]`)),
    ...checkCount(details.DeliveryOptions),
  ],
  apply: (world, entity, details) => {
    const option = details.DeliveryOptions.find((one) => one.Details.AmiDeliveryOptionDetails);
    const ami = option?.Details.AmiDeliveryOptionDetails;
    if (!ami) return withProduct(entity, {});
    const source = newSource(world, entity, ami);
    const delivery = newDeliveryOption(
      world,
      entity,
      source,
      ami,
      option.DeliveryOptionTitle,
      details.Version.VersionTitle,
    );
    const { AmiId, AccessRoleArn } = ami.AmiSource;
    return withProduct(
      entity,
      { Versions: [...versionsOf(entity), newVersion(world, details.Version, source, delivery)] },
      { AmiSources: { ...submissionsOf(entity).AmiSources, [delivery.Id]: { AmiId, AccessRoleArn } } },
    );
  },
  verify: (_world, entity, details) =>
    details.DeliveryOptions.flatMap(({ Details: { AmiDeliveryOptionDetails: ami } }, i) =>
      at(
        `DeliveryOptions[${i}].Details.AmiDeliveryOptionDetails`,
        checkRecommended(ami?.RecommendedInstanceType, instanceTypesOf(entity).AvailableInstanceTypes),
      ),
    ),
};

/** A draft may get versions in the set that creates or releases it, else the product must be on offer. */
function checkProduct(world: World, entity: Entity): Problem[] {
  const visibility = visibilityOf(entity);
  const fine =
    visibility === "Limited" ||
    visibility === "Public" ||
    (visibility === "Draft" &&
      (alsoAsked(world, entity.id, "CreateProduct") || alsoAsked(world, entity.id, "ReleaseProduct")));
  const message = `Versions are added to products that are Limited or Public, or in the set that creates them; this one is ${visibility}.`;
  return unless(fine, "INVALID_PRODUCT", "", message);
}

function checkVersion(entity: Entity, { VersionTitle, ReleaseNotes }: Details["Version"]): Problem[] {
  const taken = versionsOf(entity).some((version) => version.VersionTitle === VersionTitle);
  return [
    ...unless(
      !taken,
      "DUPLICATE_VERSION_TITLE",
      "Version.VersionTitle",
      `The product already has a version ${quoted([VersionTitle])}. Each version needs a title of its own.`,
    ),
    ...checkText(VersionTitle, "Version.VersionTitle", "INVALID_VERSION_TITLE"),
    ...checkText(ReleaseNotes, "Version.ReleaseNotes", "INVALID_RELEASE_NOTES"),
  ];
}

function checkOption(world: World, entity: Entity, { Details: kinds }: Option, path: string): Problem[] {
  const ami = kinds.AmiDeliveryOptionDetails;
  if (!ami) {
    const kind = Object.keys(kinds)[0] ?? "";
    const message = `${kind} is not supported by this marketplace; use AmiDeliveryOptionDetails.`;
    return unless(false, "INVALID_DELIVERY_OPTIONS", `${path}.Details.${kind}`, message);
  }
  const facts = world.assets(ami.AmiSource);
  const fit = {
    instanceTypes: instanceTypesOf(entity).AvailableInstanceTypes,
    architecture: versionsOf(entity).at(-1)?.Sources[0]?.Architecture,
    account: world.account,
    now: world.now,
  };
  return at(`${path}.Details.AmiDeliveryOptionDetails`, [
    ...checkText(ami.UsageInstructions, "UsageInstructions", "INVALID_USAGE_INSTRUCTIONS"),
    ...checkLaunchSettings(ami),
    ...(facts ? at("AmiSource", checkAssets(facts, fit)) : []),
  ]);
}

function checkCount(options: readonly Option[]): Problem[] {
  const amis = options.filter((option) => option.Details.AmiDeliveryOptionDetails).length;
  const message = "A version holds one image, so it has one standalone AMI delivery option.";
  return unless(amis <= 1, "INVALID_DELIVERY_OPTIONS", "DeliveryOptions", message);
}

function newSource(world: World, entity: Entity, { AmiSource: source }: AmiOptionDetails): Source {
  const facts = world.assets(source)?.image;
  const image = facts?.found ? facts : undefined;
  const id = world.newId("source");
  return {
    Id: uuidFrom(id),
    Type: "AmazonMachineImage",
    Image: `ami-${hexFrom(id, 17)}`,
    Architecture: image?.architecture ?? "x86_64",
    VirtualizationType: image?.virtualizationType ?? "hvm",
    OperatingSystem: {
      Name: source.OperatingSystemName,
      Version: source.OperatingSystemVersion,
      Username: source.UserName,
      ScanningPort: source.ScanningPort ?? 22,
    },
    Compatibility: instanceTypesOf(entity),
  };
}

function newDeliveryOption(
  world: World,
  entity: Entity,
  source: Source,
  ami: AmiOptionDetails,
  title: string | undefined,
  versionTitle: string,
): DeliveryOption {
  return {
    Id: uuidFrom(world.newId("do")),
    Type: "AmazonMachineImage",
    SourceId: source.Id,
    ...(title === undefined ? {} : { Title: title }),
    Instructions: {
      Usage: ami.UsageInstructions,
      ...(ami.AccessEndpointUrl === undefined ? {} : { Access: ami.AccessEndpointUrl }),
    },
    Visibility: "Public",
    Recommendations: {
      SecurityGroups: ami.SecurityGroups.map(({ IpProtocol, FromPort, ToPort, IpRanges }) => ({
        Protocol: IpProtocol,
        FromPort,
        ToPort,
        CidrIps: IpRanges,
      })),
      InstanceType: ami.RecommendedInstanceType,
    },
    AmiAlias: `/aws/service/marketplace/${entity.id}/${versionTitle.replace(/[^\w.-]+/g, "-")}`,
  };
}

function newVersion(
  world: World,
  { VersionTitle, ReleaseNotes }: Details["Version"],
  source: Source,
  option: DeliveryOption,
): Version {
  const version: Version = {
    Id: uuidFrom(world.newId("version")),
    VersionTitle,
    ReleaseNotes,
    UpgradeInstructions: "",
    CreationDate: world.now,
    Sources: [source],
    DeliveryOptions: [],
    DeliveryMethods: [],
  };
  return withDeliveryOptions(version, [option]);
}
