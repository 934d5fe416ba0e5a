import { expect, onTestFinished, test } from "vitest";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import { offer } from "../../../providers/offer/reconciler";
import { openSoftwareShop } from "../../backend/catalog/software";
import { startRun } from "../support/market";
import { inDays, up, upAgain } from "./sales";

/** Software as a service, sold by the seat; AWS's own variables make the seller their client until the test ends. */
async function openSoftware() {
  const shop = await openSoftwareShop();
  const before = { ...process.env };
  const { configFile, credentialsFile, endpoint, region } = shop.market;
  Object.assign(process.env, {
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_PROFILE: "seller",
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
  });
  onTestFinished(() => {
    process.env = before;
  });
  return shop;
}

test("software as a service is offered privately too, in one tier", async () => {
  const { productId, termsOf } = await openSoftware();
  const spec: OfferSpec = {
    productId,
    name: "Log Service for Northwind",
    description: "A tier of its own.",
    buyerAccounts: ["444455556666"],
    availabilityEndDate: inDays(30),
    pricing: {
      model: "contract",
      currency: "USD",
      durations: [{ duration: "P12M", prices: { seats: "99.5" } }],
      choice: "one",
    },
    eula: { type: "standard", version: "2022-07-14" },
  };
  const made = await up(spec);
  expect(await termsOf(made.id)).toMatchObject({
    configurableUpfrontPricingTerm: { rateCards: [{ rateCard: [{ dimensionKey: "seats", price: "99.5" }] }] },
  });
  expect((await startRun().provider(offer).read(made.id, made.outs)).props).toEqual(made.outs);
  expect((await startRun().provider(offer).read(made.id, {})).inputs).toEqual(spec);
  expect(await upAgain(made, spec)).toBeUndefined();
});

test("software as a service is tried without prices of its own", async () => {
  const { productId, termsOf } = await openSoftware();
  const spec: OfferSpec = {
    productId,
    name: "Two weeks for free",
    description: "For up to five people.",
    pricing: {
      model: "contract",
      currency: "USD",
      freeTrial: { days: 14, grants: [{ dimension: "seats", quantity: 5 }] },
    },
    eula: { type: "standard", version: "2022-07-14" },
  };
  const made = await up(spec);
  expect(await termsOf(made.id)).toMatchObject({ freeTrialPricingTerm: { duration: "P14D" } });
  expect((await startRun().provider(offer).read(made.id, {})).inputs).toEqual(spec);
  expect(await upAgain(made, spec)).toBeUndefined();
});
