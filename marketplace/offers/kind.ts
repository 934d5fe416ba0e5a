import { unless, type Problem } from "../problem";
import type { OfferSpec } from "./offer-spec";

/** Private, replacement or public trial: what each needs, and what none of them may have (Work with private offers). */
export function checkKind(offer: OfferSpec, blind: readonly string[]): Problem[] {
  const { productId, replaces, buyerAccounts, countries, exceptCountries, pricing } = offer;
  const isReplacement = replaces !== undefined;
  const isPublic = !isReplacement && buyerAccounts === undefined;
  const trial = "freeTrial" in pricing && pricing.freeTrial !== undefined;
  const targeted = (["productId", "buyerAccounts", "countries", "exceptCountries"] as const).filter(
    (name) => offer[name] !== undefined,
  );
  return [
    ...unless(
      isReplacement || productId !== undefined,
      "INVALID_INPUT",
      "productId",
      "Say which product is offered: productId, or replaces for an agreement that is to be replaced.",
    ),
    ...targeted.flatMap((name) =>
      unless(
        !isReplacement,
        "INCOMPATIBLE_TARGETING",
        name,
        `A replacement offer is for its agreement's product and buyer; leave ${name} out.`,
      ),
    ),
    ...unless(
      !isPublic || trial || blind.includes("pricing"),
      "MISSING_BUYER_ACCOUNTS",
      "buyerAccounts",
      "Name the buyers. An offer without them is public, and a product has one public offer, AmiProduct's, beside a free trial.",
    ),
    ...unless(
      isPublic || !trial,
      "INCOMPATIBLE_TERMS",
      "pricing.freeTrial",
      "Free trials are public; leave it out for these buyers.",
    ),
    ...unless(
      exceptCountries === undefined || countries === undefined,
      "INVALID_TARGETING",
      "exceptCountries",
      "Give countries or exceptCountries, not both.",
    ),
    ...unless(
      exceptCountries === undefined || buyerAccounts === undefined,
      "INVALID_TARGETING",
      "exceptCountries",
      "Buyers that are named can be held to countries, not kept out of some: give countries instead.",
    ),
    ...unless(
      isPublic || offer.availabilityEndDate !== undefined,
      "MISSING_AVAILABILITY_END_DATE",
      "availabilityEndDate",
      'A private offer needs the last day on which it can be accepted, such as "2027-01-31".',
    ),
    ...unless(
      !isReplacement || offer.validity?.endDate !== undefined,
      "MISSING_AGREEMENT_END_DATE",
      "validity.endDate",
      "A replacement offer needs the last day of its agreement.",
    ),
  ];
}

/** An offer that is over before it begins is refused as a whole: that is told once. */
export function checkEnd({ availabilityEndDate: day }: OfferSpec, now: string): Problem[] {
  const isOver = day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) && `${day}T23:59:59Z` <= now;
  const message = `${day} is over; the last day on which the offer can be accepted must lie in the future.`;
  return unless(!isOver, "INVALID_AVAILABILITY_END_DATE", "availabilityEndDate", message);
}
