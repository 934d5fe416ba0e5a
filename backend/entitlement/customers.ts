import { entitlementAt } from "../../marketplace/agreements/agreement-states";
import { documentOf, isProduct } from "../../marketplace/changes/product/product";
import { agreementsIn, type StoredAgreement } from "../agreement/agreements";
import { entitiesIn, type StoredEntity } from "../catalog/entities";
import { fingerprint } from "../discovery/proposals";
import type { Market } from "../service";
import type { Store } from "../storage/store";

/** The product that a code stands for in software and on images. */
export function productOfCode(store: Store, code: string): StoredEntity | undefined {
  for (const product of entitiesIn(store).startingWith("prod-")) {
    if (isProduct(product) && documentOf(product).Description.ProductCode === code) return product;
  }
  return undefined;
}

/** What a seller knows a customer by: one for each account and product. */
export function customerIdentifier({ acceptor, productId }: Pick<StoredAgreement, "acceptor" | "productId">): string {
  return fingerprint(`${acceptor}/${productId}`, 11);
}

/** Agreements about a product that its buyers can use now. */
export function usableAgreements({ store, clock }: Pick<Market, "store" | "clock">, product: StoredEntity) {
  const now = clock.now().toISOString();
  return agreementsIn(store)
    .of("Proposer", product.owner)
    .filter((one) => one.productId === product.id && entitlementAt(one, now).status === "PROVISIONED");
}
