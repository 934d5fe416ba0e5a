import type { Entity, JsonObject } from "../../marketplace/changes/change-type";
import type { OfferSubmissions } from "../../marketplace/changes/offer/offer";
import type { ProductSubmissions } from "../../marketplace/changes/ami-product/product";
import type { AmiListing } from "../../marketplace/listing/ami-listing";
import type { DescribedEntity } from "../entities";
import { factsOf } from "./facts";
import type { SeenListing } from "./look";

/**
 * The listing as the rule book wants to see it: what the catalog shows, and, of what it never shows, what was last
 * submitted. Versions that the last run did not declare belong to somebody else and are left out.
 */
export function observedListing(
  seen: SeenListing,
  last: Partial<AmiListing>,
): { readonly product: Entity; readonly offer: Entity } {
  const owner = seen.product.arn.split(":")[4] ?? "";
  return {
    product: {
      type: "AmiProduct@1.0",
      id: seen.product.id,
      owner,
      details: withoutForeignVersions(seen.product.details, last),
      submitted: productSubmissions(seen.product, last),
    },
    offer: {
      type: "Offer@1.0",
      id: seen.offer.id,
      owner,
      details: seen.offer.details,
      submitted: offerSubmissions(last),
    },
  };
}

function productSubmissions(product: DescribedEntity, last: Partial<AmiListing>): JsonObject {
  const sources = factsOf(product).versions.flatMap(({ title, deliveryOptionIds }) => {
    const image = last.versions?.find((version) => version.title === title)?.image;
    if (image === undefined) return [];
    return deliveryOptionIds.map((id) => [id, { AmiId: image.amiId, AccessRoleArn: image.accessRoleArn }] as const);
  });
  const submissions: ProductSubmissions = { LogoUrl: last.logoUrl, AmiSources: Object.fromEntries(sources) };
  return JSON.parse(JSON.stringify(submissions));
}

function offerSubmissions(last: Partial<AmiListing>): JsonObject {
  const EulaUrl = last.eula?.type === "custom" ? last.eula.url : undefined;
  const submissions: OfferSubmissions = { EulaUrl };
  return JSON.parse(JSON.stringify(submissions));
}

/** With no last run to go by (an import), every version counts as declared. */
function withoutForeignVersions(details: JsonObject, last: Partial<AmiListing>): JsonObject {
  const { versions } = last;
  if (versions === undefined || !Array.isArray(details.Versions)) return details;
  const declared = new Set(versions.map(({ title }) => title));
  const isDeclared = (version: unknown) =>
    typeof version === "object" &&
    version !== null &&
    "VersionTitle" in version &&
    declared.has(String(version.VersionTitle));
  return { ...details, Versions: details.Versions.filter(isDeclared) };
}
