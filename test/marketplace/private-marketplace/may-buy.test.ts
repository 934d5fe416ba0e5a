import { expect, test } from "vitest";
import { mayBuy, type GoverningExperience } from "../../../marketplace/private-marketplace/may-buy";

const account = "444455556666";
const [inner, outer] = ["ou-ab12-11111111", "ou-ab12-22222222"];
const organization = "o-exampleorg1";
const buyer = { account, organizationalUnits: [inner, outer], organization };
const under = (id: string, principals: readonly string[], more: Partial<GoverningExperience> = {}) => ({
  id,
  enabled: true,
  archived: false,
  principals,
  policy: { allow: [id], deny: [] },
  ...more,
});

test.each<[string, GoverningExperience[], string | undefined]>([
  ["nobody's experience", [under("a", ["111122223333"])], undefined],
  ["the organization's", [under("a", [organization])], "a"],
  ["the outer unit's before the organization's", [under("a", [organization]), under("b", [outer])], "b"],
  ["the inner unit's before the outer one's", [under("a", [outer]), under("b", [inner])], "b"],
  ["the account's before all", [under("a", [inner, outer, organization]), under("b", [account])], "b"],
  ["a disabled one governs nobody", [under("a", [organization]), under("b", [account], { enabled: false })], "a"],
  ["an archived one governs nobody", [under("b", [account], { archived: true })], undefined],
])("who governs: %s", (_what, experiences, governing) => {
  expect(mayBuy(experiences, buyer, "prod-1").experienceId).toBe(governing);
  expect(mayBuy(experiences.toReversed(), buyer, "prod-1").experienceId).toBe(governing);
});

test.each<[string, GoverningExperience["policy"], boolean]>([
  ["no policy allows everything", undefined, true],
  ["an empty policy allows nothing", { allow: [], deny: [] }, false],
  ["an allowed product", { allow: ["prod-1"], deny: [] }, true],
  ["another product is allowed", { allow: ["prod-2"], deny: [] }, false],
  ["a denied product", { allow: [], deny: ["prod-1"] }, false],
  ["deny goes over allow", { allow: ["prod-1"], deny: ["prod-1"] }, false],
])("what may be bought: %s", (_what, policy, allowed) => {
  const decision = mayBuy([under("a", [account], { policy })], buyer, "prod-1");
  expect(decision).toMatchObject({ allowed, experienceId: "a" });
  expect(decision.reason).toContain("Experience a");
});

test("an account that no experience governs buys what it likes", () => {
  expect(mayBuy([], buyer, "prod-1")).toEqual({
    allowed: true,
    reason: "No private marketplace governs 444455556666.",
  });
});
