import type { SellerAccount } from "./seller";

/**
 * What a seller does in the AWS Marketplace Management Portal, since AWS has no public API for it: seller guide,
 * "Registration process". Without any number.
 */
export function stepsByHand(seller: SellerAccount): string[] {
  const charges = seller.sells.includes("paid") || seller.sells.includes("byol");
  const kyc = (seller.buyersIn?.length ?? 0) > 0 || seller.bank?.country === "GB";
  return [
    "Settings: see that the public profile, support and legal name are as declared.",
    ...(charges && seller.tax
      ? [`Settings, Payment information: complete the tax interview (${seller.tax.form}).`]
      : []),
    ...(charges && seller.tax?.vatNumber !== undefined ? ["Tax settings: add the VAT or GST registration."] : []),
    ...(charges
      ? ["Settings, Payment information: add the bank account, have it verified, and choose disbursement."]
      : []),
    ...(kyc && seller.kycCompleted !== true ? ["Settings, Compliance: finish the Know Your Customer process."] : []),
    ...(seller.govCloud ? ["Ask AWS Marketplace seller operations to link the AWS GovCloud (US) account."] : []),
  ];
}
