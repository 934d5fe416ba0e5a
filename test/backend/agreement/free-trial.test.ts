import {
  DescribeAgreementCommand,
  GetAgreementEntitlementsCommand,
  GetAgreementTermsCommand,
  ListAgreementChargesCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { madeBy } from "../catalog/catalog-market";
import { byCall, CALLS, openSoftwareShop, SEATS } from "../catalog/software";
import { TurningClock } from "../catalog/turning-clock";
import { everything } from "./buyer";
import { DAY, newOffer, oneSeat, standardEula } from "./offers";
import { seats } from "./seat-contract";
import { paidShop } from "./paid-shop";

const types = ["m5.large", "m5.xlarge"];
const hourly = {
  Type: "UsageBasedPricingTerm",
  CurrencyCode: "USD",
  RateCards: [{ RateCard: types.map((DimensionKey) => ({ DimensionKey, Price: "1" })) }],
};
const trial = (Duration: string, keys: readonly string[]) => ({
  Type: "FreeTrialPricingTerm",
  Duration,
  Grants: keys.map((DimensionKey) => ({ DimensionKey, MaxQuantity: 1 })),
});
const said = {
  UpdateInformation: { Name: "Try it", Description: "Two weeks for nothing" },
  UpdateLegalTerms: standardEula,
};

test("an image's trial is an offer of its own: free for its days, then by the hour under the same agreement", async () => {
  const clock = new TurningClock();
  const { run, discover, buy, ask, agreements, offerId, productId, launchPaid, charged } = await paidShop({ clock });
  const trialOffer = madeBy(
    await run(
      newOffer(productId, {
        ...said,
        UpdatePricingTerms: { PricingModel: "Usage", Terms: [hourly, trial("P14D", types)] },
        UpdateSupportTerms: { Terms: [{ Type: "SupportTerm", RefundPolicy: "No refunds." }] },
      }),
    ),
  );
  const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
  const { purchaseOptions } = await discover("listPurchaseOptions", { filters });
  expect((purchaseOptions as { purchaseOptionId: string }[]).map((one) => one.purchaseOptionId).toSorted()).toEqual(
    [offerId, trialOffer].toSorted(),
  );
  const { listingSummaries } = await discover("searchListings", { searchText: "log agent" });
  expect(listingSummaries).toMatchObject([{ badges: [{ badgeType: "FREE_TRIAL" }, { badgeType: "DEPLOYED_ON_AWS" }] }]);

  const { chargeSummary } = await ask(trialOffer, everything);
  expect(chargeSummary).toMatchObject({ expectedCharges: [], itemizedCharges: [] });
  const agreementId = await buy(trialOffer, everything);
  const { acceptedTerms = [] } = await agreements.send(new GetAgreementTermsCommand({ agreementId }));
  expect(acceptedTerms).toContainEqual({
    freeTrialPricingTerm: expect.objectContaining({
      duration: "P14D",
      grants: types.map((dimensionKey) => expect.objectContaining({ dimensionKey, maxQuantity: 1 })),
    }),
  });
  await launchPaid();
  await clock.turn(15 * DAY);
  const later = await agreements.send(new DescribeAgreementCommand({ agreementId }));
  expect(later).toMatchObject({ status: "ACTIVE" });
  expect(later.endTime).toBeUndefined();
  expect(await charged(agreementId)).toEqual([]);
  // From the sixteenth at nine o'clock to the end of March.
  await clock.turn(16 * DAY);
  expect(await charged(agreementId)).toEqual([`${15 * 24 + 15}.00`]);
});

test("software is tried by itself: the trial ends with its days, and costs nothing", async () => {
  const clock = new TurningClock();
  const { run, buy, agreements, discover, productId } = await openSoftwareShop({ clock });
  const trialOffer = madeBy(
    await run(
      newOffer(productId, { ...said, UpdatePricingTerms: { PricingModel: "Free", Terms: [trial("P20D", ["seats"])] } }),
    ),
  );
  expect(await discover("getOffer", { offerId: trialOffer })).toMatchObject({
    pricingModel: { pricingModelType: "FREE" },
    badges: [],
  });
  const agreementId = await buy(trialOffer, everything);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({
    status: "ACTIVE",
    endTime: new Date("2026-03-22T09:00:00Z"),
  });
  await clock.turn(20 * DAY);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({ status: "EXPIRED" });
  const { agreementEntitlements } = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId }));
  expect(agreementEntitlements).toMatchObject([{ status: "DEPROVISIONED", statusReasonCode: "AGREEMENT_INACTIVE" }]);
  expect((await agreements.send(new ListAgreementChargesCommand({ agreementId }))).items).toEqual([]);
});

test("who likes the trial replaces it by a contract, with calls beyond it in the same agreement", async () => {
  const clock = new TurningClock();
  const both = {
    PricingModel: "Contract",
    Terms: [...seats.UpdatePricingTerms.Terms, ...byCall("0.01").Terms],
  };
  const { run, buy, agreements, offerId, productId } = await openSoftwareShop({ clock }, [SEATS, CALLS], both);
  const free = { PricingModel: "Free", Terms: [trial("P20D", ["seats", "calls"])] };
  const trialOffer = madeBy(await run(newOffer(productId, { ...said, UpdatePricingTerms: free })));
  const tried = await buy(trialOffer, everything);
  await clock.turn(3 * DAY);
  const bought = await buy(offerId, oneSeat(), { intent: "REPLACE", sourceAgreementIdentifier: tried });
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: tried }))).toMatchObject({
    status: "REPLACED",
  });
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: bought }))).toMatchObject({
    status: "ACTIVE",
    endTime: new Date("2027-03-05T09:00:00Z"),
    estimatedCharges: { agreementValue: "12.50" },
  });
  const { acceptedTerms = [] } = await agreements.send(new GetAgreementTermsCommand({ agreementId: bought }));
  expect(acceptedTerms.flatMap((term) => Object.keys(term)).toSorted()).toEqual([
    "configurableUpfrontPricingTerm",
    "legalTerm",
    "supportTerm",
    "usageBasedPricingTerm",
  ]);
});
