import { documentOf } from "../../marketplace/changes/product/product";
import { agreementsIn, type StoredAgreement } from "../agreement/agreements";
import { entitiesIn } from "../catalog/entities";
import { sellerOf } from "../sellers";
import type { Market } from "../service";

/** A table of a dashboard. */
export interface Sheet {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function boughtBy({ store }: Market, accountId: string): StoredAgreement[] {
  return agreementsIn(store).of("Acceptor", accountId);
}

export function productName({ store }: Market, { productId }: StoredAgreement): string {
  const product = entitiesIn(store).get(productId);
  return (product && documentOf(product).Description.ProductTitle) ?? productId;
}

export function sellerName({ store }: Market, { proposer }: StoredAgreement): string {
  return sellerOf(store, proposer)?.displayName ?? proposer;
}

export function day(moment: string): string {
  return moment.slice(0, 10);
}
