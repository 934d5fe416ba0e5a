import { CancelAgreementCommand, DescribeAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, everything, openShop, without } from "./buyer";

const rateCards = (...prices: string[]) => [
  { RateCard: prices.map((Price, i) => ({ DimensionKey: ["m5.large", "m5.xlarge"][i], Price })) },
];
const hourly = { Type: "UsageBasedPricingTerm", CurrencyCode: "USD", RateCards: rateCards("0.10", "0.20") };
const trial = {
  Type: "FreeTrialPricingTerm",
  Duration: "P5D",
  Grants: [
    { DimensionKey: "m5.large", MaxQuantity: 1 },
    { DimensionKey: "m5.xlarge", MaxQuantity: 1 },
  ],
};

test("a product is tried for free once; after that it is bought without the trial", async () => {
  const { buy, ask, agreements, offerId, productId } = await openShop(
    {},
    { UpdatePricingTerms: { PricingModel: "Usage", Terms: [hourly, trial] } },
  );
  const agreementId = await buy(offerId, everything);
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  await expect(ask(offerId, everything)).rejects.toMatchObject({
    name: "ServiceQuotaExceededException",
    serviceCode: "marketplace-agreement",
    quotaCode: expect.any(String),
    resourceId: productId,
    $metadata: { httpStatusCode: 402 },
  });
  await buy(offerId, without("freeTrialPricingTerm"));
});

test("requests that come too fast are refused, each operation and account by itself, until a second has passed", async () => {
  const clock = new TurningClock();
  const { buy, agreements, market, offerId } = await openShop({ clock, limits: true });
  const agreementId = await buy(offerId, everything);
  const describe = (client = agreements) => client.send(new DescribeAgreementCommand({ agreementId }));
  for (let i = 0; i < 5; i++) await describe();
  await expect(describe()).rejects.toMatchObject({
    name: "ThrottlingException",
    requestId: expect.any(String),
    $metadata: { httpStatusCode: 429 },
  });
  await describe(buyerOf(market, "seller").agreements);
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  await clock.turn(200);
  expect(await describe()).toMatchObject({ status: "CANCELLED" });
  await expect(describe()).rejects.toMatchObject({ name: "ThrottlingException" });
});
