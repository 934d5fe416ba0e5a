import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../backend/index";
import { catalogOf, madeBy } from "../backend/catalog/catalog-market";
import { byCall, CALLS, newSoftware } from "../backend/catalog/software";
import { offerEveryTerm } from "./every-term";
import { boto3, runPython } from "./python";

describe.skipIf(!boto3)("boto3, every reply held against its model", () => {
  let market: RunningMarketplace;
  beforeAll(async () => {
    market = await startMarketplace();
  });
  afterAll(() => market.close());
  const python = (script: string, given: object) => runPython(market, script, given);

  test("registers with the seller of software as a service, who meters it", { timeout: 60_000 }, async () => {
    const { productId, offerId, productCode } = await putOnMarket(market);
    expect(await python("registering.py", { productId, offerId, productCode })).toEqual({
      option: [["saasFulfillmentOption"], "SAAS"],
      listing: ["Log Service", ["SAAS"]],
      entitled: ["PROVISIONED", "SaaSProduct"],
      customer: ["444455556666", true],
      metered: [["Success", "Success", "Success", "CustomerNotSubscribed"], 0],
      otherDimension: "InvalidUsageDimensionException 400",
      entitlements: [],
      ended: ["CANCELLED", false],
      violations: [],
    });
  });

  test("takes offers with every kind of term", { timeout: 60_000 }, async () => {
    expect(await python("agreeing.py", await offerEveryTerm(market))).toEqual({
      byol: ["BYOL", ["byolPricingTerm", "legalTerm", "supportTerm"], true, [], [], ["0.00", false]],
      contract: [
        "CONTRACT",
        ["configurableUpfrontPricingTerm", "legalTerm", "renewalTerm", "supportTerm"],
        true,
        ["ON_ACCEPTANCE"],
        ["12.50"],
        ["12.50", true],
      ],
      instalments: [
        "CONTRACT",
        ["fixedUpfrontPricingTerm", "legalTerm", "paymentScheduleTerm", "validityTerm"],
        true,
        ["SCHEDULED"],
        ["1000.00"],
        ["1000.00", true],
      ],
      monthly: [
        "USAGE",
        ["legalTerm", "recurringPaymentTerm", "supportTerm", "usageBasedPricingTerm"],
        true,
        ["BILLING_PERIOD"],
        ["25.00"],
        ["0.00", false],
      ],
      trial: [
        "USAGE",
        ["freeTrialPricingTerm", "legalTerm", "supportTerm", "usageBasedPricingTerm"],
        true,
        [],
        [],
        ["0.00", false],
      ],
      violations: [],
    });
  });
});

async function putOnMarket(market: RunningMarketplace) {
  const { run: apply, entity } = catalogOf(market);
  const made = await apply(newSoftware([CALLS], byCall("0.01")));
  const [productId, offerId] = [madeBy(made), madeBy(made, 6)];
  const { DetailsDocument } = await entity(productId);
  const { ProductCode: productCode } = (DetailsDocument as { Description: { ProductCode: string } }).Description;
  return { productId, offerId, productCode };
}
