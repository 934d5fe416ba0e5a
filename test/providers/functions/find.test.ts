import * as pulumi from "@pulumi/pulumi";
import { expect, onTestFinished, test } from "vitest";
import {
  getAgreements,
  getEntitlements,
  getOffer,
  getProduct,
  searchListings,
} from "../../../providers/functions/find";
import { everything, shopIn } from "../../backend/agreement/buyer";
import { privateOffer } from "../subscription/offers";
import { openShopAsBuyer } from "../support/shop";

test("a program finds a listing, reads its product and offer, and sees what it subscribes to", async () => {
  const { productId, offerId, buy } = await openShopAsBuyer();
  expect(await searchListings({ text: "log agent" })).toMatchObject([{ listingName: "Log Agent" }]);
  expect(await searchListings({ text: "database" })).toEqual([]);
  expect(await getProduct(productId)).toMatchObject({ productId, productName: "Log Agent" });
  expect(await getOffer(offerId)).toMatchObject({
    offerId,
    productId,
    terms: { prices: { "m5.large": "0.10" }, eula: ["StandardEula 2022-07-14"], refundPolicy: "No refunds." },
  });
  expect(await getAgreements(offerId)).toEqual([]);
  const agreementId = await buy(offerId, everything);
  expect(await getAgreements(offerId)).toMatchObject([
    { agreementId, offerId, productId, status: "ACTIVE", terms: { prices: { "m5.large": "0.10" } } },
  ]);
  expect(await getEntitlements(agreementId)).toEqual([{ productId, status: "PROVISIONED" }]);
});

test("a search is narrowed by filters, and goes through all pages", async () => {
  const shop = await openShopAsBuyer();
  await shopIn(shop);
  expect(await searchListings()).toHaveLength(2);
  expect(await searchListings({ filters: { PRICING_MODEL: ["USAGE"] } })).toHaveLength(2);
  expect(await searchListings({ filters: { PRICING_MODEL: ["FREE"] } })).toEqual([]);
});

test("another account is asked by its profile", async () => {
  const shop = await openShopAsBuyer();
  const offerId = await privateOffer(shop);
  expect(await getOffer(offerId)).toMatchObject({ offerId });
  await expect(getOffer(offerId, { profile: "partner" })).rejects.toThrow(`There is no offer ${offerId}`);
});

test("like resources, functions work as whom the stack's configuration names", async () => {
  const shop = await openShopAsBuyer();
  const offerId = await privateOffer(shop);
  onTestFinished(() => pulumi.runtime.setAllConfig({}));
  pulumi.runtime.setAllConfig({ "marketplace:profile": "partner" });
  await expect(getOffer(offerId)).rejects.toThrow(`There is no offer ${offerId}`);
  expect(await getOffer(offerId, { profile: "buyer" })).toMatchObject({ offerId });
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ["an offer", () => getOffer("offer-0000000000000"), /offer-0000000000000.*\[ResourceNotFoundException\]/],
  ["a product", () => getProduct("prod-0000000000000"), /prod-0000000000000.*\[ResourceNotFoundException\]/],
  ["an agreement", () => getEntitlements("agmt-000000"), /agmt-000000.*\[ResourceNotFoundException\]/],
  ["a filter", () => searchListings({ filters: { COLOUR: ["red"] } }), /COLOUR.*\[ValidationException\]/],
  [
    "a profile",
    () => searchListings({}, { profile: "nobody" }),
    /^connection: no valid credentials from profile nobody/,
  ],
])("%s that does not exist is an error in a person's words", async (_what, find, expected) => {
  await openShopAsBuyer();
  await expect(find()).rejects.toThrow(expected);
});
