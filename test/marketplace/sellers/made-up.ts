import type { BankAccount, SellerAccount } from "../../../marketplace/sellers/seller";

export const usBank: BankAccount = { country: "US", routingNumber: "021000021", accountNumber: "000123456789" };

/** A business of the US that may sell everything. */
export const complete: SellerAccount = {
  legalName: "Northwind Software, Inc.",
  kind: "business",
  country: "US",
  sells: ["free", "byol", "paid", "govcloud"],
  profile: { displayName: "Northwind", description: "Makes tools for logs." },
  email: "marketplace@example.com",
  termsAccepted: true,
  support: { process: "We answer within a day.", contact: "support@example.com" },
  updateProcess: "A version each month, announced in the release notes.",
  vulnerabilityProcess: "Images are scanned nightly; advisories go to subscribers.",
  tax: { form: "W-9", taxpayerNumber: "12-3456789" },
  bank: usBank,
  govCloud: { accountId: "222233334444", itarConfirmed: true },
};

/** A German GmbH that may sell everything but to AWS GovCloud (US). */
export const german: SellerAccount = {
  ...complete,
  legalName: "Nordwind GmbH",
  country: "DE",
  tax: { form: "W-8", taxpayerNumber: "143/262/10020", vatNumber: "DE 123456789" },
  govCloud: undefined,
};
