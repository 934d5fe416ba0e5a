import { sellerDocument, sellerType } from "../../marketplace/changes/seller/seller";
import { entitiesIn } from "../catalog/entities";
import type { Store } from "../storage/store";

/**
 * Where an account is at home, by which offers are aimed at countries: the country that it registered in as a seller,
 * else the United States. AWS takes it from the tax settings and address of the account, which are not kept here.
 */
export function countryOf(store: Store, account: string): string {
  for (const entity of entitiesIn(store).ofType(account, sellerType))
    return sellerDocument(entity).Registration.Country;
  return "US";
}
