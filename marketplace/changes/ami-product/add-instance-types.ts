import { instanceTypeFacts, isInstanceTypeName } from "../../instance-types";
import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { anyText, list, whole } from "../document-shapes";
import { isPublicOffer, offerOf, offerType } from "../offer/offer";
import { hourlyRates } from "../offer/terms";
import { isUnfit } from "./image";
import {
  alsoAsked,
  amiProduct,
  instanceTypesOf,
  meteredKeys,
  versionsOf,
  withProduct,
  type InstanceTypes,
  type Version,
} from "./product";

export type InstanceTypeNames = { readonly InstanceTypes: readonly string[] };

export const instanceTypesSchema = whole({ InstanceTypes: list(anyText(24), 1, 1500) });

/** Offers more instance types, in all versions. Hourly products add their dimensions and prices in the same set. */
export const addInstanceTypes: ChangeType<InstanceTypeNames> = {
  changeType: "AddInstanceTypes",
  entityType: amiProduct,
  schema: instanceTypesSchema,
  check: (_world, _entity, { InstanceTypes }) => checkInstanceTypeNames(InstanceTypes),
  apply: (_world, entity, { InstanceTypes: added }) => {
    const before = instanceTypesOf(entity);
    return withInstanceTypes(entity, {
      AvailableInstanceTypes: [...new Set([...before.AvailableInstanceTypes, ...added])],
      RestrictedInstanceTypes: before.RestrictedInstanceTypes.filter((type) => !added.includes(type)),
    });
  },
  verify: (world, entity, { InstanceTypes }) => [
    ...checkVersions(world, entity, InstanceTypes),
    ...checkHourly(world, entity, InstanceTypes),
  ],
};

export function checkInstanceTypeNames(types: readonly string[]): Problem[] {
  return types.flatMap((type, i) => {
    if (isInstanceTypeName(type)) {
      const message = `${type} runs paravirtual images only; a listing's image is HVM.`;
      const fine = instanceTypeFacts(type)?.hvm ?? true;
      return unless(fine, "INVALID_INSTANCE_VIRTUALIZATION", `InstanceTypes[${i}]`, message);
    }
    const message = `${quoted([type])} is not an instance type; write family and size, such as "m5.large".`;
    return unless(false, "INVALID_INSTANCE_TYPES", `InstanceTypes[${i}]`, message);
  });
}

/** The product's instance types and those of the images of all its versions. */
export function withInstanceTypes(entity: Entity, types: InstanceTypes): Pick<Entity, "details" | "submitted"> {
  const refit = (version: Version): Version => ({
    ...version,
    Sources: version.Sources.map((source) => ({ ...source, Compatibility: types })),
  });
  return withProduct(entity, { Compatibility: types, ...mapVersions(entity, refit) });
}

function mapVersions(entity: Entity, change: (version: Version) => Version): { Versions?: readonly Version[] } {
  const versions = versionsOf(entity);
  return versions.length === 0 ? {} : { Versions: versions.map(change) };
}

/** One product has one processor architecture: that of its images. Versions of this very set are checked by themselves. */
function checkVersions(world: World, entity: Entity, added: readonly string[]): Problem[] {
  if (alsoAsked(world, entity.id, "AddDeliveryOptions")) return [];
  const source = versionsOf(entity).at(-1)?.Sources[0];
  if (!source) return [];
  return added.flatMap((type, i) =>
    unless(
      !isUnfit(type, source.Architecture),
      "INVALID_AMI_ARCHITECTURE",
      `InstanceTypes[${i}]`,
      `${type} cannot run the product's images, which are made for ${source.Architecture}.`,
    ),
  );
}

/** Each type of an hourly product needs a dimension and a price by the end of the set. */
function checkHourly(world: World, entity: Entity, added: readonly string[]): Problem[] {
  const offers = [...world.entitiesOf(offerType)].filter(
    (offer) => isPublicOffer(offer) && offerOf(offer).ProductId === entity.id,
  );
  const priced = offers.map((offer) => hourlyRates(offerOf(offer).Terms)).filter((rates) => rates.length > 0);
  const metered = meteredKeys(entity);
  const isHourly = metered.length > 0;
  if (!isHourly) return [];
  return added.flatMap((type, i) => {
    const path = `InstanceTypes[${i}]`;
    if (!metered.includes(type)) {
      return alsoAsked(world, entity.id, "AddDimensions")
        ? unless(
            false,
            "INVALID_DIMENSIONS",
            path,
            `No Metered dimension is added for ${type}: give it in AddDimensions.`,
          )
        : unless(
            false,
            "MISSING_DIMENSIONS",
            path,
            `${type} has no dimension. Add AddDimensions and UpdatePricingTerms to the same change set.`,
          );
    }
    const unpriced = priced.some((rates) => !rates.some((rate) => rate.DimensionKey === type));
    const repriced = offers.some((offer) => alsoAsked(world, offer.id, "UpdatePricingTerms"));
    const message = `${type} has no price. Add UpdatePricingTerms of the public offer to the same change set.`;
    return unless(!unpriced || repriced, "UPDATE_PRICING_REQUIRED", path, message);
  });
}
