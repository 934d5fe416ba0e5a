import { type Problem, unless } from "../problem";
import type { Jurisdiction } from "./jurisdictions";
import type { SellerAccount, TaxInformation } from "./seller";
import { isEin, isForeignTaxpayerNumber, isItin, isSalesTaxNumber, isSsn } from "./tax-numbers";

/** AWS's code for an offer that it will not release for this reason: Catalog API, Release an offer. */
const code = "INVALID_TAX_INFORMATION";

/**
 * The tax form and numbers of a seller who charges: W-9 for the US, W-8 and a VAT or GST registration elsewhere. Seller
 * guide, "Getting started as a seller". Individuals may be below the threshold for registering, so only a business must.
 */
export function checkTax(seller: SellerAccount, jurisdiction: Jurisdiction): Problem[] {
  const { tax } = seller;
  const { taxForm, name } = jurisdiction;
  if (tax === undefined) {
    const problem = { code, path: "tax", message: `Give a form ${taxForm}, as sellers from ${name} do.` };
    return [problem, ...checkSalesTax(seller, jurisdiction)];
  }
  return [
    ...unless(tax.form === taxForm, code, "tax.form", `Sellers from ${name} give a ${taxForm}, not a ${tax.form}.`),
    ...checkTaxpayer(seller, tax),
    ...checkSalesTax(seller, jurisdiction),
  ];
}

function checkTaxpayer({ kind }: SellerAccount, { form, taxpayerNumber }: TaxInformation): Problem[] {
  const at = "tax.taxpayerNumber";
  if (form === "W-8") {
    const message = "A taxpayer's number has 4 to 25 letters and digits.";
    return unless(isForeignTaxpayerNumber(taxpayerNumber), code, at, message);
  }
  if (kind === "business") return unless(isEin(taxpayerNumber), code, at, "A business gives its EIN: 12-3456789.");
  const fine = isSsn(taxpayerNumber) || isItin(taxpayerNumber) || isEin(taxpayerNumber);
  return unless(fine, code, at, "An individual gives an SSN, ITIN or EIN.");
}

function checkSalesTax({ kind, tax }: SellerAccount, jurisdiction: Jurisdiction): Problem[] {
  const { salesTax, name } = jurisdiction;
  const at = "tax.vatNumber";
  if (salesTax === undefined) return [];
  if (tax?.vatNumber === undefined) {
    const message = `Give the ${salesTax.name} registration of ${name}, written as ${salesTax.example}.`;
    return unless(kind === "individual", code, at, message);
  }
  const message = `This is no ${salesTax.name} registration of ${name}: it is written as ${salesTax.example}.`;
  return unless(isSalesTaxNumber(jurisdiction, tax.vatNumber), code, at, message);
}
