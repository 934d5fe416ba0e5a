import { isInstanceTypeName } from "../../instance-types";
import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { ChangeType, Entity } from "../change-type";
import { list, text, whole } from "../document-shapes";
import { dimensionKey, dimensionTypes, dimensionUnits, longestName, mostDimensions } from "./dimension-shapes";
import { dimensionsOf, type Dimension, type ProductType, withFacets } from "./product";

const code = "INVALID_DIMENSION";

/** Appends dimensions; their keys and types are fixed from then on. `verify` is what else must hold of their product. */
export const addDimensions = (
  entityType: ProductType,
  verify: NonNullable<ChangeType<readonly Dimension[]>["verify"]>,
): ChangeType<readonly Dimension[]> => ({
  changeType: "AddDimensions",
  entityType,
  schema: list(
    whole({
      Name: text(longestName[entityType]),
      Description: text(1000),
      Key: dimensionKey,
      Unit: text(20),
      Types: dimensionTypes,
    }),
    1,
  ),
  check: (_world, entity, added) => [...checkDimensions(added), ...checkAgainstPresent(entity, added)],
  apply: (_world, entity, added) => withFacets(entity, { Dimensions: [...dimensionsOf(entity), ...added] }),
  verify,
});

/** Rules on new dimensions by themselves (Catalog API, Work with seller products, Add pricing dimensions). */
export function checkDimensions(added: readonly Dimension[]): Problem[] {
  return [
    ...added.flatMap(checkDimension),
    ...twice(added, "Key", ({ Key, Types }) => `${Key} ${Types.toSorted().join()}`),
    ...twice(added, "Name", ({ Name, Types }) => `${Name} ${Types.toSorted().join()}`),
  ];
}

function checkDimension({ Key, Unit, Types }: Dimension, i: number): Problem[] {
  const metered = Types.includes("Metered");
  const units = dimensionUnits.join(", ");
  return [
    ...unless(
      repeated(Types).length === 0,
      "IINVALID_TYPE",
      `[${i}].Types`,
      `Give each type of ${quoted([Key])} once.`,
    ),
    ...unless(
      !metered || Types.length === 1,
      code,
      `[${i}].Types`,
      `Metered cannot be combined with other types in ${quoted([Key])}.`,
    ),
    ...unless(
      !metered || isInstanceTypeName(Key),
      code,
      `[${i}].Key`,
      `${quoted([Key])} is metered by AWS, so its key must be an instance type such as "m5.large".`,
    ),
    ...unless(dimensionUnits.includes(Unit), "INVALID_UNIT", `[${i}].Unit`, `Unit must be one of ${units}.`),
    ...unless(
      metered ? Unit === "Hrs" : Unit !== "Hrs",
      "INVALID_UNIT",
      `[${i}].Unit`,
      metered ? "Dimensions metered by AWS are counted in Hrs." : "Hrs is only for dimensions that AWS meters.",
    ),
  ];
}

function checkAgainstPresent(entity: Entity, added: readonly Dimension[]): Problem[] {
  const present = dimensionsOf(entity);
  const clash = added.flatMap(({ Key, Name, Types }, i) => [
    ...unless(
      !present.some((one) => one.Key === Key),
      code,
      `[${i}].Key`,
      `The product already has a dimension with the key ${quoted([Key])}.`,
    ),
    ...unless(
      !present.some((one) => one.Name === Name && one.Key !== Key && one.Types.join() === Types.join()),
      code,
      `[${i}].Name`,
      `The product already has a dimension named ${quoted([Name])}.`,
    ),
  ]);
  return [...clash, ...checkFamily(present, added), ...checkCount([...present, ...added])];
}

/** The first dimensions decide whether a product is priced by use, by contract or both (Add pricing dimensions). */
function checkFamily(present: readonly Dimension[], added: readonly Dimension[]): Problem[] {
  const families = new Set(present.flatMap(familiesOf));
  if (families.size === 0) return [];
  return added.flatMap((one, i) => {
    const fine = familiesOf(one).every((family) => families.has(family));
    const message = `The product's dimensions are priced by ${[...families].join(" and ")}; ${quoted([one.Key])} would add another kind, which only AWS Marketplace seller operations can do.`;
    return unless(fine, code, `[${i}].Types`, message);
  });
}

function familiesOf({ Types }: Dimension): string[] {
  return [...new Set(Types.map((type) => (type === "Entitled" ? "contract" : "use")))];
}

/** Instance types are counted apart: a listing may offer hundreds of them. */
function checkCount(all: readonly Dimension[]): Problem[] {
  return (["Entitled", "ExternallyMetered"] as const).flatMap((type) => {
    const count = all.filter((one) => one.Types.includes(type)).length;
    const message = `A product may have ${mostDimensions} ${type} dimensions; this would make ${count}.`;
    return unless(count <= mostDimensions, code, "", message);
  });
}

function twice(added: readonly Dimension[], member: "Key" | "Name", keyOf: (one: Dimension) => string): Problem[] {
  const seen = new Set<string>();
  return added.flatMap((one, i) => {
    const known = seen.has(keyOf(one));
    seen.add(keyOf(one));
    return unless(!known, code, `[${i}].${member}`, `${member} ${quoted([one[member]])} is given twice.`);
  });
}
