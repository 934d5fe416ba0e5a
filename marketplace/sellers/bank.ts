import { type Problem, unless } from "../problem";
import { hasIban, isAccountNumber, isBic, isIban, isRoutingNumber, isUsAccountNumber } from "./bank-numbers";
import type { Jurisdiction } from "./jurisdictions";
import type { BankAccount, SellerAccount } from "./seller";

/** AWS's code for an offer that it will not release for this reason: Catalog API, Release an offer. */
const code = "INCOMPATIBLE_PAYMENT_SETTINGS";

/**
 * The account to which AWS disburses in US dollars: one of the US, or a virtual one there, for sellers from the US and the
 * EU; elsewhere one of the country will do. Seller guide, "Getting started as a seller" and "Seller eligibility
 * requirements".
 */
export function checkBank({ bank }: SellerAccount, jurisdiction: Jurisdiction): Problem[] {
  const { code: own, name } = jurisdiction;
  const allowed = jurisdiction.bank === "US" || own === "US" ? ["US"] : ["US", own];
  const where = allowed.length === 1 ? "in the US" : `in the US or in ${name}`;
  const virtual = own === "US" ? "" : ", a virtual US account counts";
  if (bank === undefined) {
    return [{ code, path: "bank", message: `Give a bank account ${where} that takes US dollars${virtual}.` }];
  }
  if (!allowed.includes(bank.country)) {
    const message = `Sellers from ${name} are paid to an account ${where}, not in ${bank.country}${virtual}.`;
    return [{ code, path: "bank.country", message }];
  }
  return checkNumbers(bank);
}

function checkNumbers(bank: BankAccount): Problem[] {
  const { country } = bank;
  if ("routingNumber" in bank) {
    return [
      ...says(country === "US", "routingNumber", "Routing numbers are for banks of the US."),
      ...says(
        isRoutingNumber(bank.routingNumber),
        "routingNumber",
        "This is no ABA routing number: 9 digits, the last of which checks the others.",
      ),
      ...says(isUsAccountNumber(bank.accountNumber), "accountNumber", "An account of the US has 4 to 17 digits."),
    ];
  }
  const bic = says(
    isBic(bank.bic, country),
    "bic",
    `This is no BIC of a bank in ${country}: 8 or 11 characters, as DEUTDEFF.`,
  );
  if ("iban" in bank) {
    const message = `This is no IBAN of ${country}: its length or check digits are wrong.`;
    return [...says(isIban(bank.iban, country), "iban", message), ...bic];
  }
  if (country === "US") return says(false, "routingNumber", "A US account needs the bank's routing number.");
  if (hasIban(country)) return [...says(false, "iban", `Accounts in ${country} are given by their IBAN.`), ...bic];
  return [
    ...says(isAccountNumber(bank.accountNumber), "accountNumber", "An account number has 5 to 30 digits."),
    ...bic,
  ];
}

function says(fine: boolean, name: string, message: string): Problem[] {
  return unless(fine, code, `bank.${name}`, message);
}
