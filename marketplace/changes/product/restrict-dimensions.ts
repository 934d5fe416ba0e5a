import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { ChangeType, Entity } from "../change-type";
import { list, whole } from "../document-shapes";
import { dimensionKey, dimensionTypes } from "./dimension-shapes";
import {
  dimensionsOf,
  isRestricted,
  type ProductType,
  restrictedDimensions,
  sameDimension,
  visibilityOf,
  withFacets,
  type DimensionType,
} from "./product";

type Named = { readonly Key: string; readonly Types: readonly DimensionType[] };

const code = "INVALID_DIMENSION";

/** Takes dimensions out of use, while the product is a draft. They stay in its document and in the quota. */
export const restrictDimensions = (entityType: ProductType): ChangeType<readonly Named[]> => ({
  changeType: "RestrictDimensions",
  entityType,
  schema: list(whole({ Key: dimensionKey, Types: dimensionTypes }), 1),
  check: (_world, entity, named) => [
    ...unless(
      visibilityOf(entity) === "Draft",
      code,
      "",
      `Dimensions can only be restricted while the product is a draft; it is ${visibilityOf(entity)}.`,
    ),
    ...named.flatMap((one, i) => checkOne(entity, named, one, i)),
    ...keepsOneEntitled(entity, named),
  ],
  apply: (_world, entity, named) =>
    withFacets(entity, {}, { RestrictedDimensions: [...restrictedDimensions(entity), ...named] }),
});

function checkOne(entity: Entity, named: readonly Named[], one: Named, i: number): Problem[] {
  const path = `[${i}].Key`;
  const key = quoted([one.Key]);
  const siblings = dimensionsOf(entity).filter((other) => other.Key === one.Key && !sameDimension(other, one));
  return [
    ...unless(
      dimensionsOf(entity).some((other) => sameDimension(other, one)),
      code,
      path,
      `The product has no dimension ${key} of the types ${one.Types.join(", ")}.`,
    ),
    ...unless(!isRestricted(entity, one), code, path, `${key} is already restricted.`),
    ...unless(
      named.findIndex((other) => sameDimension(other, one)) === i,
      code,
      path,
      `${key} is given twice in the same request.`,
    ),
    ...unless(
      siblings.every((other) => named.some((asked) => sameDimension(asked, other)) || isRestricted(entity, other)),
      code,
      path,
      `${key} has a sibling of other types, which must be restricted in the same request.`,
    ),
  ];
}

function keepsOneEntitled(entity: Entity, named: readonly Named[]): Problem[] {
  const entitled = dimensionsOf(entity).filter((one) => one.Types.includes("Entitled") && !isRestricted(entity, one));
  const left = entitled.filter((one) => !named.some((other) => sameDimension(other, one)));
  const fine = entitled.length === 0 || left.length > 0;
  return unless(fine, code, "", "One Entitled dimension must stay: not all of them can be restricted.");
}
