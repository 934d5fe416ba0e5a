import { expect, test } from "vitest";
import {
  getAgreements,
  getEntitlements,
  getOffer,
  getProduct,
  searchListings,
} from "../../../providers/functions/find";
import { everything } from "../../backend/agreement/buyer";
import { openShopAsBuyer } from "../support/shop";

test("a program finds a listing, reads its product and offer, and sees what it subscribes to", async () => {
  const { productId, offerId, buy } = await openShopAsBuyer();
  expect(await searchListings({ text: "log agent" })).toMatchObject([{ listingName: "Log Agent" }]);
  expect(await searchListings({ text: "database" })).toEqual([]);
  expect(await getProduct(productId)).toMatchObject({ productId, productName: "Log Agent" });
  expect(await getOffer(offerId)).toMatchObject({ productId, terms: { prices: { "m5.large": "0.10" } } });
  expect(await getAgreements(offerId)).toEqual([]);
  const agreementId = await buy(offerId, everything);
  expect(await getAgreements(offerId)).toMatchObject([{ agreementId, offerId, productId, status: "ACTIVE" }]);
  expect(await getEntitlements(agreementId)).toEqual([{ productId, status: "PROVISIONED" }]);
});

test("what does not exist is an error in a person's words", async () => {
  await openShopAsBuyer();
  await expect(getOffer("offer-0000000000000")).rejects.toThrow(/ResourceNotFoundException/);
});
