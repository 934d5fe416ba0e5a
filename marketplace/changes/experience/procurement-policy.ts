import type { Problem } from "../../problem";
import type { Entity, JsonObject, World } from "../change-type";
import { childOf, experienceOf } from "./experience";

export const policyType = "ProcurementPolicy@1.0";

export type Effect = "Allow" | "Deny";

/** Products that one request named together. */
export type PolicyProducts = {
  readonly Type: "Product";
  readonly Ids: readonly string[];
  readonly Notes?: string;
};
export type Statement = { readonly Effect: Effect; readonly Resources: readonly PolicyProducts[] };

/** A policy as DescribeEntity shows it. */
export type PolicyDocument = JsonObject & {
  readonly Name: string | null;
  readonly Description: string | null;
  readonly Statements: readonly Statement[];
  readonly Configuration: { readonly PolicyResourceRequests: Effect };
};

export function policyOf(entity: Entity): PolicyDocument {
  return entity.details as PolicyDocument;
}

/** The policy of an experience; undefined before CreateProcurementPolicy. */
export function policyBeside(world: World, experience: Entity): Entity | undefined {
  return childOf(world, experienceOf(experience).ProcurementPolicies);
}

/** The products that a policy allows or denies. */
export function productsIn(statements: readonly Statement[], effect: Effect): string[] {
  return statements
    .filter((statement) => statement.Effect === effect)
    .flatMap(({ Resources }) => Resources.flatMap(({ Ids }) => Ids));
}

/** The statements with some products moved to the one effect; a product is allowed or denied, never both. */
export function moved(
  statements: readonly Statement[],
  effect: Effect,
  products: readonly { readonly Ids: readonly string[]; readonly Notes?: string }[],
): Statement[] {
  const named = new Set(products.flatMap(({ Ids }) => Ids));
  const effects: readonly Effect[] = ["Allow", "Deny"];
  return effects.flatMap((one): Statement[] => {
    const left = statements
      .filter((statement) => statement.Effect === one)
      .flatMap(({ Resources }) =>
        Resources.map((group) => ({ ...group, Ids: group.Ids.filter((id) => !named.has(id)) })),
      );
    const added = one === effect ? products.map((group) => ({ Type: "Product" as const, ...group })) : [];
    const Resources = together([...left, ...added]).filter(({ Ids }) => Ids.length > 0);
    return Resources.length === 0 ? [] : [{ Effect: one, Resources }];
  });
}

/** One group for each note. */
function together(groups: readonly PolicyProducts[]): PolicyProducts[] {
  const byNote = new Map<string | undefined, PolicyProducts>();
  for (const group of groups) {
    const before = byNote.get(group.Notes)?.Ids ?? [];
    byNote.set(group.Notes, { ...group, Ids: [...new Set([...before, ...group.Ids])].toSorted() });
  }
  return [...byNote.values()];
}

export function noPolicy(experience: Entity): Problem {
  return {
    code: "ENTITY_NOT_FOUND",
    path: "",
    message: `Experience ${experience.id} has no procurement policy. Make one with CreateProcurementPolicy first.`,
  };
}
