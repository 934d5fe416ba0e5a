import type { Contract } from "../buying/choices";
import type { Properties } from "../provider";

/** A subscription as declared. */
export interface Wanted {
  readonly productId?: string;
  readonly offerId?: string;
  readonly contract?: Contract;
  readonly autoRenew: boolean;
  readonly purchaseOrder?: string;
}

/** Of inputs that passed the check. */
export function wantedOf({ productId, offerId, contract, autoRenew, purchaseOrder }: Properties): Wanted {
  return {
    ...(typeof productId === "string" && { productId }),
    ...(typeof offerId === "string" && { offerId }),
    ...(contract !== undefined && contract !== null && { contract: contract as Contract }),
    autoRenew: autoRenew === true,
    ...(typeof purchaseOrder === "string" && { purchaseOrder }),
  };
}
