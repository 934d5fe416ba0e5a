import type { Problem } from "../../problem";
import { at, quoted, repeated, unless } from "../../problem";
import type { ChangeType, Entity } from "../change-type";
import { list, matching, object, text, whole } from "../document-shapes";
import {
  amiOptionUpdate,
  templateOptionUpdate,
  type AccessEndpoint,
  type SecurityGroup,
} from "./delivery-option-shapes";
import { checkText } from "../product/information";
import { checkLaunchSettings, checkRecommended, type LaunchSettings } from "./launch-settings";
import {
  amiProduct,
  instanceTypesOf,
  versionsOf,
  visibilityOf,
  withDeliveryOptions,
  withProduct,
  type DeliveryOption,
  type Version,
} from "./product";

type OptionUpdate = {
  readonly Id: string;
  readonly Details?: {
    readonly AmiDeliveryOptionDetails?: LaunchSettings;
    readonly DeploymentTemplateDeliveryOptionDetails?: object;
  };
};
type Details = {
  readonly Version?: { readonly ReleaseNotes: string };
  readonly DeliveryOptions?: readonly OptionUpdate[];
};

/** Changes the words and launch settings of one version; its title and image stay. */
export const updateDeliveryOptions: ChangeType<Details> = {
  changeType: "UpdateDeliveryOptions",
  entityType: amiProduct,
  schema: object({
    Version: whole({ ReleaseNotes: text(30000) }),
    DeliveryOptions: list(
      object(
        {
          Id: matching("([a-f0-9]{8}(-[a-f0-9]{4}){4}[a-f0-9]{8})", 36),
          Details: object({
            AmiDeliveryOptionDetails: amiOptionUpdate,
            DeploymentTemplateDeliveryOptionDetails: templateOptionUpdate,
          }),
        },
        ["Id"],
      ),
      1,
      4,
    ),
  }),
  check: (_world, entity, details) => [
    ...unless(
      visibilityOf(entity) !== "Restricted",
      "INVALID_PRODUCT",
      "",
      "The product is Restricted; its versions cannot be updated.",
    ),
    ...checkIds(entity, details),
    ...checkText(details.Version?.ReleaseNotes ?? "", "Version.ReleaseNotes", "INVALID_RELEASE_NOTES"),
    ...(details.DeliveryOptions ?? []).flatMap(({ Details: kinds }, i) =>
      at(`DeliveryOptions[${i}].Details`, [
        ...at("AmiDeliveryOptionDetails", checkSettings(kinds?.AmiDeliveryOptionDetails)),
        ...unless(
          kinds?.DeploymentTemplateDeliveryOptionDetails === undefined,
          "INVALID_DELIVERY_OPTION_IDS",
          "DeploymentTemplateDeliveryOptionDetails",
          "The delivery option is a standalone AMI; give AmiDeliveryOptionDetails.",
        ),
      ]),
    ),
  ],
  apply: (_world, entity, details) =>
    withProduct(entity, { Versions: versionsOf(entity).map((version) => update(version, details)) }),
  verify: (_world, entity, details) =>
    (details.DeliveryOptions ?? []).flatMap(({ Details: kinds }, i) =>
      at(
        `DeliveryOptions[${i}].Details.AmiDeliveryOptionDetails`,
        checkRecommended(
          kinds?.AmiDeliveryOptionDetails?.RecommendedInstanceType,
          instanceTypesOf(entity).AvailableInstanceTypes,
        ),
      ),
    ),
};

function checkIds(entity: Entity, { DeliveryOptions: options = [] }: Details): Problem[] {
  const known = (id: string) =>
    versionsOf(entity).find((version) => version.DeliveryOptions.some((one) => one.Id === id));
  const versions = new Set(options.flatMap(({ Id }) => known(Id)?.Id ?? []));
  const code = "INVALID_DELIVERY_OPTION_IDS";
  return [
    ...unless(
      options.length > 0,
      "MISSING_DELIVERY_OPTION_IDS",
      "DeliveryOptions",
      "Name the delivery options of the version by their ids.",
    ),
    ...options.flatMap(({ Id }, i) =>
      unless(
        known(Id) !== undefined,
        code,
        `DeliveryOptions[${i}].Id`,
        `The product has no delivery option with the id ${quoted([Id])}.`,
      ),
    ),
    ...repeated(options.map(({ Id }) => Id)).map((id) => ({
      code,
      path: "DeliveryOptions",
      message: `${quoted([id])} is given twice.`,
    })),
    ...unless(
      versions.size <= 1,
      "INVALID_DELIVERY_OPTIONS",
      "DeliveryOptions",
      "The delivery options belong to several versions; update one version at a time.",
    ),
  ];
}

function checkSettings(settings: LaunchSettings | undefined): Problem[] {
  if (!settings) return [];
  return [
    ...checkText(settings.UsageInstructions ?? "", "UsageInstructions", "INVALID_USAGE_INSTRUCTIONS"),
    ...checkLaunchSettings(settings),
  ];
}

function update(version: Version, { Version: words, DeliveryOptions: options = [] }: Details): Version {
  if (!options.some(({ Id }) => version.DeliveryOptions.some((one) => one.Id === Id))) return version;
  const changed = version.DeliveryOptions.map((option) => {
    const settings = options.find(({ Id }) => Id === option.Id)?.Details?.AmiDeliveryOptionDetails;
    return settings ? merge(option, settings) : option;
  });
  return withDeliveryOptions({ ...version, ReleaseNotes: words?.ReleaseNotes ?? version.ReleaseNotes }, changed);
}

function merge(option: DeliveryOption, settings: LaunchSettings): DeliveryOption {
  const { Instructions, Recommendations } = option;
  const access: AccessEndpoint | undefined = settings.AccessEndpointUrl ?? Instructions.Access;
  return {
    ...option,
    Instructions: {
      Usage: settings.UsageInstructions ?? Instructions.Usage,
      ...(access === undefined ? {} : { Access: access }),
    },
    Recommendations: {
      SecurityGroups: settings.SecurityGroups?.map(readBack) ?? Recommendations.SecurityGroups,
      InstanceType: settings.RecommendedInstanceType ?? Recommendations.InstanceType,
    },
  };
}

function readBack({ IpProtocol, FromPort, ToPort, IpRanges }: SecurityGroup) {
  return { Protocol: IpProtocol, FromPort, ToPort, CidrIps: IpRanges };
}
