import { versionsOf } from "../../marketplace/changes/ami-product/product";
import { documentOf, saasProduct } from "../../marketplace/changes/product/product";
import { deliveryOptionsOf } from "../../marketplace/changes/saas-product/product";
import type { StoredEntity } from "../catalog/entities";
import type { Context } from "../service";
import { titleOf, visibleListing, visibleProduct } from "./listings";
import {
  factsFor,
  listingSummary,
  offerInformation,
  presentation,
  productInformation,
  seller,
  shared,
} from "./summaries";

/** Everything that a listing's page says, with its product and the offers that the caller may take. */
export function getListing(ctx: Context, { listingId }: { readonly listingId: string }): object {
  const product = visibleListing(ctx, listingId);
  const facts = factsFor(ctx)(product);
  return {
    ...listingSummary(ctx, facts),
    ...description(product),
    useCases: [],
    associatedEntities: facts.offers.map((offer) => ({
      product: productInformation(ctx, product),
      offer: offerInformation(ctx, offer),
    })),
  };
}

/** A product, also a restricted one for those who subscribe to it. */
export function getProduct(ctx: Context, { productId }: { readonly productId: string }): object {
  const product = visibleProduct(ctx, productId);
  const facts = factsFor(ctx)(product);
  return {
    ...presentation(product),
    ...shared(facts),
    ...description(product),
    productId,
    productName: titleOf(product),
    deployedOnAws: "DEPLOYED",
    manufacturer: seller(facts.publisher),
  };
}

function description(product: StoredEntity): object {
  const { Description, PromotionalResources, SupportInformation } = documentOf(product);
  const usage = usageOf(product);
  return {
    longDescription: Description.LongDescription ?? titleOf(product),
    highlights: Description.Highlights ?? [],
    promotionalMedia: (PromotionalResources?.PromotionalMedia ?? []).flatMap(({ Type, Url, Title }) =>
      Type === "Image" && Url !== undefined ? [{ embeddedImage: { title: Title ?? titleOf(product), url: Url } }] : [],
    ),
    resources: [
      ...(SupportInformation === undefined
        ? []
        : [
            { resourceType: "MANUFACTURER_SUPPORT", contentType: "OTHER", value: clip(SupportInformation.Description) },
          ]),
      ...(PromotionalResources?.AdditionalResources ?? []).map(({ Text, Url }) => ({
        resourceType: "MANUFACTURER_INSTRUCTIONS",
        contentType: "LINK",
        value: Url,
        displayName: Text,
      })),
      ...(usage === undefined
        ? []
        : [{ resourceType: "MANUFACTURER_INSTRUCTIONS", contentType: "OTHER", value: clip(usage) }]),
    ],
    sellerEngagements: [],
  };
}

/** How to use the product, in its seller's words. */
function usageOf(product: StoredEntity): string | undefined {
  if (product.type === saasProduct) return deliveryOptionsOf(product)[0]?.UsageInstructions;
  return versionsOf(product).at(-1)?.DeliveryOptions[0]?.Instructions.Usage;
}

/** A resource's value has no more than 1,024 characters. */
function clip(text: string): string {
  return text.slice(0, 1024);
}
