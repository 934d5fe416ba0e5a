import type { TaxForm } from "./seller";

/** Where sellers of paid products reside or are incorporated. */
export interface Jurisdiction {
  readonly code: string;
  readonly name: string;
  readonly taxForm: TaxForm;
  /** What a business registers for, and how its number is written; none where there is no such tax. */
  readonly salesTax?: {
    readonly name: "VAT" | "GST" | "consumption tax";
    readonly pattern: RegExp;
    readonly example: string;
  };
  /** `US`: a US or virtual US account; `US or own`: also one of the country, if it takes US dollars. */
  readonly bank: "US" | "US or own";
}

type SalesTax = NonNullable<Jurisdiction["salesTax"]>;

const vat = (pattern: RegExp, example: string): SalesTax => ({ name: "VAT", pattern, example });
const eu = (code: string, name: string, pattern: RegExp, example: string): Jurisdiction => ({
  code,
  name,
  taxForm: "W-8",
  salesTax: vat(pattern, example),
  bank: "US",
});
const other = (code: string, name: string, salesTax?: SalesTax): Jurisdiction => ({
  code,
  name,
  taxForm: "W-8",
  bank: "US or own",
  ...(salesTax && { salesTax }),
});

/**
 * Eligible jurisdictions: seller guide, "Getting started as a seller" (2023; AWS may have added some since). Forms of VAT
 * numbers: European Commission, "VIES", structure of VAT identification numbers; others by each country's tax office.
 */
export const jurisdictions: readonly Jurisdiction[] = [
  { code: "US", name: "United States", taxForm: "W-9", bank: "US" },
  eu("AT", "Austria", /^ATU\d{8}$/, "ATU12345678"),
  eu("BE", "Belgium", /^BE[01]\d{9}$/, "BE0123456789"),
  eu("BG", "Bulgaria", /^BG\d{9,10}$/, "BG123456789"),
  eu("HR", "Croatia", /^HR\d{11}$/, "HR12345678901"),
  eu("CY", "Cyprus", /^CY\d{8}[A-Z]$/, "CY12345678X"),
  eu("CZ", "Czechia", /^CZ\d{8,10}$/, "CZ12345678"),
  eu("DK", "Denmark", /^DK\d{8}$/, "DK12345678"),
  eu("EE", "Estonia", /^EE\d{9}$/, "EE123456789"),
  eu("FI", "Finland", /^FI\d{8}$/, "FI12345678"),
  eu("FR", "France", /^FR[A-HJ-NP-Z\d]{2}\d{9}$/, "FR12345678901"),
  eu("DE", "Germany", /^DE\d{9}$/, "DE123456789"),
  eu("GR", "Greece", /^EL\d{9}$/, "EL123456789"),
  eu("HU", "Hungary", /^HU\d{8}$/, "HU12345678"),
  eu("IE", "Ireland", /^IE(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/, "IE1234567T"),
  eu("IT", "Italy", /^IT\d{11}$/, "IT12345678901"),
  eu("LV", "Latvia", /^LV\d{11}$/, "LV12345678901"),
  eu("LT", "Lithuania", /^LT(?:\d{9}|\d{12})$/, "LT123456789"),
  eu("LU", "Luxembourg", /^LU\d{8}$/, "LU12345678"),
  eu("MT", "Malta", /^MT\d{8}$/, "MT12345678"),
  eu("NL", "Netherlands", /^NL[\dA-Z+*]{10}\d{2}$/, "NL123456789B01"),
  eu("PL", "Poland", /^PL\d{10}$/, "PL1234567890"),
  eu("PT", "Portugal", /^PT\d{9}$/, "PT123456789"),
  eu("RO", "Romania", /^RO\d{2,10}$/, "RO12345678"),
  eu("SK", "Slovakia", /^SK\d{10}$/, "SK1234567890"),
  eu("SI", "Slovenia", /^SI\d{8}$/, "SI12345678"),
  eu("ES", "Spain", /^ES(?:[A-Z]\d{8}|\d{8}[A-Z]|[A-Z]\d{7}[A-Z])$/, "ESA12345678"),
  eu("SE", "Sweden", /^SE\d{12}$/, "SE123456789001"),
  other("AU", "Australia", { name: "GST", pattern: /^\d{11}$/, example: "51824753556" }),
  other("BH", "Bahrain", vat(/^\d{15}$/, "200000000000002")),
  other("CH", "Switzerland", vat(/^CHE\d{9}(?:MWST|TVA|IVA)?$/, "CHE123456789MWST")),
  other("GB", "United Kingdom", vat(/^GB(?:\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/, "GB123456789")),
  other("HK", "Hong Kong SAR"),
  other("IL", "Israel", vat(/^\d{9}$/, "000000018")),
  other("JP", "Japan", { name: "consumption tax", pattern: /^T\d{13}$/, example: "T1234567890123" }),
  other("NO", "Norway", vat(/^(?:NO)?\d{9}MVA$/, "NO123456789MVA")),
  other("NZ", "New Zealand", { name: "GST", pattern: /^\d{8,9}$/, example: "123456789" }),
  other("QA", "Qatar"),
  other("AE", "United Arab Emirates", vat(/^\d{15}$/, "100123456700003")),
];

const byCode = new Map(jurisdictions.map((one) => [one.code, one]));

/** Undefined where AWS Marketplace takes no sellers of paid products from. */
export function jurisdictionOf(country: string): Jurisdiction | undefined {
  return byCode.get(country);
}
