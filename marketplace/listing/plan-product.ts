import type { Problem } from "../problem";
import { quoted } from "../problem";
import type { Information } from "../changes/product/information";
import {
  dimensionsOf,
  instanceTypesOf,
  meteredKeys,
  productOf,
  sameDimension,
  submissionsOf,
  type Dimension,
} from "../changes/ami-product/product";
import type { Entity, Json } from "../changes/change-type";
import { informationOf } from "./documents";
import type { AmiListing } from "./listing";
import { change, type ObservedListing, type PartialPlan } from "./plan-parts";
import { dimensionsFor } from "./prices";
import type { PlannedChange } from "./property-of";
import { same, sameSet, without } from "./same";

/** What must change about the product itself: words, regions, instance types, dimensions, allowlist. */
export function planProduct(wanted: AmiListing, { product }: ObservedListing): PartialPlan {
  const dimensions = planDimensions(wanted, product);
  const types = planInstanceTypes(wanted, product);
  return {
    changes: [
      ...planInformation(wanted, product),
      ...planRegions(wanted, product),
      ...types.changes,
      ...dimensions.changes,
      ...planAllowlist(wanted, product),
    ],
    problems: [...types.problems, ...dimensions.problems],
    more: false,
  };
}

function planInformation(wanted: AmiListing, product: Entity): PlannedChange[] {
  const target: Information = { ...informationOf(wanted), Sku: wanted.sku ?? null };
  const now = observedInformation(product);
  const different = Object.entries(target).filter(([name, value]) => !same(value, now[name as keyof Information]));
  return different.length === 0
    ? []
    : [change("UpdateInformation", product, Object.fromEntries(different) as { [name: string]: Json })];
}

/** What UpdateInformation would have to say to make the product what it is. */
export function observedInformation(product: Entity): Information {
  const { Description, PromotionalResources: shown, SupportInformation } = productOf(product);
  return {
    ProductTitle: Description.ProductTitle ?? undefined,
    ShortDescription: Description.ShortDescription ?? undefined,
    LongDescription: Description.LongDescription ?? undefined,
    Sku: Description.Sku,
    LogoUrl: submissionsOf(product).LogoUrl ?? shown?.LogoUrl,
    VideoUrls: shown?.Videos.map(({ Url }) => Url),
    Highlights: Description.Highlights ?? undefined,
    AdditionalResources: shown?.AdditionalResources.map(({ Text, Url }) => ({ Text, Url })),
    SupportDescription: SupportInformation?.Description,
    Categories: Description.Categories ?? undefined,
    AssociatedProducts: Description.AssociatedProducts ?? undefined,
    SearchKeywords: Description.SearchKeywords ?? undefined,
    PromotionalMedia: shown?.PromotionalMedia,
  };
}

function planRegions({ regions, futureRegionSupport: future }: AmiListing, product: Entity): PlannedChange[] {
  const { Regions: now = [], FutureRegionSupport } = productOf(product).RegionAvailability ?? {};
  const added = without(regions, now);
  const closed = without(now, regions);
  const changes: PlannedChange[] = [];
  if (added.length > 0) changes.push(change("AddRegions", product, { Regions: added }));
  if (closed.length > 0) changes.push(change("RestrictRegions", product, { Regions: closed }));
  if (future !== undefined && future !== FutureRegionSupport) {
    changes.push(change("UpdateFutureRegionSupport", product, { FutureRegionSupport: { SupportedRegions: [future] } }));
  }
  return changes;
}

function planInstanceTypes({ instanceTypes }: AmiListing, product: Entity): Omit<PartialPlan, "more"> {
  const { AvailableInstanceTypes: now } = instanceTypesOf(product);
  const added = without(instanceTypes, now);
  const closed = without(now, instanceTypes);
  const priced = closed.filter((type) => meteredKeys(product).includes(type));
  const changes: PlannedChange[] = [];
  if (added.length > 0) changes.push(change("AddInstanceTypes", product, { InstanceTypes: added }));
  if (closed.length > 0) changes.push(change("RestrictInstanceTypes", product, { InstanceTypes: closed }));
  if (priced.length === 0) return { changes, problems: [] };
  const message = `${quoted(priced)} cannot be removed: AWS closes an instance type with an hourly price on request to seller operations only. Declare it again.`;
  return { changes, problems: [{ code: "DIMENSIONS_NOT_RESTICTED", path: "instanceTypes", message }] };
}

function planDimensions(wanted: AmiListing, product: Entity): Omit<PartialPlan, "more"> {
  const target = dimensionsFor(wanted);
  const now = dimensionsOf(product);
  const added = target.filter((one) => !now.some(({ Key }) => Key === one.Key));
  const reworded = target.filter((one) => {
    const before = now.find((other) => sameDimension(one, other));
    return (
      before && !one.Types.includes("Metered") && !(before.Name === one.Name && before.Description === one.Description)
    );
  });
  const changes: PlannedChange[] = [];
  if (added.length > 0) changes.push(change("AddDimensions", product, added));
  if (reworded.length > 0) {
    const words = reworded.map(({ Key, Types, Name, Description }) => ({ Key, Types, Name, Description }));
    changes.push(change("UpdateDimensions", product, words));
  }
  return { changes, problems: [...fixedDimensions(wanted, now), ...goneDimensions(target, now)] };
}

function fixedDimensions(wanted: AmiListing, now: readonly Dimension[]): Problem[] {
  return (wanted.dimensions ?? []).flatMap(({ key, unit, types }, i) => {
    const before = now.find(({ Key }) => Key === key);
    if (!before || (before.Unit === unit && sameSet(before.Types, types))) return [];
    const message = `Unit and types of a dimension cannot be changed (${before.Unit}, ${before.Types.join(", ")}). Declare another key.`;
    return [{ code: "INVALID_DIMENSION", path: `dimensions[${i}]`, message }];
  });
}

function goneDimensions(target: readonly Dimension[], now: readonly Dimension[]): Problem[] {
  const gone = now.filter(({ Key, Types }) => !Types.includes("Metered") && !target.some((one) => one.Key === Key));
  if (gone.length === 0) return [];
  const message = `${quoted(gone.map(({ Key }) => Key))} cannot be removed from a product that was released. Declare it again.`;
  return [{ code: "INVALID_DIMENSION", path: "dimensions", message }];
}

/** AWS puts accounts of its own on the list: those that were not submitted do not count, where that is known. */
function planAllowlist({ allowlist }: AmiListing, product: Entity): PlannedChange[] {
  const shown = productOf(product).Targeting.PositiveTargeting.BuyerAccounts;
  const submitted = submissionsOf(product).BuyerAccounts;
  const ours = submitted ? shown.filter((account) => submitted.includes(account)) : shown;
  const target = allowlist ?? [];
  const untold = allowlist === undefined && submitted === undefined;
  if (untold || sameSet(target, ours)) return [];
  return [change("UpdateTargeting", product, { PositiveTargeting: { BuyerAccounts: target } })];
}
