import { governmentRegions, isRegion, regionsLike } from "../../regions";
import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { anyText, list, whole } from "../document-shapes";
import { amiProduct, productOf, withProduct, type AmiProductDocument } from "./product";

export type Regions = { readonly Regions: readonly string[] };

export const regionsSchema = whole({ Regions: list(anyText(), 1, 100) });

/** Offers the product in more regions, closed ones included. */
export const addRegions: ChangeType<Regions> = {
  changeType: "AddRegions",
  entityType: amiProduct,
  schema: regionsSchema,
  check: (world, _entity, { Regions }) => [...checkRegions(Regions), ...checkGovCloud(world, Regions)],
  apply: (_world, entity, { Regions }) => {
    const before = regionsOf(entity);
    return withRegions(entity, {
      Regions: [...new Set([...before.Regions, ...Regions])],
      Restrict: before.Restrict.filter((region) => !Regions.includes(region)),
    });
  },
};

/** AWS GovCloud (US) takes an account there, and ITAR: seller guide, "Getting started as a seller". */
function checkGovCloud({ seller, account }: World, regions: readonly string[]): Problem[] {
  if (seller === undefined || seller.maySell.includes("govcloud")) return [];
  const missing = seller.missing.filter(({ path }) => path.startsWith("govCloud")).map(({ message }) => message);
  const todo = missing.length > 0 ? missing : ["Name your AWS GovCloud (US) account, confirm ITAR, and sell govcloud."];
  return regions.flatMap((region, i) =>
    unless(
      !governmentRegions.includes(region),
      "INVALID_REGIONS",
      `Regions[${i}]`,
      `Account ${account} is not verified to sell in AWS GovCloud (US). ${todo.join(" ")}`,
    ),
  );
}

export function checkRegions(regions: readonly string[]): Problem[] {
  return regions.flatMap((region, i) => {
    const like = regionsLike(region);
    const hint = like.length > 0 ? ` Did you mean ${like.join(" or ")}?` : "";
    const message = `${quoted([region])} is not a region where AMI products can be offered.${hint}`;
    return unless(isRegion(region), "INVALID_REGIONS", `Regions[${i}]`, message);
  });
}

export function regionsOf(entity: Entity): NonNullable<AmiProductDocument["RegionAvailability"]> {
  return productOf(entity).RegionAvailability ?? { Regions: [], Restrict: [] };
}

export function withRegions(entity: Entity, change: Partial<AmiProductDocument["RegionAvailability"]>) {
  return withProduct(entity, { RegionAvailability: { ...regionsOf(entity), ...change } });
}
