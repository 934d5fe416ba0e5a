import {
  ListChangeSetsCommand,
  ListEntitiesCommand,
  MarketplaceCatalogClient,
} from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import type { PartlyDone, Properties } from "../../../providers/provider";
import { seller } from "../../../providers/seller/reconciler";
import { unknownText } from "../../../providers/unknown";
import { catalogOf, madeBy } from "../../backend/catalog/catalog-market";
import { change } from "../../backend/catalog/listing";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { complete, german } from "../../marketplace/sellers/made-up";
import { jumpingTime } from "../support/recording-host";
import { refusingChanges, type Refusal } from "./refusing-market";
import { openMarket, startRun } from "../support/market";

const asBuyer = { "marketplace:profile": "buyer" };
const declared: Properties = { ...complete };
const { tax: _tax, bank: _bank, ...free }: Properties = { ...declared, sells: ["free"] };

const sellers = async (endpoint: string) => {
  const client = new MarketplaceCatalogClient({ endpoint, region: "us-east-1", profile: "buyer" });
  const listed = await client.send(new ListEntitiesCommand({ Catalog: "AWSMarketplace", EntityType: "Seller" }));
  return listed.EntitySummaryList ?? [];
};

test("a seller registers, begins to charge, changes its words, and stays registered", async () => {
  const market = await openMarket();
  const first = startRun(asBuyer).provider(seller);
  const { inputs, failures } = await first.check({}, free);
  expect(failures).toEqual([]);
  const made = await first.create(inputs);
  expect(made.outs).toMatchObject({ maySell: ["free"], stepsByHand: [] });
  expect(await sellers(market.endpoint)).toMatchObject([{ EntityId: made.id }]);

  const provider = startRun(asBuyer).provider(seller);
  expect(await provider.diff(made.id, made.outs, inputs)).toMatchObject({ changes: false });
  const charging: Properties = { ...declared, sells: ["free", "paid"] };
  expect((await provider.check(inputs, charging)).failures).toEqual([]);
  expect(await provider.diff(made.id, made.outs, charging)).toMatchObject({ changes: true, replaces: [] });
  const { outs } = await provider.update(made.id, made.outs, charging);
  expect(outs).toMatchObject({ maySell: ["free", "paid"] });
  expect(await provider.read(made.id, outs)).toMatchObject({ id: made.id, props: outs });

  // Another account number with the same last digits is another account number.
  const bank = { ...(charging.bank as object), accountNumber: "999123456789" };
  const moved = await provider.update(made.id, outs, { ...charging, bank });
  expect(moved.outs.bank).toEqual(bank);

  const last = startRun(asBuyer);
  await last.provider(seller).delete(made.id, moved.outs);
  expect(await sellers(market.endpoint)).toHaveLength(1);
  expect(JSON.stringify(last.host.said)).toContain("stays registered");
});

test("with AWS's times nobody waits days for a verification: free products are sold meanwhile, and refresh tells its end", async () => {
  const clock = new TurningClock();
  const market = await openMarket({ clock, latency: "realistic" });
  const time = jumpingTime(clock.now().getTime(), async (milliseconds) => clock.turn(milliseconds));
  const wanted: Properties = { ...declared, sells: ["free", "paid"] };
  const run = startRun(asBuyer, time);
  const { id, outs } = await run.provider(seller).create(wanted);
  expect(outs.maySell).toEqual(["free"]);
  expect(JSON.stringify(run.host.said)).toContain("tax form and bank account are being verified");

  // A refresh and up in between follow the change set that is under way.
  const sets = async () => {
    const { ChangeSetSummaryList } = await catalogOf(market, "buyer").catalog.send(
      new ListChangeSetsCommand({ Catalog: "AWSMarketplace" }),
    );
    return ChangeSetSummaryList?.length;
  };
  const before = await sets();
  const seen = await startRun(asBuyer, time).provider(seller).read(id, outs);
  const meanwhile = await startRun(asBuyer, time)
    .provider(seller)
    .update(id, seen.props ?? {}, wanted);
  expect([meanwhile.outs.maySell, await sets()]).toEqual([["free"], before]);

  await clock.turn(4 * 24 * 3_600_000);
  const verified = await startRun(asBuyer, time).provider(seller).read(id, meanwhile.outs);
  expect(verified.props).toMatchObject({ maySell: ["free", "paid"] });
  expect(verified.inputs).toEqual(wanted);
});

test("a registration whose bank is refused is kept, and the next up goes on from there", async () => {
  const market = await openMarket();
  const wrong = { ...declared, bank: { country: "US", routingNumber: "021000022", accountNumber: "000123456789" } };
  const failed = await startRun(asBuyer)
    .provider(seller)
    .create(wrong)
    .catch((error: unknown) => error);
  const [registration] = await sellers(market.endpoint);
  expect(failed).toMatchObject({ name: "PartlyDone", id: registration?.EntityId });
  const { properties } = failed as PartlyDone;
  expect(properties).toMatchObject({ legalName: declared.legalName, maySell: ["free", "govcloud"] });
  for (const name of ["tax", "bank"]) expect(properties).not.toHaveProperty(name);

  const id = registration?.EntityId ?? "";
  const { outs } = await startRun(asBuyer).provider(seller).update(id, properties, declared);
  expect(outs.maySell).toEqual(declared.sells);
});

test("what is changed by hand shows as a difference, member by member, and the next up puts it right", async () => {
  const market = await openMarket();
  const provider = startRun(asBuyer).provider(seller);
  const wanted: Properties = { ...declared, sells: ["free", "paid"] };
  const { id, outs } = await provider.create(wanted);
  expect((await provider.read(id, outs)).inputs).toEqual(wanted);

  const { run: byHand } = catalogOf(market, "buyer");
  const SELLER = "Seller@1.0";
  const information = {
    DisplayName: "Northwind",
    Description: "Makes tools for metrics.",
    Email: "marketplace@example.com",
    TermsAccepted: true,
    Sells: ["free"],
  };
  const Tax = { Form: "W-9", TaxpayerNumber: "12-3456789" };
  const Bank = { Country: "US", RoutingNumber: "021000021", AccountNumber: "55554444" };
  madeBy(await byHand([change("UpdateInformation", SELLER, id, information)]));
  madeBy(await byHand([change("UpdateDisbursementPreferences", SELLER, id, { Tax, Bank })]));
  const seen = await provider.read(id, outs);
  expect(seen.inputs).toMatchObject({
    profile: { displayName: "Northwind", description: "Makes tools for metrics." },
    sells: ["free"],
    email: "marketplace@example.com",
  });
  for (const name of ["tax", "bank", "support", "updateProcess"]) expect(seen.inputs).not.toHaveProperty(name);
  expect((await provider.diff(id, seen.inputs ?? {}, wanted)).changes).toBe(true);

  const mended = await provider.update(id, seen.props ?? {}, wanted);
  expect(mended.outs.maySell).toEqual(["free", "paid"]);
  expect((await provider.read(id, mended.outs)).inputs).toEqual(wanted);
});

test("an import reads all but tax and bank, which the next up sends", async () => {
  await openMarket();
  const provider = startRun(asBuyer).provider(seller);
  const { id } = await provider.create(declared);
  const { inputs = {}, props = {} } = await provider.read(id, {});
  const { tax, bank, ...rest } = declared;
  expect(inputs).toEqual(rest);
  expect((await provider.check(inputs, declared)).failures).toEqual([]);
  expect(await provider.diff(id, inputs, declared)).toMatchObject({ changes: true, replaces: [] });
  const { outs } = await provider.update(id, props, declared);
  expect(outs).toMatchObject({ tax, bank, sellerId: id });
});

test("a registration that an earlier run could not save is taken over; another seller's is not", async () => {
  await openMarket();
  const made = await startRun(asBuyer).provider(seller).create(free);
  expect((await startRun(asBuyer).provider(seller).create(free)).id).toBe(made.id);
  const other = startRun(asBuyer)
    .provider(seller)
    .create({ ...free, legalName: "Southwind Ltd." });
  await expect(other).rejects.toThrow(/registered as another seller already/);
});

test("everything that is missing is named in one list, offline", async () => {
  const provider = startRun().provider(seller);
  const paths = async (inputs: Properties, olds: Properties = {}) =>
    (await provider.check(olds, inputs)).failures.map(({ property }) => property);
  expect(await paths({})).toEqual(order);
  expect(await paths({ ...free, sells: ["paid", "govcloud"], govCloud: undefined, support: undefined })).toEqual([
    "support.process",
    "support.contact",
    "tax",
    "bank",
    "govCloud.accountId",
    "govCloud.itarConfirmed",
  ]);
  expect(await paths({ ...german, sells: ["paid"], bank: { country: "DE" } })).toEqual(["bank"]);
  expect(await paths({ ...declared, country: "DE" }, declared)).toEqual(["country"]);
  expect(await paths({ ...declared, sell: ["free"] })).toEqual(["sell"]);
  for (const name of Object.keys(declared)) {
    const { failures } = await provider.check({}, { ...declared, [name]: unknownText });
    expect([name, failures.filter(({ property }) => property.startsWith(name))]).toEqual([name, []]);
  }
});

const order = ["legalName", "kind", "country", "email", "termsAccepted", "sells", "profile"];

test("on AWS no number is sent: what can be read is read, and the rest is said", async () => {
  const market = await openMarket();
  delete process.env.AWS_ENDPOINT_URL;
  const none = startRun(asBuyer).provider(seller).create(declared);
  await expect(none).rejects.toThrow(
    /Register it in the AWS Marketplace Management Portal(.|\n)*tax interview \(W-9\)/,
  );
  expect(await sellers(market.endpoint)).toEqual([]);

  process.env.AWS_ENDPOINT_URL = market.endpoint;
  const { id } = await startRun(asBuyer).provider(seller).create(free);
  delete process.env.AWS_ENDPOINT_URL;
  const onAws = startRun(asBuyer);
  const made = await onAws.provider(seller).create(declared);
  // The marketplace that stands in for AWS tells what may be sold; AWS's own document is not published.
  expect(made).toMatchObject({ id, outs: { maySell: ["free"] } });
  expect(made.outs.stepsByHand).toHaveLength(4);
  const said = JSON.stringify(onAws.host.said);
  expect(said).toContain("By hand: Settings, Payment information");
  for (const number of ["12-3456789", "000123456789", "021000021"]) expect(said).not.toContain(number);
});

test.each<Refusal>([
  { status: 403, name: "AccessDeniedException", message: "You may not register." },
  { status: 422, name: "ValidationException", message: "There is no change type UpdateDisbursementPreferences." },
])(
  "where $name is the answer to registering, what is left to do is said, and nothing counts as done",
  async (refusal) => {
    const market = await openMarket();
    const { id } = await startRun(asBuyer).provider(seller).create(free);
    process.env.AWS_ENDPOINT_URL_MARKETPLACE_CATALOG = await refusingChanges(market.endpoint, refusal);
    const run = startRun(asBuyer);
    const { outs } = await run.provider(seller).update(id, free, declared);
    expect(outs).toMatchObject({ sellerId: id, maySell: ["free"] });
    expect(outs.stepsByHand).toContain("Settings, Payment information: complete the tax interview (W-9).");
    const said = JSON.stringify(run.host.said);
    expect(said).toContain(`${id} was left as it is: ${refusal.message}`);
    for (const number of ["12-3456789", "000123456789", "021000021"]) expect(said).not.toContain(number);

    // The next refresh sees that nothing came of it, so that the next up tries again.
    const seen = await startRun(asBuyer).provider(seller).read(id, outs);
    expect(await run.provider(seller).diff(id, seen.inputs ?? {}, declared)).toMatchObject({ changes: true });

    process.env.AWS_PROFILE = "partner";
    const none = startRun({ "marketplace:profile": "partner" }).provider(seller).create(declared);
    await expect(none).rejects.toThrow(
      `its request was refused (${refusal.message}). Register it in the AWS Marketplace`,
    );
  },
);
