import { type Amount, compareAmounts } from "../money";
import { type AcceptedTerm, termOf } from "./accepted-term";

/** A quota that an agreement would pass. */
export interface Exceeded {
  /** `Free trials per product` */
  readonly quota: string;
  readonly message: string;
}

/** What decides how much more a buyer may agree to. */
export interface Buyer {
  /** Agreements about the product that are in force, less the one that would be replaced. */
  readonly active: number;
  /** Whether a free trial of the product has been taken before, whatever became of it. */
  readonly hadTrial: boolean;
  /** The offer is for named buyers, a "targeted proposal". */
  readonly targeted: boolean;
}

const ACTIVE = 100;
const TARGETED_VALUE = "1000000000";
const PUBLIC_VALUE = "1000000";

/**
 * The first quota that an agreement by these terms, of this value, would pass: Service quotas for AWS Marketplace
 * Agreement API, "Agreement quotas". Values in other currencies are taken as dollars.
 */
export function exceededQuota(
  terms: readonly AcceptedTerm[],
  value: Amount | undefined,
  { active, hadTrial, targeted }: Buyer,
): Exceeded | undefined {
  if (hadTrial && termOf(terms, "FreeTrialPricingTerm") !== undefined) {
    const message = "A product can be tried for free once. Ask for the offer's terms without the FreeTrialPricingTerm.";
    return { quota: "Free trials per product", message };
  }
  if (active >= ACTIVE) {
    const message = `An account has at most ${ACTIVE} active agreements about a product. Cancel or replace one of them.`;
    return { quota: "Active agreements per product", message };
  }
  const most = targeted ? TARGETED_VALUE : PUBLIC_VALUE;
  if (value !== undefined && compareAmounts(value, most) > 0) {
    const offer = targeted ? "a private offer" : "a public offer, where more needs a private one";
    return { quota: "Agreement value", message: `An agreement by ${offer} is worth ${most} at most, not ${value}.` };
  }
  return undefined;
}
