import type { JsonObject } from "../../marketplace/changes/change-type";
import type { OfferSubmissions } from "../../marketplace/changes/offer/offer";
import type { ProductSubmissions } from "../../marketplace/changes/ami-product/product";
import type { AmiListing, ObservedListing } from "../../marketplace/listing/ami-listing";
import type { DescribedEntity } from "../entities";
import { factsOf } from "./facts";
import type { SeenListing } from "./look";

/**
 * The listing as the rule book wants to see it: what the catalog shows, and, of what it never shows, what was last
 * submitted.
 * @param last what the last run declared.
 * @param titles the versions that count, by title; others belong to somebody else. All of them when absent.
 */
export function observedListing(
  seen: SeenListing,
  last: Partial<AmiListing>,
  titles: readonly string[] | undefined,
): ObservedListing {
  const owner = seen.product.arn.split(":")[4] ?? "";
  const { product, offer } = seen;
  return {
    product: {
      type: "AmiProduct@1.0",
      id: product.id,
      owner,
      details: titles === undefined ? product.details : withVersions(product.details, titles),
      submitted: productSubmissions(product, last),
    },
    offer: { type: "Offer@1.0", id: offer.id, owner, details: offer.details, submitted: offerSubmissions(last) },
  };
}

/** The titles of the versions that some declarations name; undefined when none of them names any. */
export function titlesOf(...declarations: readonly Partial<AmiListing>[]): readonly string[] | undefined {
  const versions = declarations.flatMap((declaration) => declaration.versions ?? []);
  return versions.length === 0 ? undefined : versions.map(({ title }) => title);
}

function productSubmissions(product: DescribedEntity, last: Partial<AmiListing>): JsonObject {
  const sources = factsOf(product).versions.flatMap(({ title, deliveryOptionIds }) => {
    const image = last.versions?.find((version) => version.title === title)?.image;
    if (image === undefined) return [];
    return deliveryOptionIds.map((id) => [id, { AmiId: image.amiId, AccessRoleArn: image.accessRoleArn }] as const);
  });
  const submissions: ProductSubmissions = {
    LogoUrl: last.logoUrl,
    // AWS adds accounts of its own to the allowlist; of a listing that is not ours yet, nothing is known.
    BuyerAccounts: last.title === undefined ? undefined : (last.allowlist ?? []),
    AmiSources: Object.fromEntries(sources),
  };
  return JSON.parse(JSON.stringify(submissions));
}

function offerSubmissions(last: Partial<AmiListing>): JsonObject {
  const EulaUrl = last.eula?.type === "custom" ? last.eula.url : undefined;
  const submissions: OfferSubmissions = { EulaUrl };
  return JSON.parse(JSON.stringify(submissions));
}

function withVersions(details: JsonObject, titles: readonly string[]): JsonObject {
  if (!Array.isArray(details.Versions)) return details;
  const counts = (version: unknown) =>
    typeof version === "object" &&
    version !== null &&
    "VersionTitle" in version &&
    titles.includes(String(version.VersionTitle));
  return { ...details, Versions: details.Versions.filter(counts) };
}
