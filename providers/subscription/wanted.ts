import type { Properties } from "../provider";

/** A subscription as declared. */
export interface Wanted {
  readonly productId?: string;
  readonly offerId?: string;
  readonly contract?: { readonly duration: string; readonly units: Readonly<Record<string, number>> };
  readonly autoRenew: boolean;
  readonly purchaseOrder?: string;
}

/** Of inputs that passed the check. */
export function wantedOf({ productId, offerId, contract, autoRenew, purchaseOrder }: Properties): Wanted {
  return {
    ...(typeof productId === "string" && { productId }),
    ...(typeof offerId === "string" && { offerId }),
    ...(contract !== undefined && contract !== null && { contract: contract as NonNullable<Wanted["contract"]> }),
    autoRenew: autoRenew === true,
    ...(typeof purchaseOrder === "string" && { purchaseOrder }),
  };
}
