import type { Change } from "../changes/change-type";
import { checkChange } from "../changes/request";
import { runChanges } from "../changes/run";
import { distinct, isBlind } from "../listing/blind";
import { checkAmounts } from "../listing/check";
import { complete } from "../listing/complete";
import { checkAmount } from "../money";
import type { Problem } from "../problem";
import { draftOf } from "./draft";
import { checkEnd, checkKind } from "./kind";
import { offerShape } from "./offer-shape";
import type { FixedPrice, OfferPricing, OfferSpec } from "./offer-spec";
import { worldOf } from "./one-offer";
import { newOffer } from "./plan";
import { lackingProperty, offerPropertyOf } from "./property-of";

/**
 * Every reason for which AWS would refuse an offer, as far as that can be told without asking it: its change types are
 * tried on an empty catalog. Paths are properties (`pricing.hourly["m5.large"]`). What the product and the agreement are
 * is not looked at.
 * @param options.now RFC 3339, UTC: what lies in the past is refused.
 * @param options.seller the account that sells, where it is known.
 * @param options.isUnknown true for a value that will be known later: nothing is said about it.
 */
export function checkOffer(
  offer: OfferSpec,
  options: { readonly now: string; readonly seller?: string; readonly isUnknown?: (value: unknown) => boolean },
): Problem[] {
  const { now, seller, isUnknown = () => false } = options;
  const { value, blind, problems } = complete(shapeOf(offer), offer, isUnknown);
  const whole = value as OfferSpec;
  const own = [...checkKind(whole, blind), ...checkEnd(whole, now), ...checkPrices(whole.pricing)];
  const ruled = tryChanges(triable(whole, own), now, seller).filter(
    ({ path }) => !own.some((other) => other.path === path) && !dependsOn(path, blind),
  );
  const found = [...own, ...ruled];
  return distinct([...problems, ...found.filter((problem) => !isBlind(problem, blind))]);
}

/** The declaration with stand-ins for what is not known, so that it can be planned with; undefined where it is misshapen. */
export function knownOffer(offer: OfferSpec, isUnknown: (value: unknown) => boolean): OfferSpec | undefined {
  const { value, problems } = complete(shapeOf(offer), offer, isUnknown);
  return problems.length === 0 ? (value as OfferSpec) : undefined;
}

function shapeOf(offer: OfferSpec) {
  const given = offer as { pricing?: { model?: unknown }; eula?: { type?: unknown } } | null | undefined;
  return offerShape(String(given?.pricing?.model), String(given?.eula?.type));
}

/** What is agreed on is judged together: an instalment by the offer's last day, a renewal by how long the agreement lasts. */
const judgedTogether: ReadonlySet<string> = new Set([
  "pricing",
  "availabilityEndDate",
  "validity",
  "paymentSchedule",
  "renewal",
  "refundPolicy",
]);

/** The rule may have looked at something that is not known, wherever it says that the problem is. */
function dependsOn(path: string, blind: readonly string[]): boolean {
  return judgedTogether.has(propertyIn(path)) && blind.some((place) => judgedTogether.has(propertyIn(place)));
}

function propertyIn(path: string): string {
  return path.split(/[.[]/)[0] ?? "";
}

/** The offer with buyers where they are missing, and without what is refused already, to look at everything else. */
function triable(offer: OfferSpec, problems: readonly Problem[]): OfferSpec {
  const has = (code: string) => problems.some((problem) => problem.code === code);
  const { availabilityEndDate, exceptCountries, ...rest } = offer;
  return {
    ...rest,
    ...(exceptCountries !== undefined && !has("INVALID_TARGETING") && { exceptCountries }),
    ...(availabilityEndDate !== undefined && !has("INVALID_AVAILABILITY_END_DATE") && { availabilityEndDate }),
    ...(has("MISSING_BUYER_ACCOUNTS") && { buyerAccounts: ["444455556666"] }),
  };
}

function checkPrices(pricing: OfferPricing): Problem[] {
  switch (pricing.model) {
    case "free":
      return [];
    case "byol":
      return checkFixed(pricing.fixed);
    case "usage":
      return [
        ...checkAmounts(pricing.hourly, "pricing.hourly"),
        ...checkAmounts(pricing.annual, "pricing.annual"),
        ...checkAmounts(pricing.metered, "pricing.metered"),
        ...(pricing.monthly === undefined ? [] : checkAmount(pricing.monthly, "pricing.monthly", 3)),
        ...checkFixed(pricing.fixed),
      ];
    case "contract":
      return [
        ...(pricing.durations ?? []).flatMap(({ prices }, i) => checkAmounts(prices, `pricing.durations[${i}].prices`)),
        ...checkAmounts(pricing.metered, "pricing.metered"),
        ...checkFixed(pricing.fixed),
      ];
  }
}

function checkFixed(fixed: FixedPrice | undefined): Problem[] {
  return fixed === undefined ? [] : checkAmount(fixed.price, "pricing.fixed.price", 3);
}

function tryChanges(offer: OfferSpec, now: string, seller: string | undefined): Problem[] {
  const misshapen = newOffer(offer).flatMap((change) => placed(change, checkChange(change)));
  const { offer: draft, changes } = draftOf(offer, seller);
  const { problems } = runChanges(worldOf(draft, now), changes);
  const found = [...problems].flatMap(([index, some]) => {
    const change = changes[index];
    return change === undefined ? [] : placed(change, some);
  });
  // A rule on the same property tells more than the form of the document does.
  return [...misshapen.filter(({ path }) => !found.some((other) => other.path === path)), ...found];
}

function placed(change: Change, problems: readonly Problem[]): Problem[] {
  const isRelease = change.changeType === "ReleaseOffer";
  return problems.map((problem) => ({
    ...problem,
    path: isRelease ? lackingProperty(problem.message) : offerPropertyOf(change, problem.path),
  }));
}
