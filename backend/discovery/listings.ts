import {
  isAimedAt,
  isExpired,
  isPrivateOffer,
  isReleased,
  offerOf,
  targetingOf,
} from "../../marketplace/changes/offer/offer";
import { documentOf, isProduct, type Submissions, visibilityOf } from "../../marketplace/changes/product/product";
import { inForce } from "../agreement/agreements";
import { bareType } from "../catalog/arns";
import { entitiesIn, type StoredEntity } from "../catalog/entities";
import type { Context, Market } from "../service";
import { countryOf } from "./country";
import { notFound } from "./refusals";

const LISTING = "prodview-";
const PRODUCT = "prod-";

/** `prodview-4ct6fqn7k2mzs` of `prod-4ct6fqn7k2mzs`. */
export function listingIdOf(product: StoredEntity): string {
  return LISTING + product.id.slice(PRODUCT.length);
}

/** The product that a caller may see, also one that has been restricted since, where the caller subscribes to it. */
export function visibleProduct(ctx: Context, id: string): StoredEntity {
  const product = productById(ctx.market, id);
  if (product === undefined || !isOpenTo(ctx, product)) throw notFound(`There is no product ${id}.`);
  return product;
}

/** A product of a type that buyers can find, whoever may see it. */
export function productById({ store }: Pick<Market, "store">, id: string): StoredEntity | undefined {
  const entity = entitiesIn(store).get(id);
  return entity !== undefined && isProduct(entity) ? entity : undefined;
}

export function visibleListing(ctx: Context, listingId: string): StoredEntity {
  const product = productById(ctx.market, PRODUCT + listingId.slice(LISTING.length));
  if (!listingId.startsWith(LISTING) || product === undefined || !isOpenTo(ctx, product)) {
    throw notFound(`There is no listing ${listingId}.`);
  }
  return product;
}

/** All products that a caller finds: public ones, and limited ones of its own or whose allowlist names it. */
export function visibleProducts(ctx: Context): StoredEntity[] {
  const products = entitiesIn(ctx.market.store).startingWith(PRODUCT);
  return [...products].filter((one) => isProduct(one) && isListedFor(one, ctx.caller.accountId));
}

/** Found by the caller, or subscribed to by it: a restricted product stays open to those who have it. */
export function isOpenTo({ market, caller }: Context, product: StoredEntity): boolean {
  const { accountId } = caller;
  return isListedFor(product, accountId) || inForce(market.store, accountId, product.id).length > 0;
}

function isListedFor(product: StoredEntity, account: string): boolean {
  switch (visibilityOf(product)) {
    case "Public":
      return true;
    case "Limited":
      return product.owner === account || ((product.submitted as Submissions).BuyerAccounts ?? []).includes(account);
    case "Restricted":
      return product.owner === account;
    default:
      return false;
  }
}

/** Whether an account may take an offer: released, and not for other buyers or countries alone. Its last day may be over. */
export function isOfferedTo({ store }: Pick<Market, "store">, offer: StoredEntity, account: string): boolean {
  if (!isReleased(offer)) return false;
  if (offer.owner === account) return true;
  return (!isPrivateOffer(offer) || isBuyerOf(offer, account)) && isAimedAt(offer, countryOf(store, account));
}

/** Named among the buyers of a private offer. */
export function isBuyerOf(offer: StoredEntity, account: string): boolean {
  return (targetingOf(offer)?.PositiveTargeting?.BuyerAccounts ?? []).includes(account);
}

/** A private offer opens a product to its buyers, once there is something to buy. */
export function isMadeFor(offer: StoredEntity, product: StoredEntity, account: string): boolean {
  return isBuyerOf(offer, account) && visibilityOf(product) !== "Draft";
}

export function hasExpired({ clock }: Pick<Market, "clock">, offer: StoredEntity): boolean {
  return isExpired({ now: clock.now().toISOString() }, offer);
}

/** An offer that a caller may see, with its product: one of a visible product, or one made for the caller. */
export function visibleOffer(
  ctx: Context,
  id: string,
): { readonly offer: StoredEntity; readonly product: StoredEntity } {
  const account = ctx.caller.accountId;
  const offer = entitiesIn(ctx.market.store).get(id);
  const product = offer && isOffer(offer) ? productById(ctx.market, offerOf(offer).ProductId) : undefined;
  if (offer === undefined || product === undefined || !isOfferedTo(ctx.market, offer, account)) {
    throw notFound(`There is no offer ${id}.`);
  }
  if (!isOpenTo(ctx, product) && !isMadeFor(offer, product, account)) throw notFound(`There is no offer ${id}.`);
  return { offer, product };
}

/** Finds the offers of a product that the caller may take today, private ones first. Looks through all offers once. */
export function offersFor(ctx: Context): (product: StoredEntity) => StoredEntity[] {
  const byProduct = new Map<string, StoredEntity[]>();
  for (const offer of entitiesIn(ctx.market.store).startingWith("offer-")) {
    const { ProductId } = offerOf(offer);
    const known = byProduct.get(ProductId);
    if (known === undefined) byProduct.set(ProductId, [offer]);
    else known.push(offer);
  }
  return (product) => takeable(ctx, product, byProduct.get(product.id) ?? []);
}

function takeable(ctx: Context, product: StoredEntity, offers: readonly StoredEntity[]): StoredEntity[] {
  const open = offers.filter(
    (offer) =>
      offer.owner === product.owner &&
      isOfferedTo(ctx.market, offer, ctx.caller.accountId) &&
      !hasExpired(ctx.market, offer),
  );
  return open.toSorted((a, b) => Number(isPrivateOffer(b)) - Number(isPrivateOffer(a)) || (a.id < b.id ? -1 : 1));
}

export function titleOf(product: StoredEntity): string {
  return documentOf(product).Description.ProductTitle ?? product.id;
}

function isOffer(entity: StoredEntity): boolean {
  return bareType(entity.type) === "Offer";
}
