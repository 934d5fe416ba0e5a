import { isZero } from "../../money";
import type { Problem } from "../../problem";
import type { Entity, World } from "../change-type";
import { offerOf, offerSubmissions } from "./offer";
import type { Term } from "./terms";

/** What AWS says of sellers who may not charge: Catalog API, Release an offer. */
const codes = new Set(["INVALID_TAX_INFORMATION", "INCOMPATIBLE_PAYMENT_SETTINGS", "INCOMPATIBLE_SELLER_VERIFICATION"]);

/** A seller who may list free products only releases no offer that costs something, nor one for licenses sold elsewhere. */
export function checkSeller({ seller, account }: World, entity: Entity): Problem[] {
  const kind = kindOf(entity);
  if (seller === undefined || kind === "free" || seller.maySell.includes(kind)) return [];
  const reasons = seller.missing.filter(({ code }) => codes.has(code));
  if (reasons.length > 0) {
    return reasons.map(({ code, message }) => ({ code, path: "", message: `A ${kind} offer needs more: ${message}` }));
  }
  const message = `Account ${account} is verified for ${seller.maySell.join(" and ") || "no"} products, not for ${kind} ones.`;
  return [{ code: "INCOMPATIBLE_SELLER_VERIFICATION", path: "", message }];
}

function kindOf(entity: Entity): "free" | "byol" | "paid" {
  if (offerSubmissions(entity).PricingModel === "Byol") return "byol";
  return offerOf(entity).Terms.some(costs) ? "paid" : "free";
}

function costs(term: Term): boolean {
  switch (term.Type) {
    case "UsageBasedPricingTerm":
    case "ConfigurableUpfrontPricingTerm":
      return (term.RateCards ?? []).some(({ RateCard = [] }) => RateCard.some(({ Price }) => !isZero(Price)));
    case "RecurringPaymentTerm":
    case "FixedUpfrontPricingTerm":
      return !isZero(term.Price);
    case "PaymentScheduleTerm":
      return true;
    default:
      return false;
  }
}
