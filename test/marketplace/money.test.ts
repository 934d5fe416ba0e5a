import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  addAmounts,
  checkAmount,
  compareAmounts,
  multiplyAmount,
  plainAmount,
  showAmount,
} from "../../marketplace/money";

/** Amounts as whole numbers of a hundred-millionth, and as text. */
const units = fc.bigInt({ min: 0n, max: 10n ** 16n });
const text = (value: bigint) => `${value / 10n ** 8n}.${(value % 10n ** 8n).toString().padStart(8, "0")}`;

test("adding is exact, and in any order", () => {
  fc.assert(
    fc.property(units, units, (a, b) => {
      expect(addAmounts(text(a), text(b))).toBe(plainAmount(text(a + b)));
      expect(addAmounts(text(a), text(b))).toBe(addAmounts(text(b), text(a)));
    }),
  );
});

test("comparing agrees with whole numbers", () => {
  fc.assert(
    fc.property(units, units, (a, b) => {
      expect(Math.sign(compareAmounts(text(a), text(b)))).toBe(a === b ? 0 : a < b ? -1 : 1);
    }),
  );
});

test("multiplying is adding again and again", () => {
  fc.assert(
    fc.property(units, fc.nat({ max: 9000 }), (a, times) => {
      expect(multiplyAmount(text(a), times)).toBe(plainAmount(text(a * BigInt(times))));
    }),
  );
});

test("ten dimes are a dollar", () => {
  expect(addAmounts("0.1", "0.2")).toBe("0.3");
  expect(multiplyAmount("0.10", 10)).toBe("1");
});

test.each([
  ["0.125", 8, 0],
  ["100000000", 8, 0],
  ["100000000.00000001", 8, 1],
  ["0.123456789", 8, 1],
  ["0.1234", 3, 1],
  ["-1", 8, 1],
  ["1e3", 8, 1],
  ["", 8, 1],
  [".5", 8, 1],
  ["1,000", 8, 1],
  ["NaN", 8, 1],
])("the price %j with up to %i decimals has %i problems", (price, decimals, count) => {
  expect(checkAmount(price, "price", decimals)).toHaveLength(count);
});

test("amounts are shown with thousands and at least two decimals", () => {
  expect(showAmount("1234567.5", "USD")).toBe("USD 1,234,567.50");
  expect(showAmount("0.00000001", "EUR")).toBe("EUR 0.00000001");
});
