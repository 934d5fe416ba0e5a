import { expect, test } from "vitest";
import { audience } from "../../../providers/audience/reconciler";
import { brandingSettings } from "../../../providers/branding-settings/reconciler";
import { privateExperience } from "../../../providers/experience/reconciler";
import { procurementPolicy } from "../../../providers/procurement-policy/reconciler";
import { openMarket, startRun, type Run } from "../support/market";
import { openBuyer, productsOnSale } from "./buyer";

const config = { "marketplace:profile": "buyer" };
const BUYER = "444455556666";

async function open() {
  const market = await openMarket();
  const buyer = openBuyer(market);
  const run = startRun(config);
  const experience = run.provider(privateExperience);
  const engineering = { name: "Engineering", enabled: true };
  const made = await experience.create(engineering);
  return { market, buyer, run, experience, engineering, id: made.id, outs: made.outs };
}

const nextRun = (): Run => startRun(config);

test("an experience is made enabled in one change set, changes, shows drift, and ends archived", async () => {
  const { buyer, experience, id, outs } = await open();
  expect(outs).toMatchObject({ name: "Engineering", experienceId: id, status: "Enabled" });
  expect(await buyer.details(id)).toMatchObject({ Name: "Engineering", Status: "Enabled" });
  expect(await buyer.changeSets()).toEqual([["CreateExperience", "UpdateExperience"]]);

  const renamed = await experience.update(id, outs, { name: "Platform", enabled: true, description: "Tools" });
  expect(await buyer.details(id)).toMatchObject({ Name: "Platform", Description: "Tools" });

  await buyer.change("UpdateExperience", id, { Status: "Disabled" });
  const seen = await experience.read(id, renamed.outs);
  expect(seen.inputs).toEqual({ name: "Platform", enabled: false, description: "Tools" });
  const wanted = { name: "Platform", enabled: true, description: "Tools" };
  expect((await experience.diff(id, seen.inputs ?? {}, wanted)).changes).toBe(true);
  const mended = await experience.update(id, seen.props ?? {}, wanted);
  expect(mended.outs.status).toBe("Enabled");

  await experience.delete(id, mended.outs);
  expect(await buyer.details(id)).toMatchObject({ Status: "Disabled", AdminStatus: "Restricted" });
  const sets = await buyer.changeSets();
  expect(sets.at(-1)).toEqual(["UpdateExperience", "RestrictExperience"]);
  await experience.delete(id, mended.outs);
  expect(await buyer.changeSets()).toEqual(sets);
});

test("120 products take three change sets, and moving one takes one", async () => {
  const { market, buyer, run, id } = await open();
  const products = await productsOnSale(
    market,
    Array.from({ length: 121 }, (_, i) => String(i)),
  );
  const [last = "", ...allow] = products.toReversed();
  const policy = run.provider(procurementPolicy);
  const inputs = { experienceId: id, name: "Approved", allow };
  const made = await policy.create(inputs);
  expect((await buyer.changeSets()).slice(1)).toEqual([
    ["CreateProcurementPolicy", "AllowProductProcurement"],
    ["AllowProductProcurement"],
    ["AllowProductProcurement"],
  ]);
  const [dropped = "", ...kept] = allow;
  const changed = await policy.update(made.id, made.outs, { ...inputs, allow: [...kept, last] });
  expect((await buyer.changeSets()).slice(4)).toEqual([["AllowProductProcurement", "DenyProductProcurement"]]);
  expect(await buyer.details(made.id)).toMatchObject({
    Statements: [{ Effect: "Allow" }, { Effect: "Deny", Resources: [{ Ids: [dropped] }] }],
  });
  expect((await policy.read(made.id, changed.outs)).inputs).toEqual({ ...inputs, allow: [...kept, last] });
});

test("a product allowed by hand is drift, found by refresh and denied by the next up; an import reads all", async () => {
  const { market, buyer, run, id } = await open();
  const [one = "", two = ""] = await productsOnSale(market, ["one", "two"]);
  const policy = run.provider(procurementPolicy);
  const inputs = { experienceId: id, allow: [one], requests: true };
  const made = await policy.create(inputs);
  await buyer.change("AllowProductProcurement", id, { Products: [{ Ids: [two] }] });
  const seen = await policy.read(made.id, made.outs);
  expect(seen.inputs).toEqual({ ...inputs, allow: [one, two] });
  expect((await policy.diff(made.id, seen.inputs ?? {}, inputs)).changes).toBe(true);
  await policy.update(made.id, seen.props ?? {}, inputs);
  expect((await policy.read(made.id, made.outs)).inputs).toEqual(inputs);
  expect((await policy.read(made.id, {})).inputs).toEqual({ ...inputs, deny: [two] });

  await policy.delete(made.id, made.outs);
  expect(await buyer.details(made.id)).toMatchObject({
    Statements: [{ Effect: "Deny", Resources: [{ Ids: [one, two] }] }],
  });
});

test("an audience takes people in and out; a deleted one is empty, and the next resource goes on with it", async () => {
  const { buyer, run, id } = await open();
  const people = run.provider(audience);
  const inputs = { experienceId: id, name: "Everyone", principals: ["o-exampleorg1", BUYER] };
  const made = await people.create(inputs);
  expect(await buyer.details(made.id)).toMatchObject({ Name: "Everyone", Principals: [BUYER, "o-exampleorg1"] });
  expect((await people.read(made.id, made.outs)).inputs).toEqual(inputs);
  expect((await people.diff(made.id, made.outs, { ...inputs, principals: [BUYER, "o-exampleorg1"] })).changes).toBe(
    false,
  );

  const fewer = { ...inputs, principals: ["ou-ab12-11111111", BUYER] };
  const changed = await people.update(made.id, made.outs, fewer);
  expect(await buyer.details(made.id)).toMatchObject({ Principals: [BUYER, "ou-ab12-11111111"] });
  await people.delete(made.id, changed.outs);
  expect(await buyer.details(made.id)).toMatchObject({ Principals: [] });
  expect((await nextRun().provider(audience).create(inputs)).id).toBe(made.id);
});

test("branding goes back to AWS's own where nothing is declared, and on deletion", async () => {
  const { buyer, run, id } = await open();
  const look = run.provider(brandingSettings);
  const logoUrl = "https://files.example.com/logo.png";
  const inputs = { experienceId: id, name: "Look", title: "Tools", themeColor: "#0A7D4F", logoUrl };
  const made = await look.create(inputs);
  expect((await look.read(made.id, made.outs)).inputs).toEqual(inputs);
  const plain = { experienceId: id, name: "Look", title: "Tools", logoUrl };
  const changed = await look.update(made.id, made.outs, plain);
  expect(await buyer.details(made.id)).toMatchObject({ Configuration: { Title: "Tools", ThemeColor: "#232F3E" } });
  await buyer.change("UpdateBrandingSettings", id, { Configuration: { ThemeColor: "#FF0000" } });
  const drifted = await look.read(made.id, changed.outs);
  expect(drifted.inputs).toEqual({ ...plain, themeColor: "#FF0000" });
  await look.delete(made.id, changed.outs);
  expect(await buyer.details(made.id)).toMatchObject({
    Configuration: { Title: "Private Marketplace", ThemeColor: "#232F3E" },
  });
});

test("a run that broke off after making the experience is picked up, not repeated", async () => {
  const { buyer, engineering, id } = await open();
  const again = await nextRun().provider(privateExperience).create(engineering);
  expect(again.id).toBe(id);
  expect(await buyer.changeSets()).toHaveLength(1);
});

test("two resources of one run cannot share an experience's policy, and a renamed one loses nothing", async () => {
  const { market, buyer, run, id } = await open();
  const allow = await productsOnSale(market, ["one"]);
  const inputs = { experienceId: id, allow };
  const made = await run.provider(procurementPolicy).create(inputs);
  await expect(run.provider(procurementPolicy).create(inputs)).rejects.toThrow(/^experienceId: .*takes only one/);

  const later = nextRun().provider(procurementPolicy);
  await later.create(inputs);
  await later.delete(made.id, made.outs);
  expect(await buyer.details(made.id)).toMatchObject({
    Statements: [{ Effect: "Allow", Resources: [{ Ids: allow }] }],
  });
});
