import type { Entity, JsonObject } from "../changes/change-type";
import type { OfferSubmissions } from "../changes/offer/offer";
import type { OfferSpec } from "./offer-spec";
import { renewalTermOf } from "./renewal";

/** What was submitted for an offer and is never read back, or not in full. */
export type Submitted = OfferSubmissions & {
  /** The renewal term: the catalog's model shows of it only that it is there. */
  readonly Renewal?: JsonObject;
};

export function submittedOf(offer: Entity): Submitted {
  return offer.submitted as Submitted;
}

/** What of a declaration the catalog never shows. */
export function submissionsOf({
  pricing,
  eula,
  replaces,
  renewal,
}: Pick<OfferSpec, "pricing" | "eula" | "replaces" | "renewal">): Submitted {
  const models = { free: "Free", byol: "Byol", usage: "Usage", contract: "Contract" } as const;
  return {
    PricingModel: models[pricing.model],
    ...(eula.type === "custom" && { EulaUrl: eula.url }),
    ...(replaces !== undefined && { ReplacesAgreementId: replaces }),
    ...(renewal !== undefined && { Renewal: renewalTermOf(renewal) }),
  };
}

/** The renewal terms as far as they can be known: one that is shown without a word of its own is the one submitted. */
export function renewalsOf(offer: Entity, shown: readonly object[]): object[] {
  return shown.map((term) => (Object.keys(term).length > 1 ? term : (submittedOf(offer).Renewal ?? term)));
}
