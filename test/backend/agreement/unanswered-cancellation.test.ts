import {
  AcceptAgreementCancellationRequestCommand,
  CancelAgreementCommand,
  DescribeAgreementCommand,
  GetAgreementCancellationRequestCommand,
  ListAgreementChargesCommand,
  RejectAgreementCancellationRequestCommand,
  SendAgreementCancellationRequestCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../../backend";
import { catalogOf, madeBy } from "../catalog/catalog-market";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, openShop, shopIn, type Terms, without } from "./buyer";
import { DAY, fixedPrice, forBuyer, newOffer, schedule, standardEula, validity, words } from "./offers";
import { endContract } from "./end-contract";
import { seats } from "./seat-contract";

type Shop = Awaited<ReturnType<typeof openShop>>;

/** A contract of three payments, which its seller asks to cancel on the first day. */
async function askedToCancel(shop: Shop) {
  const { run, buy, productId, market } = shop;
  const offerId = madeBy(
    await run(
      newOffer(productId, {
        UpdateTargeting: forBuyer,
        UpdateInformation: words,
        UpdateLegalTerms: standardEula,
        UpdatePricingTerms: fixedPrice("0"),
        UpdatePaymentScheduleTerms: schedule(["2026-03-02", "100"], ["2026-03-20", "100"], ["2026-06-01", "100"]),
        UpdateValidityTerms: validity({ AgreementDuration: "P12M" }),
        UpdateAvailability: { AvailabilityEndDate: "2026-03-15" },
      }),
    ),
  );
  const agreementId = await buy(offerId, without());
  const seller = buyerOf(market, "seller").agreements;
  const send = new SendAgreementCancellationRequestCommand({ agreementId, reasonCode: "TEST_AGREEMENT" });
  const { agreementCancellationRequestId } = await seller.send(send);
  return { about: { agreementId, agreementCancellationRequestId }, agreementId, seller };
}

test("a request to cancel that the buyer does not answer in seven days is approved, and what was not due is not charged", async () => {
  const clock = new TurningClock();
  const shop = await openShop({ clock }, seats);
  const { about, agreementId, seller } = await askedToCancel(shop);
  const status = async () => (await shop.agreements.send(new DescribeAgreementCommand({ agreementId }))).status;
  await clock.turn(7 * DAY - 1);
  expect(await status()).toBe("ACTIVE");
  await clock.turn(1);
  expect(await status()).toBe("CANCELLED");
  expect(await seller.send(new GetAgreementCancellationRequestCommand(about))).toMatchObject({ status: "APPROVED" });
  const { items = [] } = await shop.agreements.send(new ListAgreementChargesCommand({ agreementId }));
  expect(items.map(({ amount }) => amount)).toEqual(["100.00"]);
  const late = new AcceptAgreementCancellationRequestCommand(about);
  await expect(shop.agreements.send(late)).rejects.toMatchObject({ name: "ConflictException" });
});

test("a request that the buyer rejected cancels nothing after seven days", async () => {
  const clock = new TurningClock();
  const shop = await openShop({ clock }, seats);
  const { about, agreementId } = await askedToCancel(shop);
  await shop.agreements.send(
    new RejectAgreementCancellationRequestCommand({ ...about, rejectionReason: "We need it." }),
  );
  await clock.turn(30 * DAY);
  const described = await shop.agreements.send(new DescribeAgreementCommand({ agreementId }));
  expect(described.status).toBe("ACTIVE");
});

test("seven days that are over while the marketplace is stopped end the agreement on the day they were over", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "cancellations-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const market = await startMarketplace({ dataDir, clock: new TurningClock() });
  const { about, agreementId } = await askedToCancel(await shopIn(catalogOf(market), seats));
  await market.close();

  const again = await startMarketplace({ dataDir, clock: new TurningClock(Date.parse("2026-04-11T09:00:00Z")) });
  onTestFinished(() => again.close());
  const buyer = buyerOf(again, "buyer").agreements;
  const described = () => buyer.send(new DescribeAgreementCommand({ agreementId }));
  await expect.poll(async () => (await described()).status).toBe("CANCELLED");
  const ended = new Date("2026-03-09T09:00:00Z");
  expect(await described()).toMatchObject({ endTime: ended });
  expect(await buyer.send(new GetAgreementCancellationRequestCommand(about))).toMatchObject({
    status: "APPROVED",
    updatedAt: ended,
  });
  const { items = [] } = await buyer.send(new ListAgreementChargesCommand({ agreementId }));
  expect(items).toHaveLength(1);
});

const rates = (small: string, large: string) => [
  { DimensionKey: "m5.large", Price: small },
  { DimensionKey: "m5.xlarge", Price: large },
];
const hourlyAndAnnual = {
  PricingModel: "Usage",
  Terms: [
    { Type: "UsageBasedPricingTerm", CurrencyCode: "USD", RateCards: [{ RateCard: rates("0.10", "0.20") }] },
    {
      Type: "ConfigurableUpfrontPricingTerm",
      CurrencyCode: "USD",
      RateCards: [
        {
          Selector: { Type: "Duration", Value: "P365D" },
          Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
          RateCard: rates("365", "730.5"),
        },
      ],
    },
  ],
};
const aYear = (terms: Terms) => {
  const dimensions = [{ dimensionKey: "m5.large", dimensionValue: 1 }];
  const configuration = { configurableUpfrontPricingTermConfiguration: { selectorValue: "P365D", dimensions } };
  const legal = without("configurableUpfrontPricingTerm", "usageBasedPricingTerm")(terms);
  return [...legal, { id: terms["configurableUpfrontPricingTerm"]?.id, configuration }];
};

test("an hourly agreement cannot be cancelled by either side before the annual one that adds to it", async () => {
  const clock = new TurningClock();
  const { buy, offerId, agreements, market } = await openShop({ clock }, { UpdatePricingTerms: hourlyAndAnnual });
  const seller = buyerOf(market, "seller").agreements;
  const ask = async (agreementId: string) => {
    const send = new SendAgreementCancellationRequestCommand({ agreementId, reasonCode: "TEST_AGREEMENT" });
    const { agreementCancellationRequestId } = await seller.send(send);
    return { agreementId, agreementCancellationRequestId };
  };
  const hourly = await buy(offerId, without("configurableUpfrontPricingTerm"));
  const early = await ask(hourly);
  const annual = await buy(offerId, aYear);
  const refused = {
    name: "ValidationException",
    reason: "UNSUPPORTED_ACTION",
    message: `Agreement ${annual} is paid ahead and adds to agreement ${hourly}. It has to end first.`,
  };
  const cancel = () => agreements.send(new CancelAgreementCommand({ agreementId: hourly }));
  await expect(cancel()).rejects.toMatchObject(refused);
  await expect(ask(hourly)).rejects.toMatchObject(refused);
  await expect(agreements.send(new AcceptAgreementCancellationRequestCommand(early))).rejects.toMatchObject(refused);
  await clock.turn(8 * DAY);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: hourly }))).toMatchObject({
    status: "ACTIVE",
  });

  await endContract(market, annual);
  await cancel();
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: hourly }))).toMatchObject({
    status: "CANCELLED",
  });
});
