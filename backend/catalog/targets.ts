import type { Change } from "../../marketplace/changes/change-type";
import { experienceType } from "../../marketplace/changes/experience/experience";
import { productRequestType } from "../../marketplace/changes/product-request/product-request";
import { sellerType } from "../../marketplace/changes/seller/seller";
import { sellerOf } from "../sellers";
import type { Context } from "../service";
import type { Store } from "../storage/store";
import { entitiesIn, parseIdentifier } from "./entities";
import { denied, invalid, notFound } from "./refusals";
import { ownOrShared } from "./sharing";

/**
 * The existing entities that the changes aim at, each once. Refused at once, as the real service does: accounts that
 * are no sellers (403, but for private marketplaces and registering), entities that are not there (404) or of another type (422), revisions that are not the latest
 * (422), and offers on products that are not there (404) or another account's (403).
 */
export function targetsOf(ctx: Context, changes: readonly Change[]): string[] {
  const { store } = ctx.market;
  const account = ctx.caller.accountId;
  if (changes.some(takesSeller) && sellerOf(store, account) === undefined) {
    throw denied(`Account ${account} is not registered as a seller. Register it before changing the catalog.`);
  }
  const targets = new Set<string>();
  for (const change of changes) {
    const { identifier } = change.entity;
    if (identifier !== undefined && !isReference(identifier)) {
      targets.add(existingTarget(ctx, change, identifier));
    }
    refuseForeignProduct(store, account, change);
  }
  return [...targets];
}

/** Private marketplaces are for buyers (Work with private marketplaces), and who registers is no seller yet. */
const takesNoSeller: ReadonlySet<string> = new Set([experienceType, productRequestType, sellerType]);

function takesSeller({ entity }: Change): boolean {
  return !takesNoSeller.has(entity.type);
}

/** `$Listing.Entity.Identifier` stands for what another change of the set makes. */
function isReference(text: string): boolean {
  return text.startsWith("$");
}

function existingTarget(ctx: Context, { changeType, entity: { type } }: Change, identifier: string): string {
  const { id, revision } = parseIdentifier(identifier);
  const entity = ownOrShared(ctx, id, "StartChangeSet", { "catalog:ChangeType": changeType });
  if (entity.type !== type) throw invalid(`The entity ${id} is of type ${entity.type}, not ${type}.`);
  if (revision !== undefined && revision !== entity.revision) {
    throw invalid(
      `The revision ${revision} of entity ${id} is not the latest, which is ${entity.revision}. ` +
        `Read the entity again and name ${id}@${entity.revision}.`,
    );
  }
  return id;
}

/** CreateOffer: 404 for a product that is not there, 403 for one that the caller may not sell: Work with private offers. */
function refuseForeignProduct(store: Store, account: string, { changeType, details }: Change): void {
  if (changeType !== "CreateOffer" || typeof details !== "object" || details === null) return;
  const productId = "ProductId" in details ? details.ProductId : undefined;
  if (typeof productId !== "string" || isReference(productId)) return;
  const product = entitiesIn(store).get(productId);
  if (product === undefined) throw notFound(`The product ${productId} of the new offer was not found.`);
  if (product.owner !== account) throw denied(`Account ${account} is not allowed to sell the product ${productId}.`);
}
