import { expect, test } from "vitest";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import { offer } from "../../../providers/offer/reconciler";
import type { Properties } from "../../../providers/provider";
import { unknownText } from "../../../providers/unknown";
import { createProduct } from "../../backend/catalog/listing";
import { startRun } from "../support/market";
import { inDays, openSales } from "./sales";

const northwind: OfferSpec = {
  productId: "prod-aaaaaaaaaaaaa",
  name: "Log Agent for Northwind",
  buyerAccounts: ["444455556666"],
  availabilityEndDate: inDays(30),
  pricing: { model: "usage", hourly: { "m7i.large": "0.08", "m7i.xlarge": "0.16" } },
  eula: { type: "standard" },
};
const fixed = (price: string): OfferSpec["pricing"] => ({
  model: "contract",
  fixed: { price, grants: [{ dimension: "seats", quantity: 50 }], duration: "P365D" },
});
const seats: OfferSpec["pricing"] = { model: "contract", durations: [{ duration: "P1Y", prices: { seats: "9" } }] };
const replacement = { replaces: "agmt-1", productId: undefined, buyerAccounts: undefined, pricing: seats };
const lasting = { validity: { endDate: inDays(400) } };
const accounts = (count: number) => Array.from({ length: count }, (_, i) => String(444455556666 + i));

const check = (wrong: Properties, olds: Properties = {}) =>
  startRun()
    .provider(offer)
    .check(olds, JSON.parse(JSON.stringify({ ...northwind, ...wrong })) as Properties);

test.each<[string, Properties, string, RegExp]>([
  ["an end that is over", { availabilityEndDate: inDays(-2) }, "availabilityEndDate", /future/],
  ["an end that is no date", { availabilityEndDate: "soon" }, "availabilityEndDate", /soon|date|form|match/i],
  ["no end", { availabilityEndDate: undefined }, "availabilityEndDate", /last day/],
  ["27 buyers", { buyerAccounts: accounts(27) }, "buyerAccounts", /26/],
  ["a buyer that is no account", { buyerAccounts: ["Northwind"] }, "buyerAccounts[0]", /Northwind|digits|form|match/i],
  ["a buyer twice", { buyerAccounts: ["444455556666", "444455556666"] }, "buyerAccounts", /twice/],
  ["no buyers", { buyerAccounts: undefined }, "buyerAccounts", /public/],
  ["countries and all but some", { countries: ["US"], exceptCountries: ["FR"] }, "exceptCountries", /not both/],
  ["buyers kept out of a country", { exceptCountries: ["FR"] }, "exceptCountries", /countries instead/],
  ["no country", { countries: ["USA"] }, "countries[0]", /USA|form|match/i],
  [
    "instalments of a price that is paid as well",
    { pricing: fixed("6000"), paymentSchedule: [{ date: inDays(60), amount: "6000" }] },
    "paymentSchedule",
    /price 0/,
  ],
  [
    "instalments of no fixed price",
    { paymentSchedule: [{ date: inDays(60), amount: "6000" }] },
    "paymentSchedule",
    /./,
  ],
  [
    "an instalment with three decimals",
    { pricing: fixed("0"), paymentSchedule: [{ date: inDays(60), amount: "6000.005" }] },
    "paymentSchedule[0].amount",
    /./,
  ],
  [
    "an end before the start",
    { validity: { startDate: inDays(90), endDate: inDays(60) } },
    "validity.endDate",
    /after it starts/,
  ],
  ["a duration and an end", { validity: { duration: "P365D", endDate: inDays(400) } }, "validity", /not both/],
  [
    "a price that is no amount",
    { pricing: { model: "usage", hourly: { "m7i.large": "8 cents" } } },
    'pricing.hourly["m7i.large"]',
    /decimal/,
  ],
  ["a fixed price that nothing says how to pay", { pricing: fixed("100") }, "pricing.fixed", /payment schedule/],
  [
    "a trial for named buyers",
    { pricing: { model: "usage", hourly: { "m7i.large": "0.08" }, freeTrial: { days: 14 } } },
    "pricing.freeTrial",
    /public/,
  ],
  [
    "a paid trial without a refund policy",
    {
      buyerAccounts: undefined,
      availabilityEndDate: undefined,
      pricing: { model: "usage", hourly: { "m7i.large": "0.08" }, freeTrial: { days: 14 } },
    },
    "refundPolicy",
    /refund policy/,
  ],
  [
    "a trial of half a year",
    {
      buyerAccounts: undefined,
      availabilityEndDate: undefined,
      refundPolicy: "In full.",
      pricing: { model: "usage", hourly: { "m7i.large": "0.08" }, freeTrial: { days: 180 } },
    },
    "pricing.freeTrial.days",
    /5 to 31 days/,
  ],
  ["a fixed price of four decimals", { pricing: fixed("1.0005") }, "pricing.fixed.price", /3 decimal/],
  ["no prices", { pricing: { model: "usage" } }, "pricing", /./],
  ["a refund policy of its own", { refundPolicy: "In full." }, "refundPolicy", /public offer/],
  ["other days to pay than AWS has", { netPayment: "P31D" }, "netPayment", /./],
  ["a renewal that says nothing of prices", { pricing: seats, renewal: {} }, "renewal.priceIncrease", /./],
  ["no EULA", { eula: undefined }, "eula", /required/],
  ["neither product nor agreement", { productId: undefined }, "productId", /replaces/],
  [
    "a replacement for somebody else",
    { ...replacement, ...lasting, buyerAccounts: accounts(1) },
    "buyerAccounts",
    /leave buyerAccounts out/,
  ],
  ["a replacement without an end", replacement, "validity.endDate", /last day/],
  [
    "a replacement that is paid by use",
    { ...replacement, ...lasting, pricing: northwind.pricing },
    "pricing.model",
    /contract/i,
  ],
  ["a misspelt property", { buyerAcounts: ["444455556666"] }, "buyerAcounts", /Did you mean buyerAccounts/],
  ["a number where a text belongs", { name: 5 }, "name", /must be a text/],
])("%s is refused in preview, by the property's name", async (_what, wrong, property, reason) => {
  const { failures } = await check(wrong);
  expect(failures.map((failure) => failure.property)).toContainEqual(property);
  expect(failures.find((failure) => failure.property === property)?.reason).toMatch(reason);
  expect(new Set(failures.map((failure) => failure.property.replace(/[.[].*/, "")))).toEqual(
    new Set([property.replace(/[.[].*/, "")]),
  );
});

test("what is not known before the deployment is no mistake, and nothing is replaced for it", async () => {
  const provider = startRun().provider(offer);
  const unknown = { ...northwind, productId: unknownText, buyerAccounts: [unknownText], pricing: unknownText };
  const { inputs, failures } = await provider.check({}, unknown);
  expect(failures).toEqual([]);
  expect(await provider.diff("offer-1", { ...northwind }, inputs)).toMatchObject({ changes: true, replaces: [] });
});

test("preview says what makes a new offer, and judges that one like any new one", async () => {
  const provider = startRun().provider(offer);
  const olds = { ...northwind, availabilityEndDate: "2026-01-31", state: "Expired" };
  expect((await check({ availabilityEndDate: "2026-01-31" }, olds)).failures).toEqual([]);
  const pricing = { model: "usage", hourly: { "m7i.large": "0.07", "m7i.xlarge": "0.14" } };
  const { failures } = await check({ availabilityEndDate: "2026-01-31", pricing }, olds);
  expect(failures.map(({ property }) => property)).toEqual(["availabilityEndDate"]);
  const open = { ...northwind, state: "Released" };
  expect(await provider.diff("offer-1", open, { ...northwind, pricing })).toMatchObject({ replaces: ["pricing"] });
});

test.each<[string, (sales: Awaited<ReturnType<typeof openSales>>) => Promise<OfferSpec>, RegExp]>([
  [
    "a product that is not there",
    (sales) => Promise.resolve(sales.spec({ productId: "prod-1111111111111" })),
    /^productId: .*prod-1111111111111.*\[ResourceNotFoundException\]/,
  ],
  [
    "an instance type that is not offered",
    (sales) =>
      Promise.resolve(
        sales.spec({
          pricing: { model: "usage", hourly: { "m7i.large": "0.08", "m7i.xlarge": "0.16", "m7g.large": "0.1" } },
        }),
      ),
    /changed nothing:\n {2}pricing\.hourly\["m7g\.large"\]: .*\[INCOMPATIBLE_PRODUCT\]/,
  ],
  [
    "an instance type without a price",
    (sales) => Promise.resolve(sales.spec({ pricing: { model: "usage", hourly: { "m7i.large": "0.08" } } })),
    /changed nothing:\n {2}pricing\.hourly: .*m7i\.xlarge.*\[INVALID_RATE_CARD\]/,
  ],
  [
    "a product that has no public offer",
    async ({ catalog, spec }) => {
      const { StartChangeSetCommand, DescribeChangeSetCommand } = await import("@aws-sdk/client-marketplace-catalog");
      const Catalog = "AWSMarketplace";
      const { ChangeSetId } = await catalog.send(
        new StartChangeSetCommand({ Catalog, ChangeSet: [createProduct("Example Corp Draft")] }),
      );
      const described = () => catalog.send(new DescribeChangeSetCommand({ Catalog, ChangeSetId }));
      await expect.poll(async () => (await described()).Status).toBe("SUCCEEDED");
      const draft = (await described()).ChangeSet?.[0]?.Entity?.Identifier?.split("@")[0] ?? "";
      return spec({ productId: draft });
    },
    /changed nothing:\n(.*\n)* {2}productId: .*public offer.*\[INCOMPATIBLE_PRODUCT\]/,
  ],
  [
    "the seller's own account",
    (sales) => Promise.resolve(sales.spec({ buyerAccounts: ["111122223333"] })),
    /nothing was sent:\n {2}buyerAccounts.*111122223333.*\[IN\w+_BUYER_ACCOUNTS\]/,
  ],
  [
    "an agreement of somebody else",
    () =>
      Promise.resolve({
        name: "Replacement",
        replaces: "agmt-1111111111111",
        availabilityEndDate: inDays(10),
        pricing: seats,
        validity: { endDate: inDays(100) },
        eula: { type: "standard" },
      }),
    /replaces: .*agmt-1111111111111/,
  ],
])("%s fails with the property's name, and no offer was made", async (_what, specOf, expected) => {
  const sales = await openSales();
  const spec = await specOf(sales);
  const provider = startRun().provider(offer);
  const { inputs, failures } = await provider.check({}, { ...spec });
  expect(failures).toEqual([]);
  await expect(provider.create(inputs)).rejects.toThrow(expected);
  expect(await sales.offers()).toEqual([]);
});
