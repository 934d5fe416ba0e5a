import { expect, test } from "vitest";
import { type Answer, openShop } from "../agreement/buyer";
import { DAY, forBuyer, newOffer, standardEula, validity, words } from "../agreement/offers";
import { madeBy } from "../catalog/catalog-market";
import { hourlyPrices } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";

type Filters = Readonly<Record<string, readonly string[]>>;

test("offers are chosen by product, seller, kind, scope and status; expired ones only when asked for", async () => {
  const clock = new TurningClock();
  const { run, discover, productId, offerId } = await openShop({ clock });
  const privateOffer = madeBy(
    await run(
      newOffer(productId, {
        UpdateInformation: words,
        UpdateTargeting: forBuyer,
        UpdateAvailability: { AvailabilityEndDate: "2026-04-01" },
        UpdatePricingTerms: hourlyPrices({ "m5.large": "0.05", "m5.xlarge": "0.10" }),
        UpdateValidityTerms: validity({ AgreementDuration: "P365D" }),
        UpdateLegalTerms: standardEula,
      }),
    ),
  );
  const names: Readonly<Record<string, string>> = { [offerId]: "public", [privateOffer]: "private" };
  const found = async (filters: Filters, more: object = {}): Promise<string[]> => {
    const answer: Answer = await discover("listPurchaseOptions", {
      filters: Object.entries(filters).map(([filterType, filterValues]) => ({ filterType, filterValues })),
      ...more,
    });
    return (answer["purchaseOptions"] as { purchaseOptionId: string }[]).map(
      (one) => names[one.purchaseOptionId] ?? "",
    );
  };
  const ours = { PRODUCT_ID: [productId] };
  const { sellerOfRecord } = await discover("getOffer", { offerId });
  const { sellerProfileId } = sellerOfRecord as { sellerProfileId: string };

  expect(await found(ours)).toEqual(["private", "public"]);
  expect(await found({ PRODUCT_ID: ["prod-other", productId] })).toEqual(["private", "public"]);
  expect(await found({ ...ours, SELLER_OF_RECORD_PROFILE_ID: [sellerProfileId] })).toEqual(["private", "public"]);
  expect(await found({ ...ours, SELLER_OF_RECORD_PROFILE_ID: ["seller-other"] })).toEqual([]);
  expect(await found({ ...ours, PURCHASE_OPTION_TYPE: ["OFFERSET"] })).toEqual([]);
  expect(await found({ VISIBILITY_SCOPE: ["PRIVATE", "PUBLIC"], PURCHASE_OPTION_TYPE: ["OFFER", "OFFERSET"] })).toEqual(
    ["private", "public"],
  );
  await clock.turn(60 * DAY);
  expect(await found(ours)).toEqual(["public"]);
  expect(await found({ ...ours, AVAILABILITY_STATUS: ["EXPIRED"] })).toEqual(["private"]);
  expect(await found({ ...ours, AVAILABILITY_STATUS: ["EXPIRED", "AVAILABLE"] })).toEqual(["private", "public"]);
  const refused: Filters[] = [{}, { PURCHASE_OPTION_TYPE: ["OFFER"] }, { ...ours, AVAILABILITY_STATUS: ["SOON"] }];
  for (const filters of refused) {
    await expect(found(filters)).rejects.toMatchObject({ reason: "MALFORMED_REQUEST_PARAMETERS" });
  }
});
