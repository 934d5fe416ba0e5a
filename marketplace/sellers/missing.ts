import { type Problem, unless } from "../problem";
import { checkBank } from "./bank";
import { type Jurisdiction, jurisdictionOf } from "./jurisdictions";
import type { ProductKind, SellerAccount } from "./seller";
import { checkTax } from "./tax";

/**
 * Everything that stands between a seller and what it wants to sell, in one list. Texts never hold a tax or bank number.
 * Codes: AWS's own where it refuses an offer for the same reason (Catalog API, Release an offer), else
 * MISSING_SELLER_INFORMATION.
 *
 * @param wants by default what the seller declares to sell
 */
export function missingForSelling(seller: SellerAccount, wants: readonly ProductKind[] = seller.sells): Problem[] {
  const charges = wants.filter((kind) => kind === "paid" || kind === "byol");
  return [
    ...checkAll(seller),
    ...(charges.length > 0 ? checkCharging(seller, charges) : []),
    ...(wants.includes("govcloud") ? checkGovCloud(seller) : []),
  ];
}

/** Every seller, also of free products only: seller guide, "Seller eligibility requirements". */
function checkAll(seller: SellerAccount): Problem[] {
  const { profile, support } = seller;
  return [
    ...present(seller.legalName, "legalName", "Name the company or person that signs."),
    ...present(profile.displayName, "profile.displayName", "Say what buyers know the seller by."),
    ...present(profile.description, "profile.description", "A public profile says who the seller is."),
    ...unless(
      /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(seller.email),
      missing,
      "email",
      "Give an e-mail address at which AWS reaches you.",
    ),
    ...unless(seller.termsAccepted, missing, "termsAccepted", "Accept AWS Marketplace's seller terms."),
    ...present(support?.process, "support.process", "Say how buyers are supported."),
    ...present(support?.contact, "support.contact", "Say whom buyers write to or call for support."),
    ...present(seller.updateProcess, "updateProcess", "Say how buyers get updates."),
    ...present(seller.vulnerabilityProcess, "vulnerabilityProcess", "Say how vulnerabilities are mended and told."),
    ...unless(
      /^[A-Z]{2}$/.test(seller.country),
      missing,
      "country",
      `Give the ${seat(seller)} as two letters, such as DE.`,
    ),
  ];
}

/** Charging for software, also by licenses that are bought elsewhere: the same page. */
function checkCharging(seller: SellerAccount, charges: readonly ProductKind[]): Problem[] {
  const jurisdiction = jurisdictionOf(seller.country);
  if (jurisdiction === undefined) return [notEligible(seller, charges)];
  return [...checkTax(seller, jurisdiction), ...checkBank(seller, jurisdiction), ...checkKyc(seller, jurisdiction)];
}

function notEligible(seller: SellerAccount, charges: readonly ProductKind[]): Problem {
  const own = seller.country === "IN" ? " India has a registration of its own with AWS." : "";
  const message = `With ${seat(seller)} ${seller.country} a seller lists free products only, not ${charges.join(" and ")} ones.${own}`;
  return { code: unverified, path: "country", message };
}

/** Selling through AWS EMEA SARL or in Korea, and bank accounts in the UK: seller guide, "Registration process". */
function checkKyc(seller: SellerAccount, { bank }: Jurisdiction): Problem[] {
  const reasons = [
    ...(seller.buyersIn ?? []).map((where) => (where === "KR" ? "buyers in Korea" : "buyers of AWS EMEA SARL")),
    ...(bank === "US or own" && seller.bank?.country === "GB" ? ["a bank account in the UK"] : []),
  ];
  const message = `Finish AWS's Know Your Customer process: it is asked for with ${reasons.join(" and ")}.`;
  return unless(reasons.length === 0 || seller.kycCompleted === true, unverified, "kycCompleted", message);
}

/** Seller guide, "Getting started as a seller", AWS GovCloud (US). */
function checkGovCloud({ govCloud }: SellerAccount): Problem[] {
  return [
    ...unless(
      /^\d{12}$/.test(govCloud?.accountId ?? ""),
      unverified,
      "govCloud.accountId",
      "Give your AWS GovCloud (US) account: 12 digits.",
    ),
    ...unless(
      govCloud?.itarConfirmed === true,
      unverified,
      "govCloud.itarConfirmed",
      "Confirm that products in AWS GovCloud (US) are handled under ITAR.",
    ),
  ];
}

const missing = "MISSING_SELLER_INFORMATION";
const unverified = "INCOMPATIBLE_SELLER_VERIFICATION";

function present(text: string | undefined, path: string, message: string): Problem[] {
  return unless(text !== undefined && text.trim() !== "", missing, path, message);
}

function seat({ kind }: SellerAccount): string {
  return kind === "individual" ? "country of residence" : "country of incorporation";
}
