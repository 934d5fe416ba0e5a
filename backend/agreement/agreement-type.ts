import { PURCHASE } from "./agreements";
import { wrong } from "./refusals";

const TYPES: readonly string[] = [PURCHASE, "VendorInsightsAgreement"];

/**
 * Whether a list takes in purchases, which are all the agreements that there are here.
 *
 * @throws ValidationException for a catalog or type that AWS Marketplace does not have.
 */
export function takesInPurchases(request: {
  readonly catalog?: string | undefined;
  readonly agreementType?: string | undefined;
}): boolean {
  const { catalog = "AWSMarketplace", agreementType = PURCHASE } = request;
  if (catalog !== "AWSMarketplace") throw wrong("INVALID_CATALOG", "catalog", "The only catalog is AWSMarketplace.");
  if (!TYPES.includes(agreementType)) {
    throw wrong("INVALID_AGREEMENT_TYPE", "agreementType", `agreementType is ${TYPES.join(" or ")}.`);
  }
  return agreementType === PURCHASE;
}
