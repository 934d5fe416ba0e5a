import type { Change, Entity } from "../changes/change-type";
import { newOffer as blankOffer, offerType } from "../changes/offer/offer";
import type { OfferSpec } from "./offer-spec";
import { newOffer } from "./plan";

/** No account has these digits: who sells is not known here, and might be anybody but the buyers. */
const nobody = "000000000000";

/** A declared offer before it is filled, and what fills and releases it. */
export interface Draft {
  readonly offer: Entity;
  readonly changes: readonly Change[];
}

/**
 * A declared offer as AWS has it once it is created and nothing more, to try its other changes on. Its product and its
 * agreement are not known here, and stay out of sight.
 */
export function draftOf(spec: OfferSpec, seller: string = nobody): Draft {
  const { name, replaces } = spec;
  const id = "offer-0000000000000";
  const replacing = { buyers: ["444455556666"], ReplacesAgreementId: replaces };
  const product = { Name: name, ProductId: "" };
  const { details, submitted } = blankOffer(id, product, replaces === undefined ? {} : replacing);
  const changes = newOffer(spec).slice(1);
  return {
    offer: { type: offerType, id, owner: seller, details, submitted },
    changes: changes.map((change) => ({ ...change, entity: { type: offerType, identifier: id } })),
  };
}
