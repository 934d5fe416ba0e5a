import { unchangeable } from "../../marketplace/offers/replaced-by";
import { knownOffer } from "../../marketplace/offers/check";
import type { OfferSpec } from "../../marketplace/offers/offer-spec";
import type { Properties } from "../provider";
import { holdsUnknown, isUnknown } from "../unknown";
import { specIn } from "./seen-offer";

/**
 * The properties whose new values AWS does not take for an offer that is released, so that a new offer has to take its
 * place. Of what is not known yet nothing is said.
 * @throws for a public offer, of which a product has one that never ends: naming what cannot change.
 */
export function replacedBy(olds: Properties, news: Properties, now: string): string[] {
  if (olds.state === "Draft") return [];
  const before = knownOffer(specIn(olds), isUnknown);
  const known = Object.entries(news).map(([name, value]) => [name, holdsUnknown(value) ? olds[name] : value] as const);
  const wanted = knownOffer(specIn(Object.fromEntries(known.filter(([, value]) => value !== undefined))), isUnknown);
  if (before === undefined || wanted === undefined) return [];
  const { properties, problems } = unchangeable(before, wanted, now);
  if (properties.length > 0 && isPublic(before) && before.productId === wanted.productId) {
    throw refused(problems.map(({ path, message, code }) => `${path}: ${message} [${code}]`));
  }
  return [...properties];
}

function isPublic({ buyerAccounts, replaces }: OfferSpec): boolean {
  return buyerAccounts === undefined && replaces === undefined;
}

/** Pulumi's host prints the stack beside the message; to a person it says nothing. */
function refused(reasons: readonly string[]): Error {
  const error = new Error(reasons.join("\n"));
  error.stack = "";
  return error;
}
