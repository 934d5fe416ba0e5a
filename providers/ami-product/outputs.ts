import type { Properties } from "../provider";
import type { PendingRequest } from "./ami-product";
import { factsOf } from "./facts";
import type { SeenListing } from "./look";

/** What Pulumi keeps of a listing: what was declared, and what AWS made of it. */
export function outputsOf(
  declared: Properties,
  { product, offer }: SeenListing,
  pending: PendingRequest | undefined,
): Properties {
  const { productCode, visibility, state, versions } = factsOf(product);
  const titles = new Set(titlesIn(declared.versions));
  const own = versions.filter(({ title }) => titles.has(title));
  return {
    ...declared,
    visibility,
    productId: product.id,
    offerId: offer.id,
    productCode,
    productArn: product.arn,
    revision: product.revision,
    state,
    versionIds: Object.fromEntries(own.map(({ title, id }) => [title, id])),
    pendingRequest: pending,
  };
}

function titlesIn(versions: unknown): unknown[] {
  return Array.isArray(versions) ? versions.map((version: { readonly title?: unknown }) => version.title) : [];
}
