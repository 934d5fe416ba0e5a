import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "../../../marketplace/changes/change-type";
import { audienceOf } from "../../../marketplace/changes/experience/audience";
import { experienceType } from "../../../marketplace/changes/experience/experience";
import { policyOf, productsIn } from "../../../marketplace/changes/experience/procurement-policy";
import { checkChange } from "../../../marketplace/changes/request";
import type { PolicySpec } from "../../../marketplace/private-marketplace/declared";
import { planAudience } from "../../../marketplace/private-marketplace/plan-audience";
import { planPolicy } from "../../../marketplace/private-marketplace/plan-policy";
import { Market } from "../support/market";

const create: Change = { changeType: "CreateExperience", entity: { type: experienceType }, details: { Name: "One" } };

function opened() {
  const market = new Market();
  market.apply([create]);
  return { market, id: market.only(experienceType).id };
}

const entityOf = (market: Market, type: string) => [...market.entities.values()].find((entity) => entity.type === type);
const policyIn = (market: Market) => {
  const entity = entityOf(market, "ProcurementPolicy@1.0");
  return entity && policyOf(entity);
};
const audienceIn = (market: Market) => {
  const entity = entityOf(market, "Audience@1.0");
  return entity && audienceOf(entity);
};

/** Applies plan after plan until nothing is left; how many sets it took. */
function settle(market: Market, plan: () => Change[]): number {
  for (let sets = 0; ; sets += 1) {
    const changes = plan();
    if (changes.length === 0) return sets;
    expect(changes.flatMap(checkChange)).toEqual([]);
    market.apply(changes);
    if (sets > 20) throw new Error("It never ends.");
  }
}

const ids = fc.uniqueArray(
  fc.integer({ min: 0, max: 150 }).map((n) => `prod-${String(n)}`),
  { maxLength: 130 },
);
const policy: fc.Arbitrary<PolicySpec> = fc
  .record({ allow: ids, deny: ids, requests: fc.boolean(), name: fc.constantFrom("A", "B") })
  .map((spec) => ({ ...spec, deny: spec.deny.filter((id) => !spec.allow.includes(id)) }));

test("any declared lists are reached from any others, in as few change sets as 50 products each allow", () => {
  fc.assert(
    fc.property(policy, policy, (first, second) => {
      const { market, id } = opened();
      for (const wanted of [first, second]) {
        const before = policyIn(market)?.Statements ?? [];
        const toAllow = wanted.allow.filter((product) => !productsIn(before, "Allow").includes(product));
        const dropped = productsIn(before, "Allow").filter((product) => !wanted.allow.includes(product));
        const denied = (wanted.deny ?? []).filter((product) => !productsIn(before, "Deny").includes(product));
        const toDeny = new Set([...denied, ...dropped]);
        const sets = settle(market, () => planPolicy(id, policyIn(market), wanted));
        expect(sets).toBeLessThanOrEqual(Math.max(1, Math.ceil(toAllow.length / 50), Math.ceil(toDeny.size / 50)));
        const after = policyIn(market)?.Statements ?? [];
        expect(productsIn(after, "Allow").toSorted()).toEqual(wanted.allow.toSorted());
        expect(productsIn(after, "Deny")).toEqual(expect.arrayContaining([...(wanted.deny ?? [])]));
      }
    }),
    { numRuns: 60 },
  );
});

test("the order of the declared lists does not matter", () => {
  fc.assert(
    fc.property(policy, (wanted) => {
      const turned = { ...wanted, allow: wanted.allow.toReversed(), deny: (wanted.deny ?? []).toReversed() };
      expect(planPolicy("exp-1", undefined, turned)).toEqual(planPolicy("exp-1", undefined, wanted));
    }),
  );
});

const principals = fc.uniqueArray(
  fc.integer({ min: 0, max: 120 }).map((n) => `ou-ab12-${String(n).padStart(8, "0")}`),
  { minLength: 1, maxLength: 120 },
);

test("any audience becomes any other, 50 principals at a time", () => {
  fc.assert(
    fc.property(principals, principals, (first, second) => {
      const { market, id } = opened();
      for (const wanted of [first, second]) {
        const before = audienceIn(market)?.Principals ?? [];
        const coming = wanted.filter((principal) => !before.includes(principal)).length;
        const leaving = before.filter((principal) => !wanted.includes(principal)).length;
        const sets = settle(market, () => planAudience(id, audienceIn(market), { principals: wanted }));
        expect(sets).toBe(Math.max(Math.ceil(coming / 50), Math.ceil(leaving / 50)));
        expect(audienceIn(market)?.Principals).toEqual(wanted.toSorted());
      }
    }),
    { numRuns: 60 },
  );
});
