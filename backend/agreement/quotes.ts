import type { AcceptedTerm } from "../../marketplace/agreements/accepted-term";
import type { ItemizedCharge } from "../../marketplace/agreements/quote";
import type { Store, Table } from "../storage/store";
import type { NumberedCharge } from "./charges";

/** What a buyer asked for and has not refused: the Agreement service's agreement request. */
export interface StoredQuote {
  readonly id: string;
  /** The buyer's account. */
  readonly acceptor: string;
  readonly intent: "NEW" | "AMEND" | "REPLACE";
  /** Absent for an amendment, which stays with the terms that were agreed on. */
  readonly proposalId?: string;
  /** The agreement to amend or replace. */
  readonly sourceId?: string;
  /** How often that agreement had been amended before this was asked for. */
  readonly sourceAmendments?: number;
  readonly terms: readonly AcceptedTerm[];
  readonly createdAt: string;
  readonly currency: string;
  readonly value?: string;
  readonly charges: readonly NumberedCharge[];
  readonly items: readonly ItemizedCharge[];
  /** The agreement that came of it. */
  readonly agreementId?: string;
}

export function quotesIn(store: Store): Table<StoredQuote> {
  return store.table("agreement.quotes");
}
