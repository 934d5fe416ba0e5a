import { expect, test } from "vitest";
import { audience } from "../../../providers/audience/reconciler";
import { brandingSettings } from "../../../providers/branding-settings/reconciler";
import { privateExperience } from "../../../providers/experience/reconciler";
import { procurementPolicy } from "../../../providers/procurement-policy/reconciler";
import type { Properties } from "../../../providers/provider";
import type { Reconciler } from "../../../providers/reconciler";
import { unknownText } from "../../../providers/unknown";
import { openMarket, startRun } from "../support/market";
import { openBuyer, productsOnSale } from "./buyer";

const config = { "marketplace:profile": "buyer" };
const experienceId = "exp-1111111111111";

test.each<[string, Reconciler, Properties, string, RegExp]>([
  ["an experience without a name", privateExperience, {}, "name", /needs name/],
  ["a name with a dot", privateExperience, { name: "a.b" }, "name", /INVALID_INPUT/],
  ["enabled as a text", privateExperience, { name: "a", enabled: "yes" }, "enabled", /true or false/],
  ["a misspelt property", privateExperience, { name: "a", enbled: true }, "enbled", /Did you mean enabled/],
  ["a colour by name", brandingSettings, { experienceId, name: "a", themeColor: "red" }, "themeColor", /#/],
  ["a long title", brandingSettings, { experienceId, name: "a", title: "x".repeat(51) }, "title", /50/],
  [
    "a logo that is none",
    brandingSettings,
    { experienceId, name: "a", logoUrl: "https://a.example.com/x.gif" },
    "logoUrl",
    /INVALID_IMAGE/,
  ],
  [
    "a logo of no address",
    brandingSettings,
    { experienceId, name: "a", logoUrl: "logo.png" },
    "logoUrl",
    /INVALID_INPUT/,
  ],
  ["no products", procurementPolicy, { experienceId }, "allow", /needs allow/],
  ["a product twice", procurementPolicy, { experienceId, allow: ["p", "q", "p"] }, "allow[2]", /"p" is named twice/],
  [
    "a product on both lists",
    procurementPolicy,
    { experienceId, allow: ["p"], deny: ["q", "p"] },
    "deny[1]",
    /allowed as well/,
  ],
  ["one product instead of a list", procurementPolicy, { experienceId, allow: "p" }, "allow", /list of ids/],
  ["an empty id", procurementPolicy, { experienceId, allow: [""] }, "allow[0]", /not a product's id/],
  [
    "a principal of no known form",
    audience,
    { experienceId, principals: ["444455556666", "bob"] },
    "principals[1]",
    /12 digits/,
  ],
  ["nobody", audience, { experienceId, principals: [] }, "principals", /At least 1/],
])("%s is refused in preview, by the property's name", async (_what, reconciler, inputs, property, reason) => {
  const { failures } = await startRun().provider(reconciler).check({}, inputs);
  expect(failures.map((failure) => failure.property)).toEqual([property]);
  expect(failures[0]?.reason).toMatch(reason);
});

test.each<[string, Reconciler, Properties]>([
  ["experience", privateExperience, { name: unknownText, enabled: unknownText }],
  ["policy", procurementPolicy, { experienceId: unknownText, allow: [unknownText, "prod-1"], deny: unknownText }],
  ["branding", brandingSettings, { experienceId: unknownText, name: unknownText, themeColor: unknownText }],
  ["audience", audience, { experienceId: unknownText, principals: [unknownText, unknownText] }],
])("in preview, what is not known yet of an %s is no mistake", async (_what, reconciler, inputs) => {
  expect((await startRun().provider(reconciler).check({}, inputs)).failures).toEqual([]);
});

test("a product that nobody sells, and a principal of two experiences, fail by property and change nothing", async () => {
  const market = await openMarket();
  const buyer = openBuyer(market);
  const run = startRun(config);
  const [known = ""] = await productsOnSale(market, ["known"]);
  const one = await run.provider(privateExperience).create({ name: "One" });
  const two = await run.provider(privateExperience).create({ name: "Two" });
  await run.provider(audience).create({ experienceId: one.id, principals: ["444455556666"] });
  const before = [await buyer.details(one.id), await buyer.details(two.id)];

  const inputs = { experienceId: two.id, allow: [known, "prod-nobody"] };
  await expect(run.provider(procurementPolicy).create(inputs)).rejects.toThrow(
    /allow: AWS Marketplace has no product with the id "prod-nobody". \[RESOURCE_NOT_FOUND\]/,
  );
  const people = { experienceId: two.id, principals: ["ou-ab12-11111111", "444455556666"] };
  await expect(run.provider(audience).create(people)).rejects.toThrow(
    /principals: "444455556666" belongs to .*ENTITY_IN_USE/,
  );
  await expect(run.provider(audience).create({ ...people, experienceId })).rejects.toThrow(
    /^experienceId: .*has no experience/,
  );
  expect([await buyer.details(one.id), await buyer.details(two.id)]).toEqual(before);
});
