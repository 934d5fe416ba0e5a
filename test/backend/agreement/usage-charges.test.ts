import {
  CancelAgreementCommand,
  DescribeAgreementCommand,
  ListAgreementChargesCommand,
  ListAgreementInvoiceLineItemsCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { AMI, change, hourlyPrices, OFFER } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, everything, type Instead, type Terms, without } from "./buyer";
import { paidShop } from "./paid-shop";

const HOUR = 3_600_000;
const rates = { "m5.large": "0.10", "m5.xlarge": "0.20000001" };
const hourly = hourlyPrices(rates);

/** By the hour at `rates`, with further terms. */
function priced(...more: readonly NonNullable<Instead[string]>[]): Instead {
  return { UpdatePricingTerms: { ...hourly, Terms: [...hourly.Terms, ...more] } };
}

async function open(instead: Instead = priced()) {
  const clock = new TurningClock();
  const shop = await paidShop({ clock }, instead);
  const until = (moment: string) => clock.turn(Date.parse(moment) - clock.now().getTime());
  return { ...shop, clock, until, seller: buyerOf(shop.market, "seller").agreements };
}

test("a month's hours are charged when the month is over and all its usage is known", async () => {
  const { buy, offerId, launchPaid, stopPaid, clock, until, agreements, seller, charged } = await open();
  const agreementId = await buy(offerId, everything);
  const [large, xlarge] = [await launchPaid(), await launchPaid("m5.xlarge")];
  await clock.turn(10.5 * HOUR);
  await stopPaid(large);
  await clock.turn(HOUR / 2);
  await stopPaid(xlarge);
  await until("2026-04-01T05:59:59.999Z");
  expect(await charged()).toEqual([]);
  await clock.turn(1);
  const { items } = await agreements.send(new ListAgreementChargesCommand({}));
  // 11 hours at 0.10 and 11 at 0.20000001
  expect(items).toEqual([
    {
      id: expect.stringMatching(/^ch-[a-z0-9]+$/),
      revision: 1,
      agreementId,
      agreementType: "PurchaseAgreement",
      currencyCode: "USD",
      amount: "3.30000011",
      time: new Date("2026-04-01T06:00:00Z"),
    },
  ]);
  const byPeriod = (month: number) =>
    seller.send(
      new ListAgreementInvoiceLineItemsCommand({
        agreementId,
        groupBy: "INVOICE_ID",
        invoiceBillingPeriod: { month, year: 2026 },
      }),
    );
  expect((await byPeriod(3)).agreementInvoiceLineItemGroupSummaries).toMatchObject([
    {
      agreementId,
      invoiceType: "INVOICE",
      invoiceBillingPeriod: { month: 3, year: 2026 },
      issuedTime: new Date("2026-04-01T06:00:00Z"),
      pricingCurrencyAmount: { amount: "3.30", maxAdjustmentAmount: "3.30", currencyCode: "USD" },
    },
  ]);
  expect((await byPeriod(4)).agreementInvoiceLineItemGroupSummaries).toEqual([]);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({
    estimatedCharges: { agreementValue: "0.00" },
  });
});

test("what runs on is charged month by month, also when the clock leaps over many; idle months cost nothing", async () => {
  const { buy, offerId, launchPaid, stopPaid, startPaid, until, charged } = await open();
  await buy(offerId, everything);
  const id = await launchPaid();
  await until("2026-06-02T09:00:00Z");
  // March from the 2nd at nine, April, May.
  expect(await charged()).toEqual(["71.10", "72.00", "74.40"]);
  await stopPaid(id);
  await until("2026-08-31T23:59:00Z");
  // An hour in June begins before the instance is stopped: 33 of them.
  expect(await charged()).toEqual(["71.10", "72.00", "74.40", "3.30"]);
  await startPaid(id);
  await until("2026-09-01T00:01:00Z");
  await stopPaid(id);
  await until("2026-10-02T00:00:00Z");
  // The hour that began in August belongs to August, whole.
  expect(await charged()).toEqual(["71.10", "72.00", "74.40", "3.30", "0.10"]);
});

test("an agreement that has ended is charged for its last hours, and for none after", async () => {
  const { buy, offerId, launchPaid, clock, until, agreements, charged } = await open();
  const first = await buy(offerId, everything);
  await launchPaid();
  await clock.turn(2 * HOUR);
  await agreements.send(new CancelAgreementCommand({ agreementId: first }));
  await clock.turn(3 * HOUR);
  const second = await buy(offerId, everything);
  await clock.turn(4 * HOUR);
  await agreements.send(new CancelAgreementCommand({ agreementId: second }));
  await until("2026-05-02T00:00:00Z");
  expect(await charged(first)).toEqual(["0.20"]);
  expect(await charged(second)).toEqual(["0.40"]);
});

const annual = {
  Type: "ConfigurableUpfrontPricingTerm",
  CurrencyCode: "USD",
  RateCards: [
    {
      Selector: { Type: "Duration", Value: "P365D" },
      Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
      RateCard: [
        { DimensionKey: "m5.large", Price: "365" },
        { DimensionKey: "m5.xlarge", Price: "730" },
      ],
    },
  ],
};
const ahead = (quantity: number) => (terms: Terms) => [
  ...without("configurableUpfrontPricingTerm", "usageBasedPricingTerm")(terms),
  {
    id: terms["configurableUpfrontPricingTerm"]?.id,
    configuration: {
      configurableUpfrontPricingTermConfiguration: {
        selectorValue: "P365D",
        dimensions: [{ dimensionKey: "m5.large", dimensionValue: quantity }],
      },
    },
  },
];

test("what is paid for a year covers so many running instances of its type, and more from an amendment on", async () => {
  const { buy, ask, accept, offerId, launchPaid, clock, until, charged } = await open(priced(annual));
  const byUse = await buy(offerId, without("configurableUpfrontPricingTerm"));
  const upfront = await buy(offerId, ahead(1));
  await launchPaid();
  await launchPaid();
  await launchPaid("m5.xlarge");
  await clock.turn(10 * HOUR);
  const amending = {
    intent: "AMEND",
    sourceAgreementIdentifier: upfront,
    agreementProposalIdentifier: undefined,
  } as const;
  const { agreementRequestId } = await ask(offerId, (terms) => ahead(2)(terms).slice(-1), amending);
  await accept(agreementRequestId);
  await until("2026-03-03T09:00:00Z");
  await until("2026-04-01T06:00:00Z");
  // m5.large: one of two for 10 hours, then none; m5.xlarge from March 2nd at nine to the end.
  expect(await charged(byUse)).toEqual(["143.20000711"]);
});

test("on a free trial one instance runs for nothing until the trial is over", async () => {
  const grants = Object.keys(rates).map((DimensionKey) => ({ DimensionKey }));
  const trial = { Type: "FreeTrialPricingTerm", Duration: "P7D", Grants: grants };
  const { buy, offerId, launchPaid, until, charged } = await open(priced(trial));
  await buy(offerId, everything);
  await launchPaid();
  await until("2026-03-09T08:00:00Z");
  await launchPaid();
  await until("2026-03-10T09:00:00Z");
  await until("2026-04-01T06:00:00Z");
  // From March 9th at nine both cost: 543 hours until the month is over, and the second an hour before.
  expect(await charged()).toEqual(["108.70"]);
});

test("a monthly price is charged beside the hours when the month is over, each month once, the last one by its days", async () => {
  const monthly = { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "25" };
  const { buy, offerId, launchPaid, stopPaid, clock, until, agreements } = await open(priced(monthly));
  const agreementId = await buy(offerId, everything);
  const id = await launchPaid();
  await clock.turn(HOUR);
  await stopPaid(id);
  await until("2026-06-10T00:00:00Z");
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  await until("2026-12-31T00:00:00Z");
  const { items = [] } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
  expect(items.map(({ amount, time }) => [amount, time?.toISOString().slice(0, 10)])).toEqual([
    ["0.10", "2026-04-01"],
    ["25.00", "2026-04-02"],
    ["25.00", "2026-05-02"],
    ["25.00", "2026-06-02"],
    ["6.67", "2026-06-10"],
  ]);
});

test("a type that the product did not have then costs what the offer says; all others what was agreed on", async () => {
  const { buy, offerId, productId, launchPaid, stopPaid, clock, until, charged, run } = await open();
  await buy(offerId, everything);
  const key = "m5.2xlarge";
  const added = await run([
    change("AddInstanceTypes", AMI, productId, { InstanceTypes: [key] }),
    change("AddDimensions", AMI, productId, [
      { Key: key, Name: key, Description: key, Unit: "Hrs", Types: ["Metered"] },
    ]),
    change("UpdatePricingTerms", OFFER, offerId, hourlyPrices({ ...rates, [key]: "0.45" })),
  ]);
  expect(added.Status).toBe("SUCCEEDED");
  const cheaper = { "m5.large": "0.01", "m5.xlarge": "0.01", [key]: "0.40" };
  expect((await run([change("UpdatePricingTerms", OFFER, offerId, hourlyPrices(cheaper))])).Status).toBe("SUCCEEDED");
  const ids = [await launchPaid(), await launchPaid(key)];
  await clock.turn(HOUR);
  for (const id of ids) await stopPaid(id);
  await until("2026-04-01T06:00:00Z");
  expect(await charged()).toEqual(["0.50"]);
});
