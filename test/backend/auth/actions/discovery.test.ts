import { expect, test } from "vitest";
import { openShop, type Answer } from "../../agreement/buyer";
import { signedFetch } from "../../wire/signed-fetch";
import { allow, peopleOf } from "../people";

const arn = (rest: string) => `arn:aws:aws-marketplace:::catalog/AWSMarketplace/${rest}`;

async function open() {
  const shop = await openShop();
  const { person } = peopleOf(shop.market, "buyer");
  /** What a user with these rights is told: nothing where the request went through. */
  const asker = async (...rights: readonly (object | string)[]) => {
    const { credentials: signer } = await person(...rights);
    return async (operation: string, input: object): Promise<string | undefined> => {
      const reply = await signedFetch(shop.market.endpoint, {
        service: "aws-marketplace",
        path: `/2026-02-05/${operation}`,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(input),
        signer,
      });
      if (reply.status === 200) return undefined;
      expect(reply.headers["x-amzn-errortype"]).toMatch(/^AccessDeniedException/);
      return String((JSON.parse(reply.text) as Answer)["message"]);
    };
  };
  return { ...shop, asker };
}

test("a right can be to one listing, product or offer", async () => {
  const { asker, productId, offerId } = await open();
  const ask = await asker(
    allow("aws-marketplace:GetProduct", { Resource: arn(`product/${productId}`) }),
    allow(["aws-marketplace:GetOffer", "aws-marketplace:GetOfferTerms"], { Resource: arn(`offer/${offerId}`) }),
  );
  expect(await ask("getProduct", { productId })).toBeUndefined();
  expect(await ask("getOffer", { offerId })).toBeUndefined();
  expect(await ask("getOfferTerms", { offerId })).toBeUndefined();
  expect(await ask("getProduct", { productId: "prod-other" })).toMatch(
    `aws-marketplace:GetProduct on resource: ${arn("product/prod-other")} because no identity-based policy`,
  );
  expect(await ask("getOffer", { offerId: "offer-other" })).toMatch(`on resource: ${arn("offer/offer-other")} because`);
});

test("searches are about all listings, and purchase options about all of them", async () => {
  const { asker, productId } = await open();
  const listing = await asker(
    allow(["aws-marketplace:SearchListings", "aws-marketplace:ListPurchaseOptions"], { Resource: arn("listing/*") }),
  );
  expect(await listing("searchListings", {})).toBeUndefined();
  expect(await listing("searchFacets", {})).toMatch("SearchFacets on resource");
  const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
  expect(await listing("listPurchaseOptions", { filters })).toMatch(`on resource: ${arn("purchaseOption/*")} because`);
});

test.each(["AWSMarketplaceDiscoveryFullAccess", "AWSMarketplaceManageSubscriptions", "AWSMarketplaceRead-only"])(
  "%s lets everything be found",
  async (name) => {
    const { asker, productId, offerId } = await open();
    const ask = await asker(`arn:aws:iam::aws:policy/${name}`);
    const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
    for (const [operation, input] of [
      ["searchListings", {}],
      ["searchFacets", {}],
      ["getProduct", { productId }],
      ["getOffer", { offerId }],
      ["getOfferTerms", { offerId }],
      ["listFulfillmentOptions", { productId }],
      ["listPurchaseOptions", { filters }],
    ] as const) {
      expect(await ask(operation, input)).toBeUndefined();
    }
  },
);
