import { isPrivateOffer, offerOf } from "../../marketplace/changes/offer/offer";
import type { StoredEntity } from "../catalog/entities";
import { entitiesIn } from "../catalog/entities";
import type { Context } from "../service";
import { availability } from "./get-offer";
import { hasExpired, isMadeFor, isOfferedTo, isOpenTo, productById } from "./listings";
import { pageOf } from "./pages";
import { sellerProfileIdOf } from "./proposals";
import { invalid } from "./refusals";
import { CATALOG, offerBadges, offerInformation, productInformation, publisherOf, seller } from "./summaries";

interface ListPurchaseOptionsInput {
  readonly filters?: readonly { readonly filterType: string; readonly filterValues: readonly string[] }[];
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface Option {
  readonly offer: StoredEntity;
  readonly product: StoredEntity;
}

const NEEDED: readonly string[] = ["PRODUCT_ID", "VISIBILITY_SCOPE"];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  PURCHASE_OPTION_TYPE: ["OFFER", "OFFERSET"],
  VISIBILITY_SCOPE: ["PUBLIC", "PRIVATE"],
  AVAILABILITY_STATUS: ["AVAILABLE", "EXPIRED"],
};

/**
 * The offers that the caller may take: of products it finds, and those made for it. Expired ones only when asked for. A
 * request names products or a visibility: AWS Marketplace Discovery API, ListPurchaseOptions.
 */
export function listPurchaseOptions(ctx: Context, request: ListPurchaseOptionsInput): object {
  const filters = request.filters ?? [];
  if (!filters.some(({ filterType }) => NEEDED.includes(filterType))) {
    throw invalid("MALFORMED_REQUEST_PARAMETERS", `Give at least one of the filters ${NEEDED.join(" and ")}.`);
  }
  for (const { filterType, filterValues } of filters) checkValues(filterType, filterValues);
  const asksForStatus = filters.some(({ filterType }) => filterType === "AVAILABILITY_STATUS");
  const options = optionsFor(ctx)
    .filter(({ offer }) => asksForStatus || !hasExpired(ctx.market, offer))
    .filter((option) =>
      filters.every(({ filterType, filterValues }) => filterValues.includes(factOf(ctx, option, filterType))),
    )
    .map((item) => ({ id: item.offer.id, key: Number(!isPrivateOffer(item.offer)), item }));
  const { items, nextToken } = pageOf(ctx, "ListPurchaseOptions", options, request, 100);
  return { purchaseOptions: items.map((option) => summaryOf(ctx, option)), nextToken };
}

function checkValues(type: string, values: readonly string[]): void {
  const known = VALUES[type];
  const wrong = known && values.find((value) => !known.includes(value));
  if (wrong !== undefined) {
    throw invalid("MALFORMED_REQUEST_PARAMETERS", `${type} is one of ${known?.join(", ")}, not ${wrong}.`);
  }
}

function optionsFor(ctx: Context): Option[] {
  const account = ctx.caller.accountId;
  return [...entitiesIn(ctx.market.store).startingWith("offer-")].flatMap((offer) => {
    const product = productById(ctx.market, offerOf(offer).ProductId);
    if (product === undefined || !isOfferedTo(ctx.market, offer, account)) return [];
    return isOpenTo(ctx, product) || isMadeFor(offer, product, account) ? [{ offer, product }] : [];
  });
}

function factOf(ctx: Context, { offer, product }: Option, type: string): string {
  switch (type) {
    case "PRODUCT_ID":
      return product.id;
    case "SELLER_OF_RECORD_PROFILE_ID":
      return sellerProfileIdOf(offer.owner);
    case "PURCHASE_OPTION_TYPE":
      return "OFFER";
    case "VISIBILITY_SCOPE":
      return isPrivateOffer(offer) ? "PRIVATE" : "PUBLIC";
    default:
      return hasExpired(ctx.market, offer) ? "EXPIRED" : "AVAILABLE";
  }
}

function summaryOf(ctx: Context, { offer, product }: Option): object {
  const name = offerOf(offer).Name;
  return {
    purchaseOptionId: offer.id,
    catalog: CATALOG,
    purchaseOptionType: "OFFER",
    ...(name !== null && name !== "" && { purchaseOptionName: name }),
    ...availability(offer),
    sellerOfRecord: seller(publisherOf(ctx, offer.owner)),
    badges: offerBadges(offer),
    associatedEntities: [{ product: productInformation(ctx, product), offer: offerInformation(ctx, offer) }],
  };
}
