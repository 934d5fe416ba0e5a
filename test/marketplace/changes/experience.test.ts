import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "../../../marketplace/changes/change-type";
import { audienceOf } from "../../../marketplace/changes/experience/audience";
import { experienceOf, experienceType } from "../../../marketplace/changes/experience/experience";
import { policyOf, productsIn } from "../../../marketplace/changes/experience/procurement-policy";
import { Market } from "../support/market";

const asks = { Configuration: { PolicyResourceRequests: "Allow" } };
const principals = ["111122223333", "444455556666", "o-exampleorg1"];
const products = ["prod-1", "prod-2", "prod-3"];

/** Two experiences, one with a policy. */
function opened() {
  const market = new Market();
  const make = (Name: string): string => {
    const { entities } = market.apply([
      { changeType: "CreateExperience", entity: { type: experienceType }, details: { Name } },
    ]);
    return entities[0]?.id ?? "";
  };
  const ids = [make("One"), make("Two")];
  market.apply([on("CreateProcurementPolicy", ids[0] ?? "", asks)]);
  return { market, ids };
}

const on = (changeType: string, identifier: string, details: object = {}): Change => ({
  changeType,
  entity: { type: experienceType, identifier },
  details: details as never,
});

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const asked = fc.oneof(
  some(principals).map((Principals) => ["AssociateAudience", { Principals }] as const),
  some(principals).map((Principals) => ["DisassociateAudience", { Principals }] as const),
  some(products).map((Ids) => ["AllowProductProcurement", { Products: [{ Ids }] }] as const),
  some(products).map((Ids) => ["DenyProductProcurement", { Products: [{ Ids }] }] as const),
  fc.constantFrom("Enabled", "Disabled").map((Status) => ["UpdateExperience", { Status }] as const),
  fc.constantFrom(
    ["CreateProcurementPolicy", asks] as const,
    ["CreateBrandingSettings", { Name: "Look" }] as const,
    ["UpdateBrandingSettings", { Name: "Other" }] as const,
    ["RestrictExperience", {}] as const,
    ["ReviveExperience", {}] as const,
  ),
);
const changes = fc.uniqueArray(fc.tuple(fc.nat(1), asked), {
  minLength: 1,
  maxLength: 6,
  selector: ([which, [type]]) => `${String(which)} ${type}`,
});

/** Everything that is there, in an order of its own. */
function state(market: Market): unknown {
  return [...market.entities.values()].map(({ type, details }) => [type, details]).toSorted(byText);
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

test("whatever succeeds: one policy and branding each, a principal in one experience, a product under one effect", () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 12 }), (sets) => {
      const { market, ids } = opened();
      for (const set of sets) {
        const run = market.try(set.map(([which, [type, details]]) => on(type, ids[which] ?? "", details)));
        if (run.problems.size === 0) for (const entity of run.entities) market.entities.set(entity.id, entity);
      }
      const of = (type: string) => [...market.entities.values()].filter((entity) => entity.type === type);
      const members = of("Audience@1.0").flatMap((entity) => [...audienceOf(entity).Principals]);
      expect(new Set(members).size).toBe(members.length);
      for (const policy of of("ProcurementPolicy@1.0").map(policyOf)) {
        const named = [...productsIn(policy.Statements, "Allow"), ...productsIn(policy.Statements, "Deny")];
        expect(new Set(named).size).toBe(named.length);
      }
      for (const experience of of(experienceType).map(experienceOf)) {
        expect(experience.ProcurementPolicies.length).toBeLessThanOrEqual(1);
        expect(experience.BrandingSettings.length).toBeLessThanOrEqual(1);
        expect([experience.Status, experience.AdminStatus]).not.toEqual(["Enabled", "Restricted"]);
      }
      const policies = of(experienceType).flatMap((entity) => [...experienceOf(entity).ProcurementPolicies]);
      expect(policies.toSorted()).toEqual(
        of("ProcurementPolicy@1.0")
          .map(({ id }) => id)
          .toSorted(),
      );
    }),
  );
});

test("the order of the changes of a set does not matter", () => {
  fc.assert(
    fc.property(changes, (set) => {
      const outcome = (order: typeof set) => {
        const { market, ids } = opened();
        const run = market.try(order.map(([which, [type, details]]) => on(type, ids[which] ?? "", details)));
        for (const entity of run.entities) market.entities.set(entity.id, entity);
        const problems = [...run.problems].map(([index, found]) => [order[index], found]).toSorted(byText);
        return { problems, state: run.problems.size === 0 ? state(market) : undefined };
      };
      expect(outcome(set.toReversed())).toEqual(outcome(set));
    }),
  );
});
