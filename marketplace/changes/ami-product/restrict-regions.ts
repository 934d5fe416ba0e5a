import { quoted, repeated, unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { checkRegions, regionsOf, regionsSchema, withRegions, type Regions } from "./add-regions";
import { amiProduct } from "./product";

/** Closes regions to new subscribers; those who run there keep the product. */
export const restrictRegions: ChangeType<Regions> = {
  changeType: "RestrictRegions",
  entityType: amiProduct,
  schema: regionsSchema,
  check: (_world, entity, { Regions }) => [
    ...checkRegions(Regions),
    ...Regions.flatMap((region, i) =>
      unless(
        regionsOf(entity).Regions.includes(region) || checkRegions([region]).length > 0,
        "INVALID_REGIONS",
        `Regions[${i}]`,
        `The product is not offered in ${quoted([region])}, so it cannot be restricted there.`,
      ),
    ),
    ...repeated(Regions).map((region) => ({
      code: "INVALID_REGIONS",
      path: "Regions",
      message: `${quoted([region])} is given twice.`,
    })),
  ],
  apply: (_world, entity, { Regions }) => {
    const before = regionsOf(entity);
    return withRegions(entity, {
      Regions: before.Regions.filter((region) => !Regions.includes(region)),
      Restrict: [...new Set([...before.Restrict, ...Regions])],
    });
  },
};
