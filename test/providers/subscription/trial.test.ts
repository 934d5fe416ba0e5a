import { GetAgreementTermsCommand } from "@aws-sdk/client-marketplace-agreement";
import type { Change } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { subscription } from "../../../providers/subscription/reconciler";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";

const types = ["m5.large", "m5.xlarge"];
const withTrial: Change["DetailsDocument"] = {
  PricingModel: "Usage",
  Terms: [
    {
      Type: "UsageBasedPricingTerm",
      CurrencyCode: "USD",
      RateCards: [{ RateCard: types.map((DimensionKey) => ({ DimensionKey, Price: "1" })) }],
    },
    {
      Type: "FreeTrialPricingTerm",
      Duration: "P14D",
      Grants: types.map((DimensionKey) => ({ DimensionKey, MaxQuantity: 1 })),
    },
  ],
};

test("who has tried a product before subscribes to it again without the trial", async () => {
  const { agreements, productId } = await openShopAsBuyer({}, { UpdatePricingTerms: withTrial });
  const kinds = async (agreementId: string) => {
    const { acceptedTerms = [] } = await agreements.send(new GetAgreementTermsCommand({ agreementId }));
    return acceptedTerms.flatMap((term) => Object.keys(term));
  };
  const provider = startRun().provider(subscription);
  const first = await provider.create({ productId });
  expect(await kinds(first.id)).toContain("freeTrialPricingTerm");
  await provider.delete(first.id, first.outs);
  const second = await startRun().provider(subscription).create({ productId });
  expect(await kinds(second.id)).not.toContain("freeTrialPricingTerm");
  expect(await provider.diff(second.id, second.outs, { productId })).toMatchObject({ changes: false });
});
