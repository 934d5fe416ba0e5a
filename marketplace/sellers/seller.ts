/**
 * Who sells on AWS Marketplace, as a person declares it: AWS Marketplace seller guide, "Getting started as a seller",
 * "Seller eligibility requirements" and "Registration process".
 */
export interface SellerAccount {
  /** The company or person that signs: on tax forms and in agreements. */
  readonly legalName: string;
  readonly kind: "individual" | "business";
  /** Where an individual resides or a business is incorporated: two letters, ISO 3166-1. */
  readonly country: string;
  readonly sells: readonly ProductKind[];
  readonly profile: SellerProfile;
  /** Reachable, for AWS. */
  readonly email: string;
  /** AWS Marketplace's seller terms have been read and accepted. */
  readonly termsAccepted: boolean;
  readonly support?: { readonly process: string; readonly contact: string };
  /** How buyers get new versions. */
  readonly updateProcess?: string;
  /** How vulnerabilities are found, mended and told. */
  readonly vulnerabilityProcess?: string;
  readonly tax?: TaxInformation;
  readonly bank?: BankAccount;
  /** Buyers who are served through another company of AWS's, which asks for its Know Your Customer process. */
  readonly buyersIn?: readonly ("EMEA" | "KR")[];
  /** AWS's Know Your Customer process is finished. */
  readonly kycCompleted?: boolean;
  readonly govCloud?: { readonly accountId: string; readonly itarConfirmed: boolean };
}

/** `govcloud`: products in AWS GovCloud (US), besides what they cost. */
export type ProductKind = "free" | "byol" | "paid" | "govcloud";

export const productKinds: readonly ProductKind[] = ["free", "byol", "paid", "govcloud"];

/** What buyers see beside its products. */
export interface SellerProfile {
  readonly displayName: string;
  readonly description?: string;
  readonly website?: string;
  readonly logoUrl?: string;
  /** Company and product brands; names of images begin with one. By default the display name. */
  readonly brands?: readonly string[];
}

/** Numbers here are as secret as the person or company thinks: they are shown by their last digits only. */
export interface TaxInformation {
  readonly form: TaxForm;
  /** EIN, SSN or ITIN for a W-9; a taxpayer's number of the country for a W-8. */
  readonly taxpayerNumber: string;
  /** VAT or GST registration, with the country's prefix where it has one: `DE123456789`. */
  readonly vatNumber?: string;
}

export type TaxForm = "W-9" | "W-8";

/** Where disbursements go, in US dollars. A virtual US account counts as one of the US. */
export type BankAccount =
  | { readonly country: "US"; readonly routingNumber: string; readonly accountNumber: string }
  | { readonly country: string; readonly iban: string; readonly bic: string }
  | { readonly country: string; readonly accountNumber: string; readonly bic: string };
