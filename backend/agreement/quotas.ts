import { type AcceptedTerm, termOf } from "../../marketplace/agreements/accepted-term";
import { exceededQuota } from "../../marketplace/agreements/quotas";
import { isPrivateOffer } from "../../marketplace/changes/offer/offer";
import { entitiesIn } from "../catalog/entities";
import type { Context } from "../service";
import { agreementsIn, type StoredAgreement } from "./agreements";
import { overQuota } from "./refusals";

interface Asked {
  readonly productId: string;
  readonly terms: readonly AcceptedTerm[];
  readonly value?: string;
  /** The offer is for named buyers. */
  readonly targeted: boolean;
  /** The agreement to be replaced, which no longer counts. */
  readonly sourceId?: string | undefined;
}

/** ServiceQuotaExceededException where the caller asks for more than the service lets one account have. */
export function refuseOverQuota(ctx: Context, asked: Asked): void {
  const { productId, terms, value, targeted, sourceId } = asked;
  const mine = agreementsAbout(ctx, productId);
  const exceeded = exceededQuota(terms, value, {
    active: mine.filter(({ status, id }) => status === "ACTIVE" && id !== sourceId).length,
    hadTrial: mine.some((agreement) => isTrial(agreement.terms)),
    targeted,
  });
  if (exceeded !== undefined) throw overQuota(exceeded.quota, productId, exceeded.message);
}

/** Whether these terms hold a free trial of a product that the caller has tried before. */
export function triesAgain(ctx: Context, productId: string, terms: readonly AcceptedTerm[]): boolean {
  return isTrial(terms) && agreementsAbout(ctx, productId).some((agreement) => isTrial(agreement.terms));
}

function agreementsAbout({ market, caller }: Context, productId: string): StoredAgreement[] {
  const all = agreementsIn(market.store).of("Acceptor", caller.accountId);
  return all.filter((agreement) => agreement.productId === productId);
}

function isTrial(terms: readonly AcceptedTerm[]): boolean {
  return termOf(terms, "FreeTrialPricingTerm") !== undefined;
}

/** The same where an agreement that is in force would come to be worth more. */
export function refuseOverValue({ market }: Context, { productId, offerId }: StoredAgreement, value?: string): void {
  const offer = entitiesIn(market.store).get(offerId);
  const targeted = offer !== undefined && isPrivateOffer(offer);
  const exceeded = exceededQuota([], value, { active: 0, hadTrial: false, targeted });
  if (exceeded !== undefined) throw overQuota(exceeded.quota, productId, exceeded.message);
}
