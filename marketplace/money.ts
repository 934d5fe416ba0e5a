import type { Problem } from "./problem";

/** An amount of money as the catalog writes it: a decimal string. It never passes through a float. */
export type Amount = string;

/** The catalog's prices: at most 100,000,000 (API reference, PriceString). */
export const highestPrice = 100_000_000n;
/** Fractional digits that a usage or upfront rate may have. */
export const mostDecimals = 8;

/** An amount as an exact whole number of the smallest unit that its digits name. */
interface Decimal {
  readonly units: bigint;
  readonly decimals: number;
}

/** `parseAmount("0.125")` is 125 thousandths; undefined where the text is not a plain, unsigned decimal number. */
function parseAmount(text: string): Decimal | undefined {
  const parts = /^(\d{1,30})(?:\.(\d{0,30}))?$/.exec(text);
  if (!parts) return undefined;
  const fraction = parts[2] ?? "";
  return { units: BigInt(parts[1] + fraction), decimals: fraction.length };
}

/**
 * What is wrong with a price, if anything. In: the text, the most decimals it may have (8 for rates, 3 for upfront and
 * monthly amounts, 2 for charges) and the path to name. Out: INVALID_PRICE problems.
 */
export function checkAmount(text: string, path: string, decimals: number = mostDecimals): Problem[] {
  const say = (message: string): Problem[] => [{ code: "INVALID_PRICE", path, message }];
  const amount = parseAmount(text);
  if (!amount) {
    return say(`A price is a decimal number in a string, such as "0.125", not ${JSON.stringify(text.slice(0, 40))}.`);
  }
  if (amount.decimals > decimals) return say(`${text} has more than ${decimals} decimal places.`);
  if (amount.units > highestPrice * 10n ** BigInt(amount.decimals)) return say(`${text} is more than 100,000,000.`);
  return [];
}

/** True for a number that `checkAmount` accepts. */
export function isAmount(text: string, decimals: number = mostDecimals): boolean {
  return checkAmount(text, "", decimals).length === 0;
}

/** Negative, zero or positive, as `a` is less than, equal to or more than `b`: `compareAmounts("1.5", "1.50")` is 0. */
export function compareAmounts(a: Amount, b: Amount): number {
  const [left, right] = aligned(a, b);
  return left.units === right.units ? 0 : left.units < right.units ? -1 : 1;
}

/** Exact sum, in plain form. */
export function addAmounts(a: Amount, b: Amount): Amount {
  const [left, right] = aligned(a, b);
  return format({ units: left.units + right.units, decimals: left.decimals });
}

/** What is left of `a` after taking `b` away, never less than nothing. */
export function takeFromAmount(a: Amount, b: Amount): Amount {
  const [left, right] = aligned(a, b);
  return format({ units: left.units > right.units ? left.units - right.units : 0n, decimals: left.decimals });
}

/** Exact product with a whole number: hours of a month, say. */
export function multiplyAmount(a: Amount, times: number): Amount {
  if (!Number.isSafeInteger(times) || times < 0) throw new RangeError(`${times} is not a whole number of times.`);
  const amount = mustParse(a);
  return format({ units: amount.units * BigInt(times), decimals: amount.decimals });
}

/** So many parts of a whole, rounded half up to cents or to as many decimals as said: `shareOfAmount("100", 1, 3)` is `33.33`. */
export function shareOfAmount(a: Amount, parts: number, whole: number, places: number = 2): Amount {
  const { units, decimals } = mustParse(a);
  const divisor = BigInt(whole) * 10n ** BigInt(decimals);
  const rounded = (units * BigInt(parts) * 10n ** BigInt(places) * 2n + divisor) / (divisor * 2n);
  return format({ units: rounded, decimals: places });
}

/** The shortest way to write the same amount: `plainAmount("00.1500")` is `0.15`. */
export function plainAmount(a: Amount): Amount {
  return format(mustParse(a));
}

/** Digits after the point that amounts of a currency can be paid in: 2 of USD, none of JPY (ISO 4217). */
export function minorDigits(currency: string): number {
  return currency === "JPY" ? 0 : 2;
}

/** For people: `showAmount("1234.5", "USD")` is `USD 1,234.50`. */
export function showAmount(a: Amount, currency: string): string {
  const [whole = "0", fraction = ""] = plainAmount(a).split(".");
  return `${currency} ${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction.padEnd(2, "0")}`;
}

export function isZero(a: Amount): boolean {
  return parseAmount(a)?.units === 0n;
}

function mustParse(text: Amount): Decimal {
  const amount = parseAmount(text);
  if (!amount) throw new RangeError(`${JSON.stringify(text)} is not an amount of money.`);
  return amount;
}

function aligned(a: Amount, b: Amount): [Decimal, Decimal] {
  const left = mustParse(a);
  const right = mustParse(b);
  const decimals = Math.max(left.decimals, right.decimals);
  return [widen(left, decimals), widen(right, decimals)];
}

function widen(amount: Decimal, decimals: number): Decimal {
  return { units: amount.units * 10n ** BigInt(decimals - amount.decimals), decimals };
}

function format({ units, decimals }: Decimal): Amount {
  const digits = units.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
