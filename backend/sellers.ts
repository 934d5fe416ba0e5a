import type { Problem } from "../marketplace/problem";
import type { Store, Table } from "./storage/store";

/** What AWS Marketplace knows of an account that has registered to sell. */
export interface Seller {
  readonly accountId: string;
  /** The company that signs: on tax forms and in agreements. */
  readonly legalName: string;
  /** What buyers see beside its products. */
  readonly displayName: string;
  /** Its company and product brands. Names of its images begin with one: Seller Guide, "AMI-based product requirements". */
  readonly brands: readonly string[];
  /** Charging for software takes tax and bank details besides a profile: Seller Guide, "Seller eligibility requirements". */
  readonly maySell: readonly ("free" | "byol" | "paid" | "govcloud")[];
  /** What stands in the way of selling more. */
  readonly missing?: readonly Problem[];
  /** May resell products of others that authorise it. */
  readonly channelPartner: boolean;
}

const sellers = (store: Store): Table<Seller> => store.table("sellers");

/** The registered seller that owns the account, if one does. */
export function sellerOf(store: Store, accountId: string): Seller | undefined {
  return sellers(store).get(accountId);
}

/** Registers a seller, or changes what is known of it. Within a transaction. */
export function registerSeller(store: Store, seller: Seller): void {
  sellers(store).put(seller.accountId, seller);
}
