import { missingForSelling } from "../../sellers/missing";
import type { BankAccount, ProductKind, SellerAccount, TaxForm, TaxInformation } from "../../sellers/seller";
import type { Problem } from "../../problem";
import type { Entity, JsonObject } from "../change-type";

/**
 * The seller's own entity. AWS names its change types (seller guide, "AWS Marketplace Management Portal permissions") but
 * publishes no documents for them: the members here are this package's, in the manner of the Catalog API.
 */
export const sellerType = "Seller@1.0";

/** What stays as it is once the seller is registered. */
export type Registration = {
  readonly LegalName: string;
  readonly Kind: "Individual" | "Business";
  readonly Country: string;
};

export type Information = {
  readonly DisplayName: string;
  readonly Description?: string;
  readonly Website?: string;
  readonly LogoUrl?: string;
  readonly Brands?: readonly string[];
  readonly Email: string;
  readonly TermsAccepted: boolean;
  readonly Sells: readonly ProductKind[];
  readonly Support?: { readonly Process: string; readonly Contact: string };
  readonly UpdateProcess?: string;
  readonly VulnerabilityProcess?: string;
  readonly GovCloud?: { readonly AccountId: string; readonly ItarConfirmed: boolean };
};

export type Disbursement = {
  readonly Tax: { readonly Form: TaxForm; readonly TaxpayerNumber: string; readonly VatNumber?: string };
  readonly Bank: {
    readonly Country: string;
    readonly RoutingNumber?: string;
    readonly AccountNumber?: string;
    readonly Iban?: string;
    readonly Bic?: string;
  };
  readonly BuyersIn?: readonly ("EMEA" | "KR")[];
  readonly KycCompleted?: boolean;
};

/** What DescribeEntity shows: of tax and bank numbers only the last digits. */
export type SellerDocument = {
  readonly Registration: Registration;
  readonly Information?: Information;
  readonly Disbursement?: Disbursement;
  readonly Verification?: Verification;
};

/** What may be sold, and what stands in the way of the rest. */
export type Verification = {
  readonly MaySell: readonly ProductKind[];
  readonly Missing: readonly { readonly Code: string; readonly Path: string; readonly Message: string }[];
};

export function sellerDocument(entity: Entity): SellerDocument {
  return entity.details as unknown as SellerDocument;
}

/** The entity with new facets, and what it may sell with them. */
export function withSeller(entity: Entity, facets: Partial<SellerDocument>): Pick<Entity, "details" | "submitted"> {
  const document = { ...sellerDocument(entity), ...facets };
  const { Information } = document;
  const Verification = Information && verify(document, Information.Sells);
  const details: SellerDocument = { ...document, ...(Verification && { Verification }) };
  return { details: details as JsonObject, submitted: entity.submitted };
}

/**
 * Numbers were looked at whole when they were sent and are masked since, so their form is not judged again: what passed
 * then passes.
 */
function verify(document: SellerDocument, wants: readonly ProductKind[]): Verification {
  const account = accountOf(document);
  const missing = (kinds: readonly ProductKind[]) =>
    missingForSelling(account, kinds).filter(({ path }) => document.Disbursement === undefined || !isNumber(path));
  return {
    MaySell: wants.filter((kind) => missing([kind]).length === 0),
    Missing: missing(wants).map(({ code, path, message }) => ({ Code: code, Path: path, Message: message })),
  };
}

function isNumber(path: string): boolean {
  return /^(?:tax|bank)\./.test(path);
}

/** The problems of a seller's tax form and bank account by themselves, with paths into `Disbursement`. */
export function disbursementProblems(document: SellerDocument, disbursement: Disbursement): Problem[] {
  return missingForSelling(accountOf({ ...document, Disbursement: disbursement }), ["paid"])
    .filter(({ path }) => path === "country" || path === "tax" || path === "bank" || isNumber(path))
    .map((problem) => ({ ...problem, path: problem.path.replaceAll(/(^|\.)([a-z])/g, upper) }));
}

/** The entity's facts as a declared seller, of numbers the last digits. What is not known yet reads as not given. */
export function accountOf({ Registration, Information, Disbursement }: SellerDocument): SellerAccount {
  const { Kind, LegalName, Country } = Registration;
  return {
    legalName: LegalName,
    kind: Kind === "Individual" ? "individual" : "business",
    country: Country,
    sells: Information?.Sells ?? [],
    profile: {
      displayName: Information?.DisplayName ?? "",
      description: Information?.Description,
      website: Information?.Website,
      logoUrl: Information?.LogoUrl,
      brands: Information?.Brands,
    },
    email: Information?.Email ?? "",
    termsAccepted: Information?.TermsAccepted ?? false,
    support: Information?.Support && { process: Information.Support.Process, contact: Information.Support.Contact },
    updateProcess: Information?.UpdateProcess,
    vulnerabilityProcess: Information?.VulnerabilityProcess,
    govCloud: Information?.GovCloud && {
      accountId: Information.GovCloud.AccountId,
      itarConfirmed: Information.GovCloud.ItarConfirmed,
    },
    tax: Disbursement && taxOf(Disbursement.Tax),
    bank: Disbursement && bankOf(Disbursement.Bank),
    buyersIn: Disbursement?.BuyersIn,
    kycCompleted: Disbursement?.KycCompleted,
  };
}

function taxOf({ Form, TaxpayerNumber, VatNumber }: Disbursement["Tax"]): TaxInformation {
  return { form: Form, taxpayerNumber: TaxpayerNumber, ...(VatNumber !== undefined && { vatNumber: VatNumber }) };
}

function bankOf({ Country, RoutingNumber, AccountNumber = "", Iban, Bic = "" }: Disbursement["Bank"]): BankAccount {
  if (RoutingNumber !== undefined)
    return { country: Country, routingNumber: RoutingNumber, accountNumber: AccountNumber } as BankAccount;
  if (Iban !== undefined) return { country: Country, iban: Iban, bic: Bic };
  return { country: Country, accountNumber: AccountNumber, bic: Bic };
}

function upper(_: string, before: string, letter: string): string {
  return before + letter.toUpperCase();
}
