import * as pulumi from "@pulumi/pulumi";
import { accountsOn } from "../accounts";
import { activeFor, type SeenAgreement } from "../buying/agreement";
import { agreementsOf } from "../buying/agreement-calls";
import { discoveryOf, type Answer } from "../buying/discovery-calls";
import { seeOffer } from "../buying/offer";
import { termsIn, type Terms } from "../buying/terms";
import { connectionOf, type Connection } from "../connection";
import { explain } from "../explain";
import { pluginHost } from "../host/plugin-host";
import type { Place } from "../reconciler";

/** What to look for; every part narrows it down. */
export interface ListingSearch {
  /** Words that the listing holds. */
  readonly text?: string;
  /** By the Discovery API's names: `{ CATEGORY: ["log-analysis"], PRICING_MODEL: ["USAGE"] }`. */
  readonly filters?: Readonly<Record<string, readonly string[]>>;
}

/** A listing among those found. */
export interface FoundListing {
  readonly listingId: string;
  readonly listingName: string;
  readonly shortDescription?: string;
  readonly publisher?: { readonly displayName: string };
}

/** An offer with its terms, as a buyer may review them before a subscription takes them. */
export interface OfferFacts {
  readonly offerId: string;
  readonly productId: string;
  readonly terms: Terms;
}

/** An agreement with what was accepted. */
export interface AgreementFacts extends Omit<SeenAgreement, "terms"> {
  readonly terms: Terms;
}

/** Listings of AWS Marketplace that fit, best match first. */
export function searchListings(search: ListingSearch = {}, connection: Connection = {}): Promise<FoundListing[]> {
  const filters = Object.entries(search.filters ?? {}).map(([filterType, filterValues]) => ({
    filterType,
    filterValues,
  }));
  return at(connection, async (place) => {
    const discover = discoveryOf(place);
    const found: FoundListing[] = [];
    let nextToken: unknown;
    do {
      const page: Answer = await discover("searchListings", {
        ...(search.text !== undefined && { searchText: search.text }),
        ...(filters.length > 0 && { filters }),
        nextToken,
      });
      found.push(...((page.listingSummaries ?? []) as FoundListing[]));
      nextToken = page.nextToken;
    } while (typeof nextToken === "string");
    return found;
  });
}

/** A product, as the Discovery API's GetProduct describes it. */
export function getProduct(productId: string, connection: Connection = {}): Promise<Answer> {
  return at(connection, (place) => discoveryOf(place)("getProduct", { productId }));
}

/** An offer that this account may take, with prices and EULA. */
export function getOffer(offerId: string, connection: Connection = {}): Promise<OfferFacts> {
  return at(connection, async (place) => {
    const { productId, terms } = await seeOffer(discoveryOf(place), offerId);
    return { offerId, productId, terms: termsIn(terms) };
  });
}

/** The account's active agreements made from an offer. */
export function getAgreements(offerId: string, connection: Connection = {}): Promise<AgreementFacts[]> {
  return at(connection, async (place) => {
    const active = await activeFor(agreementsOf(place), { offerId });
    return active.map((agreement) => ({ ...agreement, terms: termsIn(agreement.terms) }));
  });
}

/** What an agreement entitles its buyer to, and whether it can be used yet. */
export function getEntitlements(
  agreementId: string,
  connection: Connection = {},
): Promise<{ readonly productId?: string; readonly status?: string }[]> {
  return at(connection, async (place) => {
    const { agreementEntitlements = [] } = await agreementsOf(place)((client, { GetAgreementEntitlementsCommand }) =>
      client.send(new GetAgreementEntitlementsCommand({ agreementId })),
    );
    return agreementEntitlements.map(({ resource, status }) => ({ productId: resource?.id, status }));
  });
}

/** Works as the stack does (`marketplace:profile` and so on), where the caller names nobody else. */
export async function at<T>(own: Connection, work: (place: Place) => Promise<T>): Promise<T> {
  const host = pluginHost();
  const connection = connectionOf(own, { get: (key) => pulumi.runtime.getConfig(key) });
  try {
    const account = await accountsOn(host)(connection);
    return await work({ host, account, claims: { held: new Set(), takenOver: new Set() } });
  } catch (error) {
    throw explain(error, connection);
  }
}
