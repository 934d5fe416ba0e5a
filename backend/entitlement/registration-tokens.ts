import { agreementsIn, type StoredAgreement } from "../agreement/agreements";
import type { Market } from "../service";

/** How long a buyer may take from the marketplace to the seller's site: AWS Marketplace Agreement API, registrationToken. */
const VALID = 30 * 60 * 1000;
const PURPOSE = "registration";

/** What a token stands for: an agreement, or why it stands for none. */
export type Registration =
  | { readonly kind: "valid"; readonly agreement: StoredAgreement }
  | { readonly kind: "expired" }
  | { readonly kind: "unknown" };

/**
 * A token with which the buyer of an agreement registers at the seller's site. It says in itself what it is for, sealed so
 * that nobody else can make or read one; each call gives another.
 */
export function registrationToken({ vault, clock }: Pick<Market, "vault" | "clock">, { id }: StoredAgreement): string {
  return vault.seal(`${PURPOSE}/${id}/${clock.now().getTime() + VALID}`);
}

/** Reads a token that a buyer has brought. */
export function readRegistration({ store, vault, clock }: Market, token: string): Registration {
  const [purpose, id = "", end] = opened(vault, token).split("/");
  const agreement = agreementsIn(store).get(id);
  if (purpose !== PURPOSE || agreement === undefined) return { kind: "unknown" };
  return Number(end) > clock.now().getTime() ? { kind: "valid", agreement } : { kind: "expired" };
}

function opened(vault: Market["vault"], token: string): string {
  try {
    return vault.open(token);
  } catch {
    return "";
  }
}
