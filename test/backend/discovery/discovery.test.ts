import { expect, test } from "vitest";
import { madeBy, openCatalog } from "../catalog/catalog-market";
import { AMI, change, newListing, OFFER } from "../catalog/listing";
import { sellerImage } from "../catalog/seller-image";
import { type Answer, discoverer, everything, openShop } from "../agreement/buyer";

/** Three public listings and one limited to the buyer. */
async function openMall() {
  const mall = await openCatalog();
  const image = await sellerImage(mall.market);
  const ids: Record<string, string> = {};
  for (const title of ["Log Agent", "Log Archive", "Mail Gateway", "Secret Agent"]) {
    const categories = title.startsWith("Log") ? ["Log Analysis"] : ["Security"];
    const listing = newListing(title, title === "Log Agent" ? image : await sellerImage(mall.market)).map((one) =>
      one.ChangeType === "UpdateInformation" && one.Entity?.Type === AMI
        ? { ...one, DetailsDocument: { ...(one.DetailsDocument as object), Categories: categories } }
        : one,
    );
    const productId = madeBy(await mall.run(listing));
    ids[title] = productId;
    if (title === "Secret Agent") continue;
    madeBy(await mall.run([change("UpdateVisibility", AMI, productId, { TargetVisibility: "Public" })]));
  }
  const [buyer, partner] = ["buyer", "partner"].map((name) => discoverer(mall.market, name));
  if (buyer === undefined || partner === undefined) throw new Error("There are no such accounts.");
  const restrict = async (title: string) =>
    madeBy(await mall.run([change("UpdateVisibility", AMI, ids[title], { TargetVisibility: "Restricted" })]));
  return { buyer, partner, restrict };
}

const names = (answer: Answer) =>
  (answer["listingSummaries"] as { listingName: string }[]).map((one) => one.listingName);

test("a search finds what is public, and what is limited to the caller; best match first", async () => {
  const { buyer, partner } = await openMall();
  expect(names(await partner("searchListings", {}))).toEqual(["Log Agent", "Log Archive", "Mail Gateway"]);
  expect(names(await buyer("searchListings", { searchText: "agent" }))).toEqual(["Log Agent", "Secret Agent"]);
  expect(names(await partner("searchListings", { searchText: "agent" }))).toEqual(["Log Agent"]);
  expect(names(await partner("searchListings", { searchText: "log agent" }))[0]).toBe("Log Agent");
  expect(names(await partner("searchListings", { searchText: "nothing like it" }))).toEqual([]);
  const byCategory = { filters: [{ filterType: "CATEGORY", filterValues: ["log-analysis"] }] };
  expect(names(await buyer("searchListings", byCategory))).toEqual(["Log Agent", "Log Archive"]);
  const rated = { filters: [{ filterType: "MIN_AVERAGE_CUSTOMER_RATING", filterValues: ["4"] }] };
  expect(names(await buyer("searchListings", rated))).toEqual([]);
});

test("facets count what was found", async () => {
  const { partner } = await openMall();
  const facetTypes = ["CATEGORY", "PRICING_MODEL"];
  const { totalResults, listingFacets } = await partner("searchFacets", { facetTypes });
  expect(totalResults).toBe(3);
  expect(listingFacets).toEqual({
    CATEGORY: [
      { value: "log-analysis", displayName: "Log Analysis", count: 2 },
      { value: "security", displayName: "Security", count: 1 },
    ],
    PRICING_MODEL: [{ value: "USAGE", displayName: "Usage-based", count: 3 }],
  });
});

test("pages follow one another, and a token fits its own query only", async () => {
  const { buyer } = await openMall();
  const first = await buyer("searchListings", { maxResults: 3 });
  const second = await buyer("searchListings", { maxResults: 3, nextToken: first["nextToken"] });
  expect([...names(first), ...names(second)]).toEqual(["Log Agent", "Log Archive", "Mail Gateway", "Secret Agent"]);
  expect(second["nextToken"]).toBeUndefined();
  const elsewhere = buyer("searchListings", { searchText: "log", nextToken: first["nextToken"] });
  await expect(elsewhere).rejects.toMatchObject({
    name: "ValidationException",
    reason: "INVALID_PAGINATION_TOKEN",
    status: 400,
  });
});

test("what vanishes between two pages neither repeats nor leaves out anything else", async () => {
  const { buyer, restrict } = await openMall();
  const first = await buyer("searchListings", { maxResults: 2 });
  await restrict("Log Agent");
  const rest = await buyer("searchListings", { maxResults: 2, nextToken: first["nextToken"] });
  expect([...names(first), ...names(rest)]).toEqual(["Log Agent", "Log Archive", "Mail Gateway", "Secret Agent"]);
  expect(rest).toMatchObject({ totalResults: 3 });
});

test("a restricted product is found by nobody, and stays open to those who have it", async () => {
  const { buy, discover, market, run, productId, offerId } = await openShop();
  const [found] = (await discover("searchListings", {}))["listingSummaries"] as { listingId: string }[];
  const look = (who = discover) =>
    Promise.all([
      who("getListing", { listingId: found?.listingId }),
      who("getProduct", { productId }),
      who("getOffer", { offerId }),
      who("getOfferTerms", { offerId }),
      who("listFulfillmentOptions", { productId }),
    ]);
  await buy(offerId, everything);
  await run([change("UpdateVisibility", AMI, productId, { TargetVisibility: "Restricted" })]);
  expect(names(await discover("searchListings", {}))).toEqual([]);
  expect(await look()).toHaveLength(5);
  const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
  expect(await discover("listPurchaseOptions", { filters })).toMatchObject({ purchaseOptions: [{}] });
  const stranger = discoverer(market, "partner");
  await expect(look(stranger)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  expect(await stranger("listPurchaseOptions", { filters })).toMatchObject({ purchaseOptions: [] });
});

test("a product's page says how to get it, and which offers there are", async () => {
  const { discover, productId, offerId } = await openShop();
  expect(await discover("getProduct", { productId })).toMatchObject({
    productName: "Log Agent",
    manufacturer: { displayName: "Example Corp" },
    deployedOnAws: "DEPLOYED",
    highlights: ["Quick to set up"],
  });
  const { fulfillmentOptions } = await discover("listFulfillmentOptions", { productId });
  expect(fulfillmentOptions).toMatchObject([
    {
      amazonMachineImageFulfillmentOption: {
        fulfillmentOptionType: "AMAZON_MACHINE_IMAGE",
        fulfillmentOptionVersion: "1.0.0",
        recommendation: { instanceType: "m5.large" },
        operatingSystems: [{ operatingSystemFamilyName: "Linux", operatingSystemName: "AMAZONLINUX" }],
      },
    },
  ]);
  const filters = [{ filterType: "PRODUCT_ID", filterValues: [productId] }];
  expect(await discover("listPurchaseOptions", { filters })).toMatchObject({
    purchaseOptions: [{ purchaseOptionId: offerId, purchaseOptionType: "OFFER", associatedEntities: [{}] }],
  });
});

test("the terms of an offer keep their ids while its price changes", async () => {
  const { discover, run, termsOf, offerId } = await openShop();
  const before = { terms: await termsOf(offerId), offer: await discover("getOffer", { offerId }) };
  const RateCard = ["m5.large", "m5.xlarge"].map((DimensionKey) => ({ DimensionKey, Price: "0.01" }));
  const Terms = [{ Type: "UsageBasedPricingTerm", CurrencyCode: "USD", RateCards: [{ RateCard }] }];
  await run([change("UpdatePricingTerms", OFFER, offerId, { PricingModel: "Usage", Terms })]);
  const after = { terms: await termsOf(offerId), offer: await discover("getOffer", { offerId }) };
  const ids = ({ terms }: typeof before) => Object.values(terms).map(({ id }) => id);
  expect(ids(after).toSorted()).toEqual(ids(before).toSorted());
  expect(after.offer["agreementProposalId"]).not.toBe(before.offer["agreementProposalId"]);
});

test("an offer that has not been released is nobody's, also not of the buyers that it names", async () => {
  const { discover, market, run, productId } = await openShop();
  const name = "$Private.Entity.Identifier";
  const made = await run([
    change("CreateOffer", OFFER, undefined, { ProductId: productId, Name: "For a partner" }, "Private"),
    change("UpdateTargeting", OFFER, name, { PositiveTargeting: { BuyerAccounts: ["777788889999"] } }),
    change("UpdateAvailability", OFFER, name, { AvailabilityEndDate: "2099-12-31" }),
    change("UpdateInformation", OFFER, name, { Name: "For a partner", Description: "Cheaper" }),
  ]);
  const offerId = madeBy(made);
  const gone = { name: "ResourceNotFoundException", status: 404 };
  await expect(discover("getOffer", { offerId })).rejects.toMatchObject(gone);
  await expect(discoverer(market, "partner")("getOffer", { offerId })).rejects.toMatchObject(gone);
});

test("there are no offer sets", async () => {
  const { discover } = await openShop();
  await expect(discover("getOfferSet", { offerSetId: "offerset-1" })).rejects.toMatchObject({ status: 404 });
});
