import {
  AcceptAgreementRequestCommand,
  CreateAgreementRequestCommand,
  DescribeAgreementCommand,
  GetAgreementTermsCommand,
  ListAgreementChargesCommand,
  type MarketplaceAgreementClient,
  SearchAgreementsCommand,
  UpdatePurchaseOrdersCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { madeBy } from "../catalog/catalog-market";
import { change, OFFER } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { discoverer, openShop, type Terms, without } from "./buyer";
import { seats } from "./seat-contract";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const offer = "$PublicOffer.Entity.Identifier";
const hourly = {
  Type: "UsageBasedPricingTerm",
  CurrencyCode: "USD",
  RateCards: [
    {
      RateCard: [
        { DimensionKey: "m5.large", Price: "0.10" },
        { DimensionKey: "m5.xlarge", Price: "0.20" },
      ],
    },
  ],
};
const hourlyAndAnnual = {
  PricingModel: "Usage",
  Terms: [
    hourly,
    {
      Type: "ConfigurableUpfrontPricingTerm",
      CurrencyCode: "USD",
      RateCards: [
        {
          Selector: { Type: "Duration", Value: "P365D" },
          Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
          RateCard: [
            { DimensionKey: "m5.large", Price: "365" },
            { DimensionKey: "m5.xlarge", Price: "730.5" },
          ],
        },
      ],
    },
  ],
};
const hourlyAndMonthly = {
  PricingModel: "Usage",
  Terms: [hourly, { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "25" }],
};
const renewable = change("UpdateRenewalTerms", OFFER, offer, { Terms: [{ Type: "RenewalTerm" }] });

const byTheHour = without("configurableUpfrontPricingTerm", "renewalTerm");
const upfront =
  (quantities: Readonly<Record<string, number>>, selectorValue = "P365D") =>
  (terms: Terms) => ({
    id: terms["configurableUpfrontPricingTerm"]?.id,
    configuration: {
      configurableUpfrontPricingTermConfiguration: {
        selectorValue,
        dimensions: Object.entries(quantities).map(([dimensionKey, dimensionValue]) => ({
          dimensionKey,
          dimensionValue,
        })),
      },
    },
  });
const renewal = (enableAutoRenew: boolean) => (terms: Terms) =>
  terms["renewalTerm"] && {
    id: terms["renewalTerm"].id,
    configuration: { renewalTermConfiguration: { enableAutoRenew } },
  };
const annual = (quantities: Readonly<Record<string, number>>) => (terms: Terms) => [
  ...without("configurableUpfrontPricingTerm", "usageBasedPricingTerm", "renewalTerm")(terms),
  upfront(quantities)(terms),
];

test("an annual price is a second agreement, once there is one by the hour", async () => {
  const { ask, buy, accept, agreements, offerId } = await openShop(
    { clock: new TurningClock() },
    { UpdatePricingTerms: hourlyAndAnnual },
  );
  const wanted = annual({ "m5.large": 2, "m5.xlarge": 1 });
  await expect(ask(offerId, wanted)).rejects.toMatchObject({
    name: "ValidationException",
    reason: "MISSING_USAGE_AGREEMENT",
  });
  await buy(offerId, byTheHour);
  const { agreementRequestId, chargeSummary } = await ask(offerId, wanted);
  expect(chargeSummary).toMatchObject({
    newAgreementValue: "1460.50",
    expectedCharges: [{ amount: "1460.50", timing: "ON_ACCEPTANCE" }],
    itemizedCharges: [
      { dimensionKey: "m5.large", oldQuantity: 0, newQuantity: 2, incrementalChargeAmount: "730.00" },
      { dimensionKey: "m5.xlarge", newQuantity: 1, incrementalChargeAmount: "730.50" },
    ],
  });
  const { agreementId } = await accept(agreementRequestId);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({
    endTime: new Date("2027-03-02T09:00:00Z"),
    estimatedCharges: { agreementValue: "1460.50" },
  });
  const { items = [] } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
  expect(items).toMatchObject([{ amount: "1460.50", currencyCode: "USD", revision: 1 }]);

  const order = { chargeId: items[0]?.id, chargeRevision: 1, purchaseOrderReference: "PO-7" };
  await agreements.send(new UpdatePurchaseOrdersCommand({ purchaseOrders: [order] }));
  const ordered = await agreements.send(new ListAgreementChargesCommand({}));
  expect(ordered.items).toMatchObject([{ purchaseOrderReference: "PO-7", revision: 2 }]);
  await expect(agreements.send(new UpdatePurchaseOrdersCommand({ purchaseOrders: [order] }))).rejects.toMatchObject({
    name: "ConflictException",
    resourceType: "Charge",
  });
});

test("an amendment adds units for the days that are left, and takes none away", async () => {
  const clock = new TurningClock();
  const { buy, termsOf, agreements, accept, offerId } = await openShop(
    { clock },
    { UpdatePricingTerms: hourlyAndAnnual },
  );
  await buy(offerId, byTheHour);
  const agreementId = await buy(offerId, annual({ "m5.large": 1 }));
  await clock.turn(265 * DAY);
  const terms = await termsOf(offerId);
  const amend = (quantity: number) =>
    agreements.send(
      new CreateAgreementRequestCommand({
        intent: "AMEND",
        sourceAgreementIdentifier: agreementId,
        requestedTerms: [upfront({ "m5.large": quantity })(terms)],
      }),
    );
  await expect(amend(0)).rejects.toMatchObject({ name: "ValidationException" });
  const { agreementRequestId, chargeSummary } = await amend(3);
  expect(chargeSummary).toMatchObject({
    itemizedCharges: [{ oldQuantity: 1, newQuantity: 3, incrementalChargeAmount: "200.00" }],
    expectedCharges: [{ amount: "200.00" }],
  });
  expect((await accept(agreementRequestId)).agreementId).toBe(agreementId);
  const { acceptedTerms = [] } = await agreements.send(new GetAgreementTermsCommand({ agreementId }));
  expect(acceptedTerms.flatMap((term) => term.configurableUpfrontPricingTerm?.configuration ?? [])).toEqual([
    { selectorValue: "P365D", dimensions: [{ dimensionKey: "m5.large", dimensionValue: 3 }] },
  ]);
  await expect(amend(2)).rejects.toMatchObject({ reason: "INVALID_INCREMENTAL_CHARGE" });
});

test("of two amendments of the same agreement the later one has to be asked for anew", async () => {
  const { buy, termsOf, agreements, accept, offerId } = await openShop(
    { clock: new TurningClock() },
    { UpdatePricingTerms: hourlyAndAnnual },
  );
  await buy(offerId, byTheHour);
  const sourceAgreementIdentifier = await buy(offerId, annual({ "m5.large": 1 }));
  const terms = await termsOf(offerId);
  const amend = async (quantity: number) => {
    const requestedTerms = [upfront({ "m5.large": quantity })(terms)];
    const amending = { intent: "AMEND", sourceAgreementIdentifier, requestedTerms } as const;
    return (await agreements.send(new CreateAgreementRequestCommand(amending))).agreementRequestId;
  };
  const [many, few] = [await amend(5), await amend(2)];
  await accept(many);
  await expect(accept(few)).rejects.toMatchObject({
    name: "ConflictException",
    resourceType: "Agreement",
    resourceId: sourceAgreementIdentifier,
  });
  const { acceptedTerms = [] } = await agreements.send(
    new GetAgreementTermsCommand({ agreementId: sourceAgreementIdentifier }),
  );
  expect(acceptedTerms.flatMap((term) => term.configurableUpfrontPricingTerm?.configuration?.dimensions ?? [])).toEqual(
    [{ dimensionKey: "m5.large", dimensionValue: 5 }],
  );
  await accept(await amend(6));
});

test("at its end a contract goes on as another one, where the buyer chose so, and else expires", async () => {
  const clock = new TurningClock();
  const { buy, agreements, offerId } = await openShop({ clock }, seats, [renewable]);
  const first = await buy(offerId, (terms) => [
    ...without("configurableUpfrontPricingTerm", "renewalTerm")(terms),
    upfront({ seats: 1 }, "P12M")(terms),
    renewal(true)(terms),
  ]);
  await clock.turn(365 * DAY);
  const { agreementViewSummaries = [] } = await agreements.send(
    new SearchAgreementsCommand({
      filters: [
        { name: "PartyType", values: ["Acceptor"] },
        { name: "AgreementType", values: ["PurchaseAgreement"] },
      ],
    }),
  );
  expect(agreementViewSummaries).toMatchObject([
    { status: "ACTIVE", startTime: new Date("2027-03-02T09:00:00Z"), endTime: new Date("2028-03-02T09:00:00Z") },
    { status: "RENEWED", agreementId: first },
  ]);
  const sourceAgreementIdentifier = agreementViewSummaries[0]?.agreementId;
  const { items } = await agreements.send(new ListAgreementChargesCommand({ agreementId: sourceAgreementIdentifier }));
  expect(items).toMatchObject([{ amount: "12.50" }]);

  const requestedTerms = [renewal(false)((await acceptedTermsOf(agreements, first)) as Terms)].flatMap(
    (term) => term ?? [],
  );
  const amending = { intent: "AMEND", sourceAgreementIdentifier, requestedTerms } as const;
  const { agreementRequestId } = await agreements.send(new CreateAgreementRequestCommand(amending));
  await agreements.send(new AcceptAgreementRequestCommand({ agreementRequestId }));
  await clock.turn(366 * DAY);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: sourceAgreementIdentifier }))).toMatchObject(
    { status: "EXPIRED" },
  );
});

async function acceptedTermsOf(agreements: MarketplaceAgreementClient, agreementId: string): Promise<object> {
  const { acceptedTerms = [] } = await agreements.send(new GetAgreementTermsCommand({ agreementId }));
  return Object.assign({}, ...acceptedTerms) as object;
}

test("a month is charged when it is over, and the charge of the one that has begun is to come", async () => {
  const clock = new TurningClock();
  const { buy, agreements, offerId } = await openShop({ clock }, { UpdatePricingTerms: hourlyAndMonthly });
  const agreementId = await buy(offerId, without());
  const months = async () => {
    const { items = [] } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
    return items.map(({ time }) => time?.toISOString().slice(0, 10));
  };
  await clock.turn(40 * DAY);
  expect(await months()).toEqual(["2026-04-02", "2026-05-02"]);
});

test("the first month has the number and the order of the charge that was quoted, and its day", async () => {
  const { ask, agreements, offerId } = await openShop(
    { clock: new TurningClock() },
    { UpdatePricingTerms: hourlyAndMonthly },
  );
  const { agreementRequestId, chargeSummary } = await ask(offerId, without());
  const { id: chargeId, time } = chargeSummary?.expectedCharges?.[0] ?? {};
  const purchaseOrders = [{ chargeId, purchaseOrderReference: "PO-7" }];
  const { agreementId } = await agreements.send(
    new AcceptAgreementRequestCommand({ agreementRequestId, purchaseOrders }),
  );
  const { items } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
  const monthEnd = new Date("2026-04-02T09:00:00Z");
  expect(time).toEqual(monthEnd);
  expect(items).toMatchObject([{ id: chargeId, amount: "25.00", time: monthEnd, purchaseOrderReference: "PO-7" }]);
});

test("a private offer replaces the agreement, for the buyer that it names alone", async () => {
  const { run, buy, ask, accept, agreements, discover, market, productId, offerId } = await openShop();
  const agreementId = await buy(offerId, without());
  const name = "$Private.Entity.Identifier";
  const made = await run([
    change("CreateOffer", OFFER, undefined, { ProductId: productId, Name: "For you" }, "Private"),
    change("UpdateInformation", OFFER, name, { Name: "For you", Description: "Cheaper" }),
    change("UpdateTargeting", OFFER, name, { PositiveTargeting: { BuyerAccounts: ["444455556666"] } }),
    change("UpdateAvailability", OFFER, name, { AvailabilityEndDate: "2099-12-31" }),
    change("UpdatePricingTerms", OFFER, name, { PricingModel: "Usage", Terms: [hourly] }),
    change("UpdateValidityTerms", OFFER, name, { Terms: [{ Type: "ValidityTerm", AgreementDuration: "P365D" }] }),
    change("UpdateLegalTerms", OFFER, name, {
      Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }],
    }),
    change("ReleaseOffer", OFFER, name, {}),
  ]);
  const privateOffer = madeBy(made);
  expect(await discover("getOffer", { offerId: privateOffer })).toMatchObject({
    badges: [{ badgeType: "PRIVATE_PRICING" }],
  });
  const stranger = discoverer(market, "partner");
  await expect(stranger("getOffer", { offerId: privateOffer })).rejects.toMatchObject({ status: 404 });
  const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
  expect(await stranger("listPurchaseOptions", { filters })).toMatchObject({
    purchaseOptions: [{ purchaseOptionId: offerId }],
  });
  await expect(ask(privateOffer, without())).rejects.toMatchObject({
    name: "ConflictException",
    resourceType: "Agreement",
    resourceId: agreementId,
  });
  const replacing = { intent: "REPLACE", sourceAgreementIdentifier: agreementId } as const;
  const { agreementRequestId } = await ask(privateOffer, without(), replacing);
  const { agreementId: next } = await accept(agreementRequestId);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({ status: "REPLACED" });
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: next }))).toMatchObject({
    status: "ACTIVE",
  });
});
