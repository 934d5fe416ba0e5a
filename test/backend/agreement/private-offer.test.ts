import {
  CreateAgreementRequestCommand,
  DescribeAgreementCommand,
  GetAgreementEntitlementsCommand,
  GetAgreementTermsCommand,
  ListAgreementChargesCommand,
  type MarketplaceAgreementClient,
  SearchAgreementsCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { madeBy } from "../catalog/catalog-market";
import { change, OFFER } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, discoverer, everything, openShop, without } from "./buyer";
import {
  allRenewing,
  DAY,
  fixedPrice,
  forBuyer,
  newOffer,
  oneSeat,
  renewal,
  schedule,
  standardEula,
  updates,
  validity,
  words,
} from "./offers";
import { contractOf, seats } from "./seat-contract";

const said = {
  UpdateInformation: words,
  UpdateTargeting: forBuyer,
  UpdateAvailability: { AvailabilityEndDate: "2026-04-30" },
  UpdateLegalTerms: standardEula,
};
const increase = { PriceIncrease: { Type: "FixedPercentage", Value: "10" } };

/** A shop of seats with a private offer for the buyer. */
async function openPrivate(more: Parameters<typeof newOffer>[1]) {
  const clock = new TurningClock();
  const shop = await openShop({ clock }, seats);
  const made = await shop.run(newOffer(shop.productId, { ...said, ...more }));
  return { ...shop, clock, privateOffer: madeBy(made) };
}

const chargesOf = async (agreements: MarketplaceAgreementClient, agreementId: string) => {
  const { items = [] } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
  return items.map(({ amount, time }) => `${time?.toISOString().slice(0, 10)} ${amount}`);
};
const mine = (agreements: MarketplaceAgreementClient) =>
  agreements.send(
    new SearchAgreementsCommand({
      filters: [
        { name: "PartyType", values: ["Acceptor"] },
        { name: "AgreementType", values: ["PurchaseAgreement"] },
      ],
    }),
  );

test("a private offer is found by its buyer alone, with all its terms, and nobody else can ask for it", async () => {
  const { discover, market, termsOf, offerId, privateOffer, productId } = await openPrivate({
    UpdatePricingTerms: fixedPrice("0"),
    UpdatePaymentScheduleTerms: schedule(["2026-05-01", "40"], ["2026-11-01", "60.5"]),
    UpdateValidityTerms: validity({ AgreementDuration: "P12M" }),
    UpdateRenewalTerms: renewal({
      ...increase,
      LockoutPeriod: "P30D",
      TermTemplates: [
        { Type: "PaymentScheduleTermTemplate", Schedule: [{ ChargeDateOffset: "P0D", ChargePercentage: "100" }] },
      ],
    }),
    UpdateNetPaymentTerms: { Terms: [{ Type: "NetPaymentTerm", PaymentDuePeriod: "P45D" }] },
  });
  expect(await termsOf(privateOffer)).toEqual({
    fixedUpfrontPricingTerm: {
      type: "FixedUpfrontPricingTerm",
      id: expect.stringMatching(/^term-/),
      currencyCode: "USD",
      price: "0",
      grants: [{ dimensionKey: "seats", maxQuantity: 5, displayName: "Seats", description: "Seats", unit: "Users" }],
    },
    paymentScheduleTerm: {
      type: "PaymentScheduleTerm",
      id: expect.any(String),
      currencyCode: "USD",
      schedule: [
        { chargeDate: Date.parse("2026-05-01") / 1000, chargeAmount: "40" },
        { chargeDate: Date.parse("2026-11-01") / 1000, chargeAmount: "60.5" },
      ],
    },
    validityTerm: { type: "ValidityTerm", id: expect.any(String), agreementDuration: "P12M" },
    renewalTerm: { type: "RenewalTerm", id: expect.any(String) },
    legalTerm: expect.anything(),
  });
  const listed = async (who: typeof discover) => {
    const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
    const { purchaseOptions } = await who("listPurchaseOptions", { filters });
    return (purchaseOptions as { purchaseOptionId: string }[]).map((one) => one.purchaseOptionId).toSorted();
  };
  const partner = buyerOf(market, "partner");
  expect(await listed(discover)).toEqual([offerId, privateOffer].toSorted());
  expect(await listed(partner.discover)).toEqual([offerId]);
  const { agreementProposalId } = await discover("getOffer", { offerId: privateOffer });
  const terms = await termsOf(privateOffer);
  const requestedTerms = Object.values(terms).map(({ id }) => ({ id }));
  const asked = new CreateAgreementRequestCommand({
    intent: "NEW",
    agreementProposalIdentifier: agreementProposalId as string,
    requestedTerms,
  });
  await expect(partner.agreements.send(asked)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    resourceType: "AgreementProposal",
  });
});

test("what is paid in parts is charged on its days, and renews at the agreed price, in its own parts", async () => {
  const { buy, agreements, clock, privateOffer } = await openPrivate({
    UpdatePricingTerms: fixedPrice("0"),
    UpdatePaymentScheduleTerms: schedule(["2026-03-01", "40"], ["2026-11-01", "60"]),
    UpdateValidityTerms: validity({ AgreementDuration: "P12M" }),
    UpdateRenewalTerms: renewal({
      ...increase,
      MaxRenewals: 1,
      TermTemplates: [
        {
          Type: "PaymentScheduleTermTemplate",
          Schedule: [
            { ChargeDateOffset: "P0M", ChargePercentage: "50" },
            { ChargeDateOffset: "P6M", ChargePercentage: "50", DayOfMonth: 15 },
          ],
        },
      ],
    }),
  });
  const first = await buy(privateOffer, allRenewing(true));
  // The first part was due before the offer was accepted.
  expect(await chargesOf(agreements, first)).toEqual(["2026-03-02 40.00", "2026-11-01 60.00"]);
  await clock.turn(365 * DAY);
  const { agreementViewSummaries: [second, before] = [] } = await mine(agreements);
  expect(before).toMatchObject({ agreementId: first, status: "RENEWED" });
  expect(second).toMatchObject({
    status: "ACTIVE",
    acceptanceTime: new Date("2027-03-02T09:00:00Z"),
    endTime: new Date("2028-03-02T09:00:00Z"),
  });
  const renewedId = second?.agreementId ?? "";
  expect(await chargesOf(agreements, renewedId)).toEqual(["2027-03-02 55.00", "2027-09-15 55.00"]);
  const { acceptedTerms = [] } = await agreements.send(new GetAgreementTermsCommand({ agreementId: renewedId }));
  expect(acceptedTerms).toContainEqual({
    paymentScheduleTerm: expect.objectContaining({
      schedule: [
        { chargeDate: new Date("2027-03-02T09:00:00Z"), chargeAmount: "55" },
        { chargeDate: new Date("2027-09-15T00:00:00Z"), chargeAmount: "55" },
      ],
    }),
  });
  await clock.turn(366 * DAY);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: renewedId }))).toMatchObject({
    status: "EXPIRED",
  });
  expect((await mine(agreements)).agreementViewSummaries).toHaveLength(2);
});

test("thirty days before its end, a contract's renewal is settled", async () => {
  const { buy, agreements, accept, clock, privateOffer } = await openPrivate({
    UpdatePricingTerms: contractOf("10"),
    UpdateRenewalTerms: renewal({ ...increase, LockoutPeriod: "P30D" }),
  });
  const agreementId = await buy(privateOffer, oneSeat(true));
  const { acceptedTerms = [] } = await agreements.send(new GetAgreementTermsCommand({ agreementId }));
  const [id] = acceptedTerms.flatMap(({ renewalTerm }) => renewalTerm?.id ?? []);
  const choose = (enableAutoRenew: boolean) =>
    agreements.send(
      new CreateAgreementRequestCommand({
        intent: "AMEND",
        sourceAgreementIdentifier: agreementId,
        requestedTerms: [{ id, configuration: { renewalTermConfiguration: { enableAutoRenew } } }],
      }),
    );
  await clock.turn(334 * DAY);
  const { agreementRequestId: off } = await choose(false);
  await accept(off);
  const { agreementRequestId: on } = await choose(true);
  await accept(on);
  await clock.turn(DAY);
  await expect(choose(false)).rejects.toMatchObject({ name: "ValidationException", reason: "UNSUPPORTED_ACTION" });
  await clock.turn(30 * DAY);
  const { agreementViewSummaries: [next] = [] } = await mine(agreements);
  expect(await chargesOf(agreements, next?.agreementId ?? "")).toEqual(["2027-03-02 11.00"]);
});

test("a contract that starts later waits beside the one in force, and is entitled on its day", async () => {
  const { run, buy, agreements, discover, clock, offerId, privateOffer, productId } = await openPrivate({
    UpdatePricingTerms: contractOf("10"),
    UpdateValidityTerms: validity({ AgreementStartDate: "2027-03-05", AgreementEndDate: "2028-03-04" }),
  });
  const current = await buy(offerId, oneSeat());
  expect(await discover("getOffer", { offerId: privateOffer })).toMatchObject({
    badges: [{ badgeType: "PRIVATE_PRICING" }, { badgeType: "FUTURE_DATED" }],
  });
  const later = await buy(privateOffer, oneSeat());
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: later }))).toMatchObject({
    status: "ACTIVE",
    acceptanceTime: new Date("2026-03-02T09:00:00Z"),
    startTime: new Date("2027-03-05T00:00:00Z"),
    endTime: new Date("2028-03-04T23:59:59.999Z"),
  });
  const entitled = async () => {
    const reply = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId: later }));
    return reply.agreementEntitlements?.map(({ status, statusReasonCode }) => [status, statusReasonCode]);
  };
  expect(await entitled()).toEqual([["SCHEDULED", "FUTURE_START_DATE"]]);
  const overlapping = {
    ...said,
    UpdatePricingTerms: contractOf("9"),
    UpdateValidityTerms: validity({ AgreementDuration: "P2Y" }),
  };
  const other = madeBy(await run(newOffer(productId, overlapping)));
  await expect(buy(other, oneSeat())).rejects.toMatchObject({ name: "ConflictException", resourceId: current });
  await clock.turn(368 * DAY);
  expect(await entitled()).toEqual([["PROVISIONED", undefined]]);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: current }))).toMatchObject({
    status: "EXPIRED",
  });
});

test("an offer can be accepted until its last day, which its seller may move", async () => {
  const { run, ask, accept, clock, discover, privateOffer, productId } = await openPrivate({
    UpdatePricingTerms: contractOf("10"),
  });
  const until = (AvailabilityEndDate: string) => updates({ UpdateAvailability: { AvailabilityEndDate } }, privateOffer);
  const { agreementRequestId } = await ask(privateOffer, oneSeat());
  await clock.turn(60 * DAY);
  const expired = { name: "ValidationException", reason: "EXPIRED_AGREEMENT_PROPOSAL" };
  await expect(ask(privateOffer, oneSeat())).rejects.toMatchObject(expired);
  await expect(accept(agreementRequestId)).rejects.toMatchObject(expired);
  const filters = [
    { filterType: "PRODUCT_ID", filterValues: [productId] },
    { filterType: "AVAILABILITY_STATUS", filterValues: ["EXPIRED"] },
  ];
  expect(await discover("listPurchaseOptions", { filters })).toMatchObject({
    purchaseOptions: [{ purchaseOptionId: privateOffer }],
  });
  madeBy(await run(until("2026-06-30")));
  madeBy(await run(until("2026-03-31")));
  await expect(accept(agreementRequestId)).rejects.toMatchObject(expired);
  madeBy(await run(until("2026-06-30")));
  expect((await accept(agreementRequestId)).agreementId).toMatch(/^agmt-/);
});

test("an offer aimed at countries is for the accounts that are at home there", async () => {
  const { run, as, market, offerId, productId, discover } = await openShop({ clock: new TurningClock() });
  const aim = async (targeting: object) =>
    madeBy(await run([change("UpdateTargeting", OFFER, offerId, targeting as Record<string, never>)]));
  const registered = { LegalName: "Example GmbH", Kind: "Business", Country: "DE" };
  madeBy(await as("buyer").run([change("CreateSeller", "Seller@1.0", undefined, registered)]));
  const partner = discoverer(market, "partner");
  const gone = { name: "ResourceNotFoundException", status: 404 };

  await aim({ PositiveTargeting: { CountryCodes: ["DE", "FR"] } });
  expect(await discover("getOffer", { offerId })).toMatchObject({ offerId });
  await expect(partner("getOffer", { offerId })).rejects.toMatchObject(gone);
  const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
  expect(await partner("listPurchaseOptions", { filters })).toEqual({ purchaseOptions: [] });
  await aim({ NegativeTargeting: { CountryCodes: ["DE"] } });
  await expect(discover("getOffer", { offerId })).rejects.toMatchObject(gone);
  expect(await partner("getOffer", { offerId })).toMatchObject({ offerId });
  await aim({});
  expect(await discover("getOffer", { offerId })).toMatchObject({ offerId });
});

test("an image's year for one price, paid in parts, adds to an agreement by the hour", async () => {
  const clock = new TurningClock();
  const { run, buy, ask, agreements, productId, offerId } = await openShop({ clock });
  const hourly = {
    Type: "UsageBasedPricingTerm",
    CurrencyCode: "USD",
    RateCards: [{ RateCard: ["m5.large", "m5.xlarge"].map((DimensionKey) => ({ DimensionKey, Price: "0.05" })) }],
  };
  const [year] = fixedPrice("0", 2, {
    Duration: "P365D",
    Grants: [{ DimensionKey: "m5.large", MaxQuantity: 2 }],
  }).Terms;
  const made = await run(
    newOffer(productId, {
      ...said,
      UpdatePricingTerms: { PricingModel: "Usage", Terms: [hourly, ...(year ? [year] : [])] },
      UpdatePaymentScheduleTerms: schedule(["2026-05-01", "200"], ["2026-06-01", "170"]),
    }),
  );
  const privateOffer = madeBy(made);
  await expect(ask(privateOffer, without("usageBasedPricingTerm"))).rejects.toMatchObject({
    reason: "MISSING_USAGE_AGREEMENT",
  });
  await expect(ask(privateOffer, everything)).rejects.toMatchObject({ reason: "INCOMPATIBLE_TERMS" });
  await buy(offerId, everything);
  const agreementId = await buy(privateOffer, without("usageBasedPricingTerm"));
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({
    status: "ACTIVE",
    endTime: new Date("2027-03-02T09:00:00Z"),
    estimatedCharges: { agreementValue: "370.00" },
  });
});
