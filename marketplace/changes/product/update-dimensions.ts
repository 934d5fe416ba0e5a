import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { ChangeType, Entity } from "../change-type";
import { list, object, text } from "../document-shapes";
import { dimensionKey, dimensionTypes, longestName } from "./dimension-shapes";
import { dimensionsOf, isRestricted, type ProductType, sameDimension, withFacets, type DimensionType } from "./product";

type NewWords = {
  readonly Key: string;
  readonly Types: readonly DimensionType[];
  readonly Name?: string;
  readonly Description?: string;
};

const code = "INVALID_DIMENSION";

/** Changes name and description of dimensions; agreements made before keep the old ones. */
export const updateDimensions = (entityType: ProductType): ChangeType<readonly NewWords[]> => ({
  changeType: "UpdateDimensions",
  entityType,
  schema: list(
    object({ Name: text(longestName[entityType]), Description: text(1000), Key: dimensionKey, Types: dimensionTypes }, [
      "Key",
      "Types",
    ]),
    1,
  ),
  check: (_world, entity, updates) => [
    ...updates.flatMap((update, i) => checkUpdate(entity, update, i)),
    ...updates.flatMap((update, i) =>
      unless(
        updates.findIndex((other) => sameDimension(other, update)) === i,
        code,
        `[${i}].Key`,
        `${quoted([update.Key])} is updated twice in the same request.`,
      ),
    ),
  ],
  apply: (_world, entity, updates) =>
    withFacets(entity, {
      Dimensions: dimensionsOf(entity).map((one) => {
        const update = updates.find((other) => sameDimension(other, one));
        return { ...one, Name: update?.Name ?? one.Name, Description: update?.Description ?? one.Description };
      }),
    }),
});

function checkUpdate(entity: Entity, update: NewWords, i: number): Problem[] {
  const { Key, Types, Name, Description } = update;
  const path = `[${i}].Key`;
  const present = dimensionsOf(entity);
  if (!present.some((one) => sameDimension(one, update))) {
    return unless(false, code, path, `The product has no dimension ${quoted([Key])} of the types ${Types.join(", ")}.`);
  }
  const taken = present.some((one) => one.Name === Name && !sameDimension(one, update));
  return [
    ...unless(!Types.includes("Metered"), code, path, `${quoted([Key])} is metered by AWS and cannot be updated.`),
    ...unless(!isRestricted(entity, update), code, path, `${quoted([Key])} is restricted and cannot be updated.`),
    ...unless(Name !== undefined || Description !== undefined, code, `[${i}]`, "Give a new Name or Description."),
    ...unless(!taken, code, `[${i}].Name`, `Another dimension is already named ${quoted([Name ?? ""])}.`),
  ];
}
