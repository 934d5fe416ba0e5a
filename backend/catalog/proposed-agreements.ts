import type { ProposedAgreement } from "../../marketplace/changes/change-type";
import { offerSubmissions } from "../../marketplace/changes/offer/offer";
import { agreementsIn } from "../agreement/agreements";
import type { Store } from "../storage/store";
import { entitiesIn } from "./entities";

/** What the rule book asks about an agreement, for the account that proposed it; undefined for everybody else. */
export function proposedAgreement(store: Store, account: string, id: string): ProposedAgreement | undefined {
  const agreement = agreementsIn(store).get(id);
  if (agreement?.proposer !== account) return undefined;
  const offer = entitiesIn(store).get(agreement.offerId);
  return {
    id,
    productId: agreement.productId,
    acceptor: agreement.acceptor,
    active: agreement.status === "ACTIVE",
    isContract: offer !== undefined && offerSubmissions(offer).PricingModel === "Contract",
  };
}
