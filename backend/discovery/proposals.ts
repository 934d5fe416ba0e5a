import { createHash } from "node:crypto";
import type { OfferedTerm } from "../../marketplace/agreements/accepted-term";
import { offerOf } from "../../marketplace/changes/offer/offer";
import { canonical } from "../catalog/documents";
import type { StoredEntity } from "../catalog/entities";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const FINGERPRINT = 12;

/**
 * What a buyer accepts is not an offer but what it says at one moment: an agreement proposal. Its id holds the offer's,
 * so that it can be found again, and a fingerprint of the terms, so that a buyer never accepts others than those read.
 */
export function proposalIdOf(offer: StoredEntity): string {
  return `at-${offer.id.slice("offer-".length)}${fingerprint(canonical(offerOf(offer).Terms), FINGERPRINT)}`;
}

/** The offer that a proposal was made from. */
export function offerIdOf(proposalId: string): string {
  return `offer-${proposalId.slice("at-".length, -FINGERPRINT)}`;
}

/** What an agreement can hold, under ids that stay while a term is changed. */
export function offeredTerms(offer: StoredEntity): OfferedTerm[] {
  return offerOf(offer)
    .Terms.filter(({ Type }) => Type !== "NetPaymentTerm")
    .map((term) => ({ id: `term-${fingerprint(`${offer.id}/${term.Type}`, 25)}`, term }));
}

/** The seller's public name for buyers: `seller-4ct6fqn7k2mzs` of an account. */
export function sellerProfileIdOf(account: string): string {
  return `seller-${fingerprint(account, 13)}`;
}

/** Lower-case letters and digits that say as much as the text does. */
export function fingerprint(text: string, length: number): string {
  const digest = createHash("sha256").update(text).digest();
  return Array.from({ length }, (_, i) => ALPHABET[(digest[i] ?? 0) % ALPHABET.length]).join("");
}
