import { expect, test } from "vitest";
import type { AcceptedTerm } from "../../../marketplace/agreements/accepted-term";
import { exceededQuota } from "../../../marketplace/agreements/quotas";

const legal: AcceptedTerm = {
  id: "term-1",
  term: { Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] },
};
const trial: AcceptedTerm = {
  id: "term-2",
  term: { Type: "FreeTrialPricingTerm", Duration: "P5D", Grants: [{ DimensionKey: "m5.large" }] },
};
const nobody = { active: 0, hadTrial: false, targeted: false };

test.each([
  ["a first trial", [legal, trial], undefined, nobody, undefined],
  ["a second trial", [legal, trial], undefined, { ...nobody, hadTrial: true }, "Free trials per product"],
  ["the price after a trial", [legal], undefined, { ...nobody, hadTrial: true }, undefined],
  ["the hundredth agreement", [legal], undefined, { ...nobody, active: 99 }, undefined],
  ["one more", [legal], undefined, { ...nobody, active: 100 }, "Active agreements per product"],
  ["a million by a public offer", [legal], "1000000.00", nobody, undefined],
  ["more by a public offer", [legal], "1000000.01", nobody, "Agreement value"],
  ["more by a private offer", [legal], "1000000.01", { ...nobody, targeted: true }, undefined],
  ["a billion and a cent", [legal], "1000000000.01", { ...nobody, targeted: true }, "Agreement value"],
])("%s", (_, terms, value, buyer, quota) => {
  expect(exceededQuota(terms, value, buyer)?.quota).toBe(quota);
});
