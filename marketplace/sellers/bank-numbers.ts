/** A bank of the US: American Bankers Association, "Routing number policy and procedures". */
export function isRoutingNumber(number: string): boolean {
  if (!/^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(number)) return false;
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
  return weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0) % 10 === 0;
}

/** Of a US bank: 4 to 17 digits, in the manner of Nacha's operating rules. */
export function isUsAccountNumber(number: string): boolean {
  return /^\d{4,17}$/.test(number);
}

/** Of a bank elsewhere that has no IBAN. */
export function isAccountNumber(number: string): boolean {
  return /^\d(?:[ -]?\d){4,29}$/.test(number);
}

/** How long an IBAN is in the countries of sellers that have it: SWIFT, "IBAN registry". */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "AE23 AT20 BE16 BG22 BH22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GR27 HR21 HU28",
    "IE22 IL23 IT27 LT20 LU20 LV21 MT31 NL18 NO15 PL28 PT25 QA29 RO24 SE24 SI19 SK24",
  ]
    .flatMap((line) => line.split(" "))
    .map((word) => [word.slice(0, 2), Number(word.slice(2))]),
);

/** Whether banks of a country give their accounts an IBAN. */
export function hasIban(country: string): boolean {
  return Object.hasOwn(ibanLengths, country);
}

/** An account's number with its check digits: ISO 13616. Spaces may divide it; `country` is the one it must be of. */
export function isIban(number: string, country: string): boolean {
  const plain = number.replaceAll(" ", "").toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]+$/.test(plain) || !plain.startsWith(country)) return false;
  return plain.length === ibanLengths[country] && remainderOf97(plain.slice(4) + plain.slice(0, 4)) === 1;
}

/** A bank: ISO 9362, eight or eleven characters with the country in the middle. */
export function isBic(code: string, country: string): boolean {
  return /^[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?$/.test(code) && code.slice(4, 6) === country;
}

/** Letters count as two digits: A is 10, Z is 35. */
function remainderOf97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
