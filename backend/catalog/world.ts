import type { AssetFacts, SellerFacts } from "../../marketplace/changes/change-type";
import type { Surroundings } from "../../marketplace/changes/run";
import { assetFacts } from "../ec2/assets";
import type { Caller, Market } from "../service";
import { type Seller, sellerOf } from "../sellers";
import { entitiesIn, type StoredEntity } from "./entities";
import { newEntityId } from "./ids";
import { documentFacts } from "./legal-documents";
import { timestamp } from "./moments";
import { buyerFacts } from "./private-marketplace";
import { proposedAgreement } from "./proposed-agreements";

/**
 * The catalog as the rule book looks at it, at this moment and for this caller, who sees of other accounts' entities none,
 * unless some are `shared` with it: then these and what belongs to them, as if they were its own. Facts about an image and
 * its role are looked up once for all checks of a run.
 */
export function worldFor(market: Market, caller: Caller, shared: readonly string[] = []): Surroundings {
  const entities = entitiesIn(market.store);
  const owners = new Set([caller.accountId, ...shared.flatMap((id) => entities.get(id)?.owner ?? [])]);
  const asOwn = (entity: StoredEntity): StoredEntity =>
    entity.owner === caller.accountId ? entity : { ...entity, owner: caller.accountId };
  const facts = new Map<string, AssetFacts>();
  return {
    account: caller.accountId,
    now: timestamp(market.clock.now()),
    entity(id) {
      const entity = entities.get(id);
      return entity !== undefined && owners.has(entity.owner) ? asOwn(entity) : undefined;
    },
    *entitiesOf(type) {
      for (const owner of owners) for (const entity of entities.ofType(owner, type)) yield asOwn(entity);
    },
    newId: newEntityId,
    seller: factsOf(sellerOf(market.store, caller.accountId)),
    buyers: buyerFacts(market.store, caller),
    legalDocument: (url) => documentFacts(market, url),
    proposedAgreement: (id) => proposedAgreement(market.store, caller.accountId, id),
    assets(source) {
      const key = `${source.AmiId} ${source.AccessRoleArn}`;
      if (!facts.has(key)) facts.set(key, assetFacts(market, caller, source));
      return facts.get(key);
    },
  };
}

function factsOf(seller: Seller | undefined): SellerFacts | undefined {
  return seller && { maySell: seller.maySell, missing: seller.missing ?? [] };
}
