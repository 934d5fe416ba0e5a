import type { Jurisdiction } from "./jurisdictions";

/** Prefixes that the IRS has given out: "How EINs are assigned and valid EIN prefixes". */
const unusedEinPrefixes = new Set("00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split(" "));

/** An employer's number of the US: `12-3456789`, with or without the hyphen. */
export function isEin(number: string): boolean {
  return /^\d{2}-?\d{7}$/.test(number) && !unusedEinPrefixes.has(number.slice(0, 2));
}

/** A person's social security number: Social Security Administration, "The SSN numbering scheme". */
export function isSsn(number: string): boolean {
  return /^(?!000|666|9\d\d)\d{3}(-?)(?!00)\d{2}\1(?!0000)\d{4}$/.test(number);
}

/** A taxpayer's number for individuals who have none of social security: IRS, "Individual taxpayer identification number". */
export function isItin(number: string): boolean {
  return /^9\d\d(-?)(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\1\d{4}$/.test(number);
}

/** A taxpayer's number of some other country: those differ too much for more than this. */
export function isForeignTaxpayerNumber(number: string): boolean {
  return /^[A-Z\d](?:[ ./-]?[A-Z\d]){3,24}$/i.test(number);
}

/** A sales tax registration, spaces, dots and hyphens aside. Australia's and Israel's carry a check digit. */
export function isSalesTaxNumber({ code, salesTax }: Jurisdiction, number: string): boolean {
  const plain = number.toUpperCase().replaceAll(/[ .-]/g, "");
  if (salesTax?.pattern.test(plain) !== true) return false;
  if (code === "AU") return isAbn(plain);
  return code !== "IL" || passesLuhn(plain);
}

/** Australian Business Register, "Format of the ABN". */
function isAbn(digits: string): boolean {
  const weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
  const sum = weights.reduce((total, weight, i) => total + weight * (Number(digits[i]) - (i === 0 ? 1 : 0)), 0);
  return sum % 89 === 0;
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, i) => {
    const weighed = Number(digit) * ((digits.length - i) % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}
