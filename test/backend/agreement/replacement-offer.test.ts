import {
  CancelAgreementCommand,
  DescribeAgreementCommand,
  GetAgreementEntitlementsCommand,
  ListAgreementChargesCommand,
} from "@aws-sdk/client-marketplace-agreement";
import type { DescribeChangeSetCommandOutput } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { madeBy } from "../catalog/catalog-market";
import { AMI, change, OFFER } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { discoverer, everything, openShop } from "./buyer";
import {
  DAY,
  fixedPrice,
  newOffer,
  forBuyer,
  newReplacement,
  oneSeat,
  schedule,
  standardEula,
  validity,
  words,
} from "./offers";
import { contractOf, seats } from "./seat-contract";

const replacement = {
  UpdateInformation: words,
  UpdateAvailability: { AvailabilityEndDate: "2026-06-30" },
  UpdatePricingTerms: fixedPrice("0"),
  UpdatePaymentScheduleTerms: schedule(["2026-07-01", "40"], ["2027-01-01", "60"]),
  UpdateValidityTerms: validity({ AgreementEndDate: "2027-12-31" }),
  UpdateLegalTerms: standardEula,
};

const codesOf = ({ ChangeSet = [] }: DescribeChangeSetCommandOutput) =>
  ChangeSet.flatMap(({ ErrorDetailList = [] }) => ErrorDetailList.map(({ ErrorCode }) => ErrorCode));

test("a seller replaces a contract: its buyer sees the offer, takes it in its place, and pays by the new schedule", async () => {
  const shop = await openShop({ clock: new TurningClock() }, seats);
  const { run, buy, ask, accept, discover, agreements, offerId, productId, market } = shop;
  const agreementId = await buy(offerId, oneSeat());
  const next = madeBy(await run(newReplacement(agreementId, replacement)));

  const shown = await discover("getOffer", { offerId: next });
  expect(shown).toMatchObject({
    replacementAgreementId: agreementId,
    badges: [{ badgeType: "PRIVATE_PRICING" }, { badgeType: "REPLACEMENT_OFFER" }],
    pricingModel: { pricingModelType: "CONTRACT" },
  });
  const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
  expect(await discover("listPurchaseOptions", { filters })).toMatchObject({
    purchaseOptions: expect.arrayContaining([
      expect.objectContaining({
        purchaseOptionId: next,
        badges: [expect.anything(), { badgeType: "REPLACEMENT_OFFER", displayName: "Replacement offer" }],
      }),
    ]),
  });
  await expect(discoverer(market, "partner")("getOffer", { offerId: next })).rejects.toMatchObject({ status: 404 });

  await expect(ask(next, everything)).rejects.toMatchObject({ name: "ValidationException", reason: "INVALID_INTENT" });
  const replacing = { intent: "REPLACE", sourceAgreementIdentifier: agreementId } as const;
  const { agreementRequestId, chargeSummary } = await ask(next, everything, replacing);
  expect(chargeSummary).toMatchObject({ newAgreementValue: "100.00" });
  const { agreementId: successor } = await accept(agreementRequestId);

  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({ status: "REPLACED" });
  const old = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId }));
  expect(old.agreementEntitlements).toMatchObject([{ status: "DEPROVISIONED" }]);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: successor }))).toMatchObject({
    status: "ACTIVE",
    endTime: new Date("2027-12-31T23:59:59.999Z"),
    proposalSummary: { offerId: next },
  });
  const now = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId: successor }));
  expect(now.agreementEntitlements).toMatchObject([{ status: "PROVISIONED" }]);
  const { items } = await agreements.send(new ListAgreementChargesCommand({ agreementId: successor }));
  expect(items).toMatchObject([{ amount: "40.00" }, { amount: "60.00" }]);
});

test("only the seller's own contracts that are in force are replaced, by offers for their buyers that end on a day", async () => {
  const shop = await openShop({ clock: new TurningClock() }, seats);
  const { run, buy, agreements, offerId, productId, as, market } = shop;
  const agreementId = await buy(offerId, oneSeat());
  const refused = async (...asked: Parameters<typeof run>) => codesOf(await run(...asked));

  expect(await refused(newReplacement("agmt-nobody", replacement))).toEqual(["RESOURCE_NOT_FOUND"]);
  expect(codesOf(await as("partner").run(newReplacement(agreementId, replacement)))).toEqual(["RESOURCE_NOT_FOUND"]);
  const { UpdateValidityTerms: _none, ...endless } = replacement;
  expect(await refused(newReplacement(agreementId, endless))).toEqual(["MISSING_AGREEMENT_END_DATE"]);
  const targeted = { ...replacement, UpdateTargeting: { PositiveTargeting: { BuyerAccounts: ["777788889999"] } } };
  expect(await refused(newReplacement(agreementId, targeted))).toEqual(["INCOMPATIBLE_TARGETING"]);
  const free = { ...fixedPrice("0"), PricingModel: "Free" };
  expect(await refused(newReplacement(agreementId, { ...replacement, UpdatePricingTerms: free }))).toEqual([
    "INCOMPATIBLE_AGREEMENT",
  ]);
  const byDuration = { ...replacement, UpdateValidityTerms: validity({ AgreementDuration: "P1Y" }) };
  expect(await refused(newReplacement(agreementId, byDuration))).toEqual(["INVALID_AGREEMENT_TIME_INTERVAL"]);
  const later = validity({ AgreementStartDate: "2026-08-01", AgreementEndDate: "2027-08-01" });
  expect(await refused(newReplacement(agreementId, { ...replacement, UpdateValidityTerms: later }))).toEqual([
    "INCOMPATIBLE_AGREEMENT_START_DATE",
  ]);

  const hourly = await openShop({ clock: new TurningClock() });
  const byTheHour = await hourly.buy(hourly.offerId, everything);
  expect(codesOf(await hourly.run([createReplacement(byTheHour)]))).toEqual(["INCOMPATIBLE_AGREEMENT"]);
  await hourly.agreements.send(new CancelAgreementCommand({ agreementId: byTheHour }));
  expect(codesOf(await hourly.run([createReplacement(byTheHour)]))).toEqual([
    "INCOMPATIBLE_AGREEMENT",
    "INCOMPATIBLE_AGREEMENT",
  ]);

  madeBy(await run([change("UpdateVisibility", AMI, productId, { TargetVisibility: "Restricted" })]));
  expect(await refused([createReplacement(agreementId)])).toEqual(["INCOMPATIBLE_PRODUCT"]);
  const { status } = await agreements.send(new DescribeAgreementCommand({ agreementId }));
  expect(status).toBe("ACTIVE");
  expect(market.accounts).toHaveLength(3);
});

test("a replacement offer takes the place of its own agreement and of no other", async () => {
  const clock = new TurningClock();
  const { run, buy, ask, agreements, offerId, productId } = await openShop({ clock }, seats);
  const first = await buy(offerId, oneSeat());
  const made = madeBy(await run(newReplacement(first, replacement)));
  const another = madeBy(
    await run(
      newOffer(productId, {
        UpdateTargeting: forBuyer,
        UpdateInformation: words,
        UpdateAvailability: { AvailabilityEndDate: "2026-06-30" },
        UpdatePricingTerms: contractOf("10"),
        UpdateLegalTerms: standardEula,
      }),
    ),
  );
  const replacing = { intent: "REPLACE", sourceAgreementIdentifier: first } as const;
  const { agreementRequestId } = await ask(made, everything, replacing);
  const second = await buy(another, oneSeat(), replacing);
  await expect(ask(made, everything, { ...replacing, sourceAgreementIdentifier: second })).rejects.toMatchObject({
    name: "ValidationException",
    reason: "INVALID_SOURCE_AGREEMENT_IDENTIFIER",
  });
  await expect(ask(made, everything, replacing)).rejects.toMatchObject({ reason: "INACTIVE_AGREEMENT" });
  expect(agreementRequestId).toMatch(/^ar-/);
  await clock.turn(DAY);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: second }))).toMatchObject({
    status: "ACTIVE",
  });
});

test("what is replaced is no longer paid for; what was due stays due", async () => {
  const clock = new TurningClock();
  const { run, buy, agreements, offerId } = await openShop({ clock }, seats);
  const first = await buy(offerId, oneSeat());
  const replace = async (agreementId: string, more: object) => {
    const made = madeBy(await run(newReplacement(agreementId, { ...replacement, ...more })));
    return buy(made, everything, { intent: "REPLACE", sourceAgreementIdentifier: agreementId });
  };
  const second = await replace(first, {});
  await clock.turn(122 * DAY);
  const UpdateAvailability = { AvailabilityEndDate: "2026-12-31" };
  const third = await replace(second, {
    UpdateAvailability,
    UpdatePaymentScheduleTerms: schedule(["2027-02-01", "70"]),
  });
  const amounts = async (agreementId: string) => {
    const { items = [] } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
    return items.map(({ amount }) => amount);
  };
  expect(await amounts(first)).toEqual(["12.50"]);
  expect(await amounts(second)).toEqual(["40.00"]);
  expect(await amounts(third)).toEqual(["70.00"]);
});

function createReplacement(AgreementId: string) {
  return change("CreateReplacementOffer", OFFER, undefined, { AgreementId });
}
