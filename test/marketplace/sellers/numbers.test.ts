import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { isBic, isIban, isRoutingNumber } from "../../../marketplace/sellers/bank-numbers";
import { jurisdictionOf, jurisdictions } from "../../../marketplace/sellers/jurisdictions";
import { lastDigits } from "../../../marketplace/sellers/last-digits";
import { isEin, isItin, isSalesTaxNumber, isSsn } from "../../../marketplace/sellers/tax-numbers";

test.each([
  [isEin, "12-3456789", true],
  [isEin, "123456789", true],
  [isEin, "00-3456789", false],
  [isEin, "07-3456789", false],
  [isEin, "12-345678", false],
  [isSsn, "219-09-9999", true],
  [isSsn, "219099999", true],
  [isSsn, "000-09-9999", false],
  [isSsn, "666-09-9999", false],
  [isSsn, "900-09-9999", false],
  [isSsn, "219-00-9999", false],
  [isSsn, "219-09-0000", false],
  [isSsn, "219-099999", false],
  [isItin, "900-70-0000", true],
  [isItin, "900-93-0000", false],
  [isItin, "800-70-0000", false],
  [isRoutingNumber, "021000021", true],
  [isRoutingNumber, "011401533", true],
  [isRoutingNumber, "021000022", false],
  [isRoutingNumber, "991000021", false],
])("%o of %s is %s", (check, number, fine) => {
  expect(check(number)).toBe(fine);
});

test("one wrong digit of a routing number is always found", () => {
  assert(
    property(integer({ min: 0, max: 8 }), integer({ min: 1, max: 9 }), (place, more) => {
      const digits = [..."021000021"];
      digits[place] = String((Number(digits[place]) + more) % 10);
      expect(isRoutingNumber(digits.join(""))).toBe(false);
    }),
  );
});

test.each([
  ["DE", "DE89 3704 0044 0532 0130 00", true],
  ["GB", "GB29NWBK60161331926819", true],
  ["NO", "NO9386011117947", true],
  ["DE", "DE88370400440532013000", false],
  ["FR", "DE89370400440532013000", false],
  ["DE", "DE8937040044053201300", false],
  ["US", "US89370400440532013000", false],
])("as an IBAN of %s, %s is %s", (country, iban, fine) => {
  expect(isIban(iban, country)).toBe(fine);
});

test.each([
  ["DEUTDEFF", "DE", true],
  ["DEUTDEFF500", "DE", true],
  ["DEUTDEFF", "FR", false],
  ["DEUTDE", "DE", false],
])("as a BIC, %s in %s is %s", (bic, country, fine) => {
  expect(isBic(bic, country)).toBe(fine);
});

test("every jurisdiction takes its own example of a sales tax number, and no other's text", () => {
  for (const jurisdiction of jurisdictions) {
    const { salesTax, code } = jurisdiction;
    if (salesTax === undefined) continue;
    expect([code, isSalesTaxNumber(jurisdiction, salesTax.example)]).toEqual([code, true]);
    expect(isSalesTaxNumber(jurisdiction, "none")).toBe(false);
  }
});

test.each([
  ["AU", "51 824 753 556", true],
  ["AU", "51 824 753 557", false],
  ["IL", "512345673", false],
  ["IL", "000000018", true],
  ["IE", "IE6388047V", true],
  ["NL", "NL123456789B01", true],
  ["GR", "GR123456789", false],
])("a sales tax number of %s, %s, is %s", (country, number, fine) => {
  const jurisdiction = jurisdictionOf(country);
  expect(jurisdiction && isSalesTaxNumber(jurisdiction, number)).toBe(fine);
});

test.each([
  ["12-3456789", "*****6789"],
  ["000123456789", "*****6789"],
  ["12345", "*****45"],
  ["1234", "*****"],
])("%s is shown as %s", (number, shown) => {
  expect(lastDigits(number)).toBe(shown);
});
