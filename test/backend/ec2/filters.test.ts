import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wildcardTest } from "../../../backend/ec2/filters";

test.each([
  ["al2023*", "al2023-ami", true],
  ["al2023*", "xal2023", false],
  ["*x86_64", "al2023-x86_64", true],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["a\\*c", "a*c", true],
  ["a\\*c", "abc", false],
  ["*a*b*", "xxaxxbxx", true],
  ["*a*b*", "xxbxxaxx", false],
  ["", "", true],
  ["*", "", true],
  ["?", "", false],
])("the filter value %j on %j: %s", (pattern, text, matches) => {
  expect(wildcardTest(pattern)(text)).toBe(matches);
});

test("a filter value matches exactly what the same regular expression matches", () => {
  const letters = fc.constantFrom("a", "b", "*", "?");
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 8 }), fc.array(fc.constantFrom("a", "b"), { maxLength: 10 }), (p, t) => {
      const pattern = p.join("");
      const expression = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
      expect(wildcardTest(pattern)(t.join(""))).toBe(expression.test(t.join("")));
    }),
  );
});

test("a filter value full of wildcards is answered at once", () => {
  const begun = performance.now();
  expect(wildcardTest(`${"*a".repeat(60)}b`)("a".repeat(5000))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(1000);
});
