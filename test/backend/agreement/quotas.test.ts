import {
  CancelAgreementCommand,
  CreateAgreementRequestCommand,
  DescribeAgreementCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, everything, openShop, type Terms, without } from "./buyer";

const rateCard = (large: string, xlarge: string) => ({
  RateCard: [
    { DimensionKey: "m5.large", Price: large },
    { DimensionKey: "m5.xlarge", Price: xlarge },
  ],
});
const hourly = { Type: "UsageBasedPricingTerm", CurrencyCode: "USD", RateCards: [rateCard("0.10", "0.20")] };
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

test("of two requests for a trial one can be accepted, also when the other has ended", async () => {
  const { ask, accept, agreements, offerId } = await openShop(
    {},
    { UpdatePricingTerms: { PricingModel: "Usage", Terms: [hourly, trial] } },
  );
  const [first, second] = [await ask(offerId, everything), await ask(offerId, everything)];
  const { agreementId } = await accept(first.agreementRequestId);
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  await expect(accept(second.agreementRequestId)).rejects.toMatchObject({
    name: "ValidationException",
    reason: "INCOMPATIBLE_TERMS",
  });
});

test("an agreement by a public offer is worth a million at most, also after an amendment", async () => {
  const annual = {
    Type: "ConfigurableUpfrontPricingTerm",
    CurrencyCode: "USD",
    RateCards: [
      {
        Selector: { Type: "Duration", Value: "P365D" },
        Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
        ...rateCard("1000", "2000"),
      },
    ],
  };
  const { buy, termsOf, agreements, offerId } = await openShop(
    { clock: new TurningClock() },
    { UpdatePricingTerms: { PricingModel: "Usage", Terms: [hourly, annual] } },
  );
  const years = (count: number) => (terms: Terms) => [
    ...without("configurableUpfrontPricingTerm", "usageBasedPricingTerm")(terms),
    year(terms, count),
  ];
  await buy(offerId, without("configurableUpfrontPricingTerm"));
  const tooMuch = { name: "ServiceQuotaExceededException", message: expect.stringContaining("1000000") };
  await expect(buy(offerId, years(1001))).rejects.toMatchObject(tooMuch);
  const sourceAgreementIdentifier = await buy(offerId, years(1000));
  const requestedTerms = [year(await termsOf(offerId), 1001)];
  const amending = { intent: "AMEND", sourceAgreementIdentifier, requestedTerms } as const;
  await expect(agreements.send(new CreateAgreementRequestCommand(amending))).rejects.toMatchObject(tooMuch);
});

/** So many units for a year. */
function year(terms: Terms, dimensionValue: number) {
  const dimensions = [{ dimensionKey: "m5.large", dimensionValue }];
  const configurableUpfrontPricingTermConfiguration = { selectorValue: "P365D", dimensions };
  return {
    id: terms["configurableUpfrontPricingTerm"]?.id,
    configuration: { configurableUpfrontPricingTermConfiguration },
  };
}

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
