import { expect, test } from "vitest";

import { decide, readPolicy, RequestContext } from "../../../../backend/auth/policy";

type Values = string | readonly string[];

/** Whether a statement with this one condition applies to a request with these keys. */
function holds(
  operator: string,
  policyValues: unknown,
  actual: Values | undefined,
  others: Record<string, Values> = {},
) {
  const statement = {
    Effect: "Allow",
    Action: "*",
    Resource: "*",
    Condition: { [operator]: { "aws:Key": policyValues } },
  };
  const { policy, problems } = readPolicy(JSON.stringify({ Version: "2012-10-17", Statement: statement }), "identity");
  expect(problems).toEqual([]);
  const context = new RequestContext({ "aws:key": actual, ...others });
  const requester = {
    kind: "user",
    accountId: "111122223333",
    arn: "arn:aws:iam::111122223333:user/ana",
    id: "AIDA1",
  } as const;
  const request = { requester, action: "s3:GetObject", resource: "*", context };
  return decide(request, { identity: policy === undefined ? [] : [policy] }).allowed;
}

test.each<[operator: string, policy: unknown, actual: Values | undefined, expected: boolean]>([
  ["StringEquals", "a", "a", true],
  ["StringEquals", "a", "A", false],
  ["StringEquals", ["b", "a"], "a", true],
  ["StringEquals", "a*", "ab", false],
  ["StringEquals", "a", undefined, false],
  ["StringEqualsIfExists", "a", undefined, true],
  ["StringEqualsIfExists", "a", "b", false],
  ["StringNotEquals", "a", "b", true],
  ["StringNotEquals", ["a", "b"], "b", false],
  ["StringNotEquals", "a", undefined, true],
  ["StringEqualsIgnoreCase", "Abc", "aBC", true],
  ["StringEqualsIgnoreCase", "Abc", "aBCd", false],
  ["StringNotEqualsIgnoreCase", "Abc", "aBC", false],
  ["StringNotEqualsIgnoreCase", "Abc", "d", true],
  ["StringLike", "a*c", "abbc", true],
  ["StringLike", "a?c", "abbc", false],
  ["StringLike", "a?c", "abc", true],
  ["StringLike", "A*", "abc", false],
  ["StringLike", "*", "", true],
  ["StringLike", "*", undefined, false],
  ["StringNotLike", "a*", "abc", false],
  ["StringNotLike", "a*", "b", true],
  ["NumericEquals", 5, "5.0", true],
  ["NumericEquals", "5", "6", false],
  ["NumericEquals", "5", "five", false],
  ["NumericNotEquals", "5", "6", true],
  ["NumericNotEquals", "5", "5", false],
  ["NumericLessThan", "5", "4.9", true],
  ["NumericLessThan", "5", "5", false],
  ["NumericLessThanEquals", "5", "5", true],
  ["NumericGreaterThan", "5", "10", true],
  ["NumericGreaterThan", "5", "5", false],
  ["NumericGreaterThanEquals", "5", "5", true],
  ["NumericGreaterThanEquals", "5", "-5", false],
  ["NumericLessThan", "5", undefined, false],
  ["NumericLessThanIfExists", "5", undefined, true],
  ["NumericNotEquals", "5", undefined, true],
  ["DateEquals", "2026-01-01T00:00:00Z", "1767225600", true],
  ["DateEquals", "2026-01-01", "2026-01-01T00:00:00Z", true],
  ["DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", true],
  ["DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", true],
  ["DateLessThan", "2026-01-01T00:00:00Z", "yesterday", false],
  ["DateEquals", "2026-01-01T00:00:00", "2026-01-01T00:00:00Z", true],
  ["DateEquals", "2026-01", "2026-01-01T00:00Z", true],
  ["DateEquals", "2026-01-01T00:00:00-01:00", "2026-01-01T01:00:00Z", true],
  ["DateNotEqualsIfExists", "2026-01-01", undefined, true],
  ["DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", true],
  ["DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-02", true],
  ["DateGreaterThan", "2026-01-01T00:00:00Z", "2025-01-02", false],
  ["DateGreaterThanEquals", "1767225600", "2026-01-01T00:00:00Z", true],
  ["Bool", "true", "true", true],
  ["Bool", true, "True", true],
  ["Bool", "false", "true", false],
  ["Bool", "false", undefined, false],
  ["BoolIfExists", "true", undefined, true],
  ["BinaryEquals", "QmlOYXJ5", "QmlOYXJ5", true],
  ["BinaryEquals", "QmlOYXJ5", "QmlOYXJ6", false],
  ["BinaryEquals", "QmlOYXJ5", undefined, false],
  ["BinaryEqualsIfExists", "QmlOYXJ5", undefined, true],
  ["IpAddress", "203.0.113.0/24", "203.0.113.9", true],
  ["IpAddress", "203.0.113.0/24", "203.0.114.9", false],
  ["IpAddress", "203.0.113.9", "203.0.113.9", true],
  ["IpAddress", ["198.51.100.0/24", "2001:db8::/32"], "2001:db8::1", true],
  ["IpAddress", "0.0.0.0/0", "2001:db8::1", false],
  ["IpAddress", "203.0.113.0/24", "nowhere", false],
  ["IpAddress", "203.0.113.0/99", "203.0.113.9", false],
  ["NotIpAddress", "203.0.113.0/24", "203.0.113.9", false],
  ["NotIpAddress", "203.0.113.0/24", "198.51.100.1", true],
  ["NotIpAddress", "203.0.113.0/24", undefined, true],
  ["NotIpAddress", ["203.0.113.0/24", "2001:db8::/32"], "2001:db8:0:1::9", false],
  ["IpAddress", "2001:db8::/32", "203.0.113.9", false],
  ["IpAddress", "2001:DB8:0:0::1", "2001:db8::1", true],
  ["IpAddress", "::/0", "2001:db8::1", true],
  ["IpAddress", "0.0.0.0/0", "203.0.113.9", true],
  ["IpAddressIfExists", "203.0.113.0/24", undefined, true],
  ["ArnEquals", "arn:aws:sns:*:111122223333:topic", "arn:aws:sns:us-east-1:111122223333:topic", true],
  ["ArnLike", "arn:aws:sns:*:444455556666:t", "arn:aws:sns:us-east-1:111122223333:444455556666:t", false],
  ["ArnLike", "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a:b/c", true],
  ["ArnLike", "arn:aws:s3:::b?cket", "arn:aws:s3:::bucket", true],
  ["ArnNotEquals", "arn:aws:s3:::bucket", "arn:aws:s3:::bucket", false],
  ["ArnNotLike", "arn:aws:s3:::bucket*", "arn:aws:s3:::other", true],
  ["ArnLike", "arn:*:*:*:*:*", "arn:aws:s3:::bucket", true],
  ["ArnLike", "arn:aws:*", "arn:aws:s3:::bucket", true],
  ["ArnLike", "*", "arn:aws:s3:::bucket", true],
  ["ArnLike", "arn:aws:iam::11112222????:user/*", "arn:aws:iam::111122223333:user/ana", true],
  ["ArnEquals", "arn:aws:s3:::Bucket", "arn:aws:s3:::bucket", false],
  ["ArnNotEquals", "arn:aws:s3:::bucket", undefined, true],
  ["ArnLikeIfExists", "arn:aws:s3:::bucket", undefined, true],
  ["Null", "true", undefined, true],
  ["Null", true, "a", false],
  ["Null", "false", "a", true],
  ["Null", "false", [], false],
  ["ForAllValues:StringEquals", ["a", "b"], ["b", "a"], true],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
  ["ForAllValues:StringEquals", ["a"], undefined, true],
  ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], true],
  ["ForAnyValue:StringEquals", ["a", "b"], ["c"], false],
  ["ForAnyValue:StringEquals", ["a"], undefined, false],
  ["ForAnyValue:StringEqualsIfExists", ["a"], undefined, true],
  ["ForAllValues:StringEqualsIfExists", ["a"], ["b"], false],
  ["ForAllValues:StringEquals", ["a"], [], true],
  ["ForAnyValue:StringNotEquals", ["a"], undefined, false],
  ["ForAllValues:StringNotLike", ["a*"], ["b", "ab"], false],
  ["ForAnyValue:NumericLessThan", ["5"], ["9", "4"], true],
  ["ForAnyValue:ArnLike", ["arn:aws:s3:::b*"], ["arn:aws:s3:::a", "arn:aws:s3:::b"], true],
  ["StringEquals", ["a"], ["b", "a"], true],
  ["StringNotEquals", ["a"], ["b", "a"], false],
  ["StringNotEqualsIfExists", "a", undefined, true],
  ["ForAnyValue:StringLike", ["x*"], ["a", "xy"], true],
  ["ForAllValues:StringNotEquals", ["a"], ["b", "c"], true],
  ["ForAllValues:StringNotEquals", ["a"], ["b", "a"], false],
  ["ForAnyValue:StringNotEquals", ["a"], ["a"], false],
  ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
  ["stringequals", "a", "a", true],
])("%s %j fits %j: %s", (operator, policy, actual, expected) => {
  expect(holds(operator, policy, actual)).toBe(expected);
});

test.each<[pattern: string, actual: string, expected: boolean]>([
  ["${aws:username}", "ana", true],
  ["home/${aws:username}/*", "home/ana/x", true],
  ["home/${aws:username}/*", "home/bob/x", false],
  ["${aws:PrincipalTag/team}", "ana", false],
  ["${aws:PrincipalTag/team, 'none'}", "none", true],
  ["${aws:wild}", "anything", false],
  ["${aws:wild}", "any*", true],
  ["a${*}b", "a*b", true],
  ["a${*}b", "axb", false],
  ["a${?}", "a?", true],
  ["${$}{aws:username}", "${aws:username}", true],
])("StringLike %s fits %s for the user ana: %s", (pattern, actual, expected) => {
  expect(holds("StringLike", pattern, actual, { "aws:username": "ana", "aws:wild": "any*" })).toBe(expected);
});

test("a date without a zone is of UTC, wherever the marketplace runs", () => {
  const zone = process.env["TZ"];
  process.env["TZ"] = "America/New_York";
  try {
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(300);
    expect(holds("DateEquals", "2026-01-01T00:00:00", "2026-01-01T00:00:00Z")).toBe(true);
  } finally {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  }
});
