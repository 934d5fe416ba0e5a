import { DescribeAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import type { AmiListing } from "../../../marketplace/listing/ami-listing";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import { amiProduct } from "../../../providers/ami-product/reconciler";
import { offer } from "../../../providers/offer/reconciler";
import { buyerOf, everything, without } from "../../backend/agreement/buyer";
import { startRun } from "../support/market";
import { inDays, openSales, up, upAgain } from "./sales";

const seats: Partial<AmiListing> = {
  dimensions: [{ key: "seats", name: "Seats", description: "People.", unit: "Users", types: ["Entitled"] }],
  pricing: { model: "contract", durations: [{ duration: "P1Y", prices: { seats: "100" } }] },
};
const instalments = (amount: string): Partial<OfferSpec> => ({
  pricing: {
    model: "contract",
    currency: "USD",
    fixed: { price: "0", grants: [{ dimension: "seats", quantity: 50 }], duration: "P12M" },
  },
  paymentSchedule: [
    { date: inDays(40), amount },
    { date: inDays(200), amount },
  ],
});

test("a contract in instalments that renews itself reads back whole, and its buyer pays by them", async () => {
  const sales = await openSales(seats);
  const spec = sales.spec({
    ...instalments("2500"),
    validity: { duration: "P12M" },
    netPayment: "P45D",
    renewal: {
      priceIncrease: "3",
      lockout: "P30D",
      maxRenewals: 2,
      schedule: [
        { after: "P1M", percentage: "50" },
        { after: "P6M", percentage: "50" },
      ],
    },
  });
  const made = await up(spec);
  expect(await startRun().provider(offer).read(made.id, made.outs)).toMatchObject({ props: made.outs });
  const { inputs = {} } = await startRun().provider(offer).read(made.id, {});
  expect(inputs).toMatchObject({ ...spec, eula: { type: "standard" } });
  expect(await upAgain({ ...made, outs: { ...made.outs, ...inputs } }, inputs)).toBeUndefined();

  const buyer = buyerOf(sales.market, "buyer");
  expect(await buyer.termsOf(made.id)).toMatchObject({
    paymentScheduleTerm: { schedule: [{ chargeAmount: "2500" }, { chargeAmount: "2500" }] },
  });
  const agreed = await buyer.buy(made.id, (terms) => [
    ...without("renewalTerm")(terms),
    { id: terms["renewalTerm"]?.id, configuration: { renewalTermConfiguration: { enableAutoRenew: true } } },
  ]);
  expect(agreed).toMatch(/^agmt-/);
  const dearer = await upAgain(made, { ...spec, ...instalments("3000") });
  expect(dearer?.replaces).toEqual(["paymentSchedule"]);
});

test("a replacement takes the place of an agreement, for its buyer alone, and keeps to it", async () => {
  const sales = await openSales(seats);
  const buyer = buyerOf(sales.market, "buyer");
  const { pricing, paymentSchedule } = { ...sales.spec(instalments("2500")) };
  const first = await up(
    sales.spec({ pricing, validity: { duration: "P12M" }, ...(paymentSchedule && { paymentSchedule }) }),
  );
  const agreementId = await buyer.buy(first.id, everything);

  const { productId: _product, buyerAccounts: _buyers, validity: _validity, ...rest } = sales.spec(instalments("2000"));
  const spec: OfferSpec = { ...rest, replaces: agreementId, name: "Renegotiated", validity: { endDate: inDays(300) } };
  const made = await up(spec);
  expect(made.outs).toMatchObject({ replaces: agreementId, state: "Released" });
  expect(await sales.details(made.id)).toMatchObject({ ProductId: sales.productId });
  expect(await startRun().provider(offer).read(made.id, made.outs)).toMatchObject({ props: made.outs });
  expect(await upAgain(made, spec)).toBeUndefined();
  const longer = await upAgain(made, { ...spec, availabilityEndDate: inDays(60) });
  expect(longer).toMatchObject({ id: made.id, replaces: [] });

  await expect(buyerOf(sales.market, "partner").termsOf(made.id)).rejects.toThrow(made.id);
  const replaced = await buyer.buy(made.id, everything, { intent: "REPLACE", sourceAgreementIdentifier: agreementId });
  expect(replaced).not.toBe(agreementId);
  const old = await buyer.agreements.send(new DescribeAgreementCommand({ agreementId }));
  expect(old.status).toBe("REPLACED");
});

test("a free trial is a public offer beside the product's own; a product has one, and it never ends", async () => {
  const sales = await openSales({ visibility: "Public" });
  const { buyerAccounts: _buyers, availabilityEndDate: _end, validity: _validity, ...rest } = sales.spec();
  const hourly = { "m7i.large": "0.09", "m7i.xlarge": "0.18" };
  const spec: OfferSpec = {
    ...rest,
    name: "Two weeks for free",
    refundPolicy: "In full within 30 days.",
    pricing: { model: "usage", currency: "USD", hourly, freeTrial: { days: 14 } },
  };
  const made = await up(spec);
  expect(await startRun().provider(offer).read(made.id, made.outs)).toMatchObject({ props: made.outs });
  expect(await buyerOf(sales.market, "partner").termsOf(made.id)).toMatchObject({
    freeTrialPricingTerm: { duration: "P14D" },
  });
  const { inputs: listing = {} } = await startRun().provider(amiProduct).read(sales.productId, {});
  expect(listing.pricing).not.toHaveProperty("freeTrial");
  await expect(up({ ...spec, name: "Another trial" })).rejects.toThrow(/already has a public free trial offer/);

  const cheaper = { ...spec, pricing: { ...spec.pricing, hourly: { "m7i.large": "0.08", "m7i.xlarge": "0.18" } } };
  const updated = await upAgain(made, cheaper);
  expect(updated).toMatchObject({ id: made.id, replaces: [] });
  const free = { ...spec, pricing: { model: "free", dimensions: ["m7i.large", "m7i.xlarge"] } };
  await expect(startRun().provider(offer).diff(made.id, made.outs, free)).rejects.toThrow(/pricing.*\[INCOMPATIBLE/);

  const run = startRun();
  await run.provider(offer).delete(made.id, made.outs);
  expect(run.host.said).toContainEqual({
    message: expect.stringContaining("never ends a public offer"),
    kind: "warning",
  });
  expect(await sales.details(made.id)).toMatchObject({ State: "Released" });
});

test("prices of a public offer that go up and down do so in two change sets", async () => {
  const sales = await openSales({ visibility: "Public" });
  const { buyerAccounts: _buyers, availabilityEndDate: _end, validity: _validity, ...rest } = sales.spec();
  const spec = (large: string, xlarge: string): OfferSpec => ({
    ...rest,
    refundPolicy: "In full within 30 days.",
    pricing: { model: "usage", hourly: { "m7i.large": large, "m7i.xlarge": xlarge }, freeTrial: { days: 14 } },
  });
  const made = await up(spec("0.09", "0.18"));
  const before = (await sales.changeSets()).length;
  const updated = await upAgain(made, spec("0.12", "0.15"));
  expect((await sales.changeSets()).slice(before).map(({ changes }) => changes)).toEqual([
    ["UpdatePricingTerms"],
    ["UpdatePricingTerms"],
  ]);
  const again = upAgain({ ...made, ...updated }, spec("0.13", "0.15"));
  await expect(again).rejects.toThrow(/pricing.*120 days.*\[INVALID_PRICE_CHANGE\]/s);
});
