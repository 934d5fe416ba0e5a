import type { Change, Json } from "../changes/change-type";
import {
  type Disbursement,
  type Information,
  type Registration,
  type SellerDocument,
  sellerType,
} from "../changes/seller/seller";
import { lastDigits } from "./last-digits";
import type { BankAccount, SellerAccount } from "./seller";

/** The changes that register a seller with its profile, in one change set; tax form and bank account are verified apart. */
export function planNewSeller(wanted: SellerAccount): Change[] {
  const details: Registration = {
    LegalName: wanted.legalName,
    Kind: wanted.kind === "individual" ? "Individual" : "Business",
    Country: wanted.country,
  };
  const create: Change = { changeType: "CreateSeller", entity: { type: sellerType }, changeName: "Seller", details };
  const { tax: _tax, bank: _bank, ...profile } = wanted;
  return [create, ...planSeller("$Seller.Entity.Identifier", { Registration: details }, profile, false)];
}

/**
 * The changes that make a registered seller as declared; none where it is so. What the entity shows of numbers are their
 * last digits, so whoever knows the last declaration says whether they are others now.
 */
export function planSeller(id: string, seen: SellerDocument, wanted: SellerAccount, newNumbers: boolean): Change[] {
  const entity = { type: sellerType, identifier: id };
  const information = informationOf(wanted);
  const disbursement = disbursementOf(wanted);
  const differs = newNumbers || !same(masked(disbursement), seen.Disbursement);
  return [
    ...(same(information, seen.Information)
      ? []
      : [{ changeType: "UpdateInformation", entity, details: information as Json }]),
    ...(disbursement !== undefined && differs
      ? [{ changeType: "UpdateDisbursementPreferences", entity, details: disbursement as Json }]
      : []),
  ];
}

function informationOf(seller: SellerAccount): Information {
  const { profile, support, govCloud } = seller;
  return defined({
    DisplayName: profile.displayName,
    Description: profile.description,
    Website: profile.website,
    LogoUrl: profile.logoUrl,
    Brands: profile.brands,
    Email: seller.email,
    TermsAccepted: seller.termsAccepted,
    Sells: seller.sells,
    Support: support && { Process: support.process, Contact: support.contact },
    UpdateProcess: seller.updateProcess,
    VulnerabilityProcess: seller.vulnerabilityProcess,
    GovCloud: govCloud && { AccountId: govCloud.accountId, ItarConfirmed: govCloud.itarConfirmed },
  });
}

function disbursementOf({ tax, bank, buyersIn, kycCompleted }: SellerAccount): Disbursement | undefined {
  if (tax === undefined || bank === undefined) return undefined;
  return defined({
    Tax: defined({ Form: tax.form, TaxpayerNumber: tax.taxpayerNumber, VatNumber: tax.vatNumber }),
    Bank: bankDocument(bank),
    BuyersIn: buyersIn,
    KycCompleted: kycCompleted,
  });
}

function bankDocument(bank: BankAccount): Disbursement["Bank"] {
  return defined({
    Country: bank.country,
    RoutingNumber: "routingNumber" in bank ? bank.routingNumber : undefined,
    AccountNumber: "accountNumber" in bank ? bank.accountNumber : undefined,
    Iban: "iban" in bank ? bank.iban : undefined,
    Bic: "bic" in bank ? bank.bic : undefined,
  });
}

/** As the entity shows it. */
function masked(disbursement: Disbursement | undefined): Disbursement | undefined {
  if (disbursement === undefined) return undefined;
  const { Tax, Bank } = disbursement;
  return defined({
    ...disbursement,
    Tax: defined({ ...Tax, TaxpayerNumber: lastDigits(Tax.TaxpayerNumber), VatNumber: shown(Tax.VatNumber) }),
    Bank: defined({
      ...Bank,
      RoutingNumber: shown(Bank.RoutingNumber),
      AccountNumber: shown(Bank.AccountNumber),
      Iban: shown(Bank.Iban),
    }),
  });
}

function shown(number: string | undefined): string | undefined {
  return number && lastDigits(number);
}

/** Without the members that are not given. */
function defined<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${name}:${canonical(member)}`).join()}}`;
}
