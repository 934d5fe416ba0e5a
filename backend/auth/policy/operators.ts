import { BlockList, isIP, isIPv6 } from "node:net";

import { arnMatcher, type Matcher, NO_CONTEXT } from "./arn";
import { matchesGlob } from "./glob";
import type { RequestContext } from "./request";
import { compileTemplate, fillGlob, fillText, isConstant } from "./template";

/** A way to compare: IAM User Guide, "IAM JSON policy elements: Condition operators". */
export interface Operator {
  /** Makes the test for one value of the policy. */
  readonly compile: (expected: string, variables: boolean) => Matcher;
  /** `StringNotEquals`: holds where no value of the policy fits, also where the request has no such key. */
  readonly negated: boolean;
}

/** All of them but `Null`, which asks for the key and not its value; by name in lower case. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: is(text((expected) => (actual) => actual === expected)),
    StringNotEquals: not(text((expected) => (actual) => actual === expected)),
    StringEqualsIgnoreCase: is(text(sameLetters)),
    StringNotEqualsIgnoreCase: not(text(sameLetters)),
    StringLike: is(like),
    StringNotLike: not(like),
    NumericEquals: is(text(compare(numberOf, (a, b) => a === b))),
    NumericNotEquals: not(text(compare(numberOf, (a, b) => a === b))),
    NumericLessThan: is(text(compare(numberOf, (a, b) => a < b))),
    NumericLessThanEquals: is(text(compare(numberOf, (a, b) => a <= b))),
    NumericGreaterThan: is(text(compare(numberOf, (a, b) => a > b))),
    NumericGreaterThanEquals: is(text(compare(numberOf, (a, b) => a >= b))),
    DateEquals: is(text(compare(dateOf, (a, b) => a === b))),
    DateNotEquals: not(text(compare(dateOf, (a, b) => a === b))),
    DateLessThan: is(text(compare(dateOf, (a, b) => a < b))),
    DateLessThanEquals: is(text(compare(dateOf, (a, b) => a <= b))),
    DateGreaterThan: is(text(compare(dateOf, (a, b) => a > b))),
    DateGreaterThanEquals: is(text(compare(dateOf, (a, b) => a >= b))),
    Bool: is(text(sameLetters)),
    BinaryEquals: is(text((expected) => (actual) => bytesOf(actual) === bytesOf(expected))),
    IpAddress: is(text(addressRange)),
    NotIpAddress: not(text(addressRange)),
    ArnEquals: is(arnMatcher),
    ArnLike: is(arnMatcher),
    ArnNotEquals: not(arnMatcher),
    ArnNotLike: not(arnMatcher),
  }).map(([name, operator]) => [name.toLowerCase(), operator]),
);

type Compile = Operator["compile"];

function is(compile: Compile): Operator {
  return { compile, negated: false };
}

function not(compile: Compile): Operator {
  return { compile, negated: true };
}

/** A comparison with the policy's text once its variables are filled in, made only once where it has none. */
function text(make: (expected: string) => (actual: string) => boolean): Compile {
  return (expected, variables) => {
    const template = compileTemplate(expected, variables);
    if (isConstant(template)) return make(fillText(template, NO_CONTEXT) ?? "");
    return (actual: string, context: RequestContext) => {
      const filled = fillText(template, context);
      return filled !== undefined && make(filled)(actual);
    };
  };
}

function like(expected: string, variables: boolean): Matcher {
  const template = compileTemplate(expected, variables);
  const constant = isConstant(template) ? fillGlob(template, NO_CONTEXT) : undefined;
  return (actual, context) => {
    const glob = constant ?? fillGlob(template, context);
    return glob !== undefined && matchesGlob(glob, actual);
  };
}

function sameLetters(expected: string): (actual: string) => boolean {
  const lower = expected.toLowerCase();
  return (actual) => actual.toLowerCase() === lower;
}

/** What is no number, or no date, compares as false with everything: NaN does that. */
function compare(read: (text: string) => number, holds: (actual: number, expected: number) => boolean) {
  return (expected: string) => {
    const limit = read(expected);
    return (actual: string) => holds(read(actual), limit);
  };
}

function numberOf(value: string): number {
  return /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

const DATE = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;

/** A date of ISO 8601, in UTC where it does not say, or seconds since 1970. */
function dateOf(value: string): number {
  if (/^\d{5,}(\.\d+)?$/.test(value)) return Number(value) * 1000;
  if (!DATE.test(value)) return Number.NaN;
  return Date.parse(/T[\d:.]+$/.test(value) ? `${value}Z` : value);
}

function bytesOf(value: string): string {
  return Buffer.from(value, "base64").toString("hex");
}

/** `203.0.113.0/24`, `2001:db8::/32`, or one address. */
function addressRange(expected: string): (actual: string) => boolean {
  const [address = "", bits] = expected.split("/");
  const longest = isIPv6(address) ? 128 : 32;
  const prefix = bits === undefined ? longest : Number(bits);
  if (isIP(address) === 0 || !(Number.isInteger(prefix) && prefix >= 0 && prefix <= longest)) return () => false;
  const range = new BlockList();
  range.addSubnet(address, prefix, familyOf(address));
  return (actual) => isIP(actual) !== 0 && range.check(actual, familyOf(actual));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}
