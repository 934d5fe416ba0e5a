import type { AcceptedTerm } from "../../marketplace/agreements/accepted-term";
import type { AgreementStatus, EntitlementFailure } from "../../marketplace/agreements/agreement-states";
import type { Party } from "../../marketplace/agreements/search-filters";
import type { Context } from "../service";
import type { Store, Table } from "../storage/store";
import { denied, notFound, wrong } from "./refusals";

export const PURCHASE = "PurchaseAgreement";

/** An agreement as the marketplace keeps it. Moments are RFC 3339 with milliseconds. */
export interface StoredAgreement {
  readonly id: string;
  /** The seller's account. */
  readonly proposer: string;
  /** The buyer's account. */
  readonly acceptor: string;
  readonly productId: string;
  /** `AmiProduct` */
  readonly productType: string;
  readonly offerId: string;
  readonly terms: readonly AcceptedTerm[];
  /** What held until it was amended, the first terms first. */
  readonly earlier?: readonly { readonly until: string; readonly terms: readonly AcceptedTerm[] }[];
  /** How often it was renewed before, under other ids. */
  readonly renewals?: number;
  readonly status: AgreementStatus;
  readonly acceptedAt: string;
  readonly start: string;
  /** Planned, or when it was ended before. Absent for what lasts until somebody ends it. */
  readonly end?: string;
  /** When the buyer could use the product. */
  readonly provisionedAt: string;
  /** Why the buyer could not use it even then. */
  readonly failure?: EntitlementFailure;
  readonly currency: string;
  /** All that is certain to be charged. */
  readonly value?: string;
  readonly licenseArn: string;
}

/** How often an agreement has been amended. */
export function amendmentsOf({ earlier = [] }: StoredAgreement): number {
  return earlier.length;
}

interface Agreements {
  get(id: string): StoredAgreement | undefined;
  put(agreement: StoredAgreement): void;
  /** Those that an account proposed or accepted. */
  of(party: Party, account: string): StoredAgreement[];
}

export function agreementsIn(store: Store): Agreements {
  const byId: Table<StoredAgreement> = store.table("agreement.agreements");
  const byParty: Table<true> = store.table("agreement.agreements-by-party");
  return {
    get: (id) => byId.get(id),
    put(agreement) {
      byId.put(agreement.id, agreement);
      byParty.put(`Proposer/${agreement.proposer}/${agreement.id}`, true);
      byParty.put(`Acceptor/${agreement.acceptor}/${agreement.id}`, true);
    },
    of: (party, account) =>
      [...byParty.list(`${party}/${account}/`)].flatMap(([key]) => byId.get(key.split("/")[2] ?? "") ?? []),
  };
}

/** A buyer's active agreements about a product. */
export function inForce(store: Store, acceptor: string, productId: string): StoredAgreement[] {
  return agreementsIn(store)
    .of("Acceptor", acceptor)
    .filter((agreement) => agreement.productId === productId && agreement.status === "ACTIVE");
}

/** The agreement, for either of its parties; ResourceNotFoundException for everybody else. */
export function agreementOf(ctx: Context, id: string | undefined = ""): StoredAgreement {
  const agreement = agreementsIn(ctx.market.store).get(id);
  const { accountId } = ctx.caller;
  if (agreement === undefined || (agreement.acceptor !== accountId && agreement.proposer !== accountId)) {
    throw notFound("Agreement", id);
  }
  return agreement;
}

/** The agreement, for one of its parties alone; AccessDeniedException for the other one. */
export function agreementAs(ctx: Context, party: Party, id: string | undefined): StoredAgreement {
  const agreement = agreementOf(ctx, id);
  const account = party === "Acceptor" ? agreement.acceptor : agreement.proposer;
  if (account !== ctx.caller.accountId) {
    throw denied(
      `Only the ${party === "Acceptor" ? "acceptor" : "proposer"} of agreement ${agreement.id} may do this.`,
    );
  }
  return agreement;
}

/** @param field the member of the request that names the agreement. ValidationException with INACTIVE_AGREEMENT. */
export function refuseInactive({ id, status }: StoredAgreement, field = "agreementId"): void {
  if (status !== "ACTIVE") throw wrong("INACTIVE_AGREEMENT", field, `Agreement ${id} is ${status}.`);
}
