import { amiProduct } from "../changes/ami-product/product";
import type { Json } from "../changes/change-type";
import { offerType } from "../changes/offer/offer";
import { informationOf, legalDocumentOf, newVersionOf, withoutUndefined } from "./documents";
import type { AmiListing } from "./listing";
import { dimensionsFor, pricingOf } from "./prices";
import type { PlannedChange } from "./property-of";

const product = "$CreateProduct.Entity.Identifier";
const offer = "$CreateOffer.Entity.Identifier";

/** The changes that create a listing and release it, in the order that AWS publishes them. The first version only. */
export function newListing(listing: AmiListing): PlannedChange[] {
  const [version] = listing.versions;
  const dimensions = dimensionsFor(listing);
  const { allowlist = [], renewal, refundPolicy, futureRegionSupport: future } = listing;
  const changes: (PlannedChange | false | undefined)[] = [
    {
      changeType: "CreateProduct",
      changeName: "CreateProduct",
      entity: { type: amiProduct },
      details: { ProductTitle: listing.title },
      ...(listing.tags === undefined ? {} : { entityTags: listing.tags }),
    },
    forProduct("UpdateInformation", informationOf(listing) as Json),
    forProduct("AddRegions", { Regions: listing.regions }),
    future !== undefined &&
      forProduct("UpdateFutureRegionSupport", { FutureRegionSupport: { SupportedRegions: [future] } }),
    forProduct("AddInstanceTypes", { InstanceTypes: listing.instanceTypes }),
    version && { ...forProduct("AddDeliveryOptions", newVersionOf(version) as Json), version: 0 },
    dimensions.length > 0 && forProduct("AddDimensions", dimensions),
    allowlist.length > 0 && forProduct("UpdateTargeting", { PositiveTargeting: { BuyerAccounts: allowlist } }),
    forProduct("ReleaseProduct", {}),
    {
      changeType: "CreateOffer",
      changeName: "CreateOffer",
      entity: { type: offerType },
      details: { ProductId: product },
    },
    forOffer("UpdateInformation", offerWords(listing)),
    forOffer("UpdatePricingTerms", pricingOf(listing)),
    forOffer("UpdateLegalTerms", {
      Terms: [{ Type: "LegalTerm", Documents: [legalDocumentOf(listing.eula)] }],
    }),
    refundPolicy !== undefined &&
      forOffer("UpdateSupportTerms", { Terms: [{ Type: "SupportTerm", RefundPolicy: refundPolicy }] }),
    renewal === true && forOffer("UpdateRenewalTerms", { Terms: [{ Type: "RenewalTerm" }] }),
    forOffer("ReleaseOffer", {}),
  ];
  return changes.filter((change): change is PlannedChange => typeof change === "object");
}

/** An offer needs a name and a description of its own; without them it takes the listing's. */
function offerWords({ title, shortDescription, offer: words }: AmiListing): Json {
  return withoutUndefined({
    Name: words?.name ?? title,
    Description: words?.description ?? shortDescription.slice(0, 255),
  });
}

function forProduct(changeType: string, details: Json): PlannedChange {
  return { changeType, entity: { type: amiProduct, identifier: product }, details };
}

function forOffer(changeType: string, details: Json): PlannedChange {
  return { changeType, entity: { type: offerType, identifier: offer }, details };
}
