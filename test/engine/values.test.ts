import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formerUrns } from "../../engine/program/aliases";
import { diffInputs } from "../../engine/steps/object-diff";
import { formatPath, parsePath, resetPaths } from "../../engine/values/property-path";
import { Secrets } from "../../engine/state/secrets";
import { Targets } from "../../engine/steps/targets";
import { makeUrn, nameOf, typeOf } from "../../engine/state/urn";
import { makeSecret, remarkSecrets, type PropertyMap } from "../../engine/values/values";

test.each([
  ["tags.team", ["tags", "team"]],
  ["rules[0].port", ["rules", 0, "port"]],
  ['labels["a.b"]', ["labels", "a.b"]],
  ["rules[*].port", ["rules", "*", "port"]],
  ["*", ["*"]],
])("the path %s has the steps %j", (text, steps) => {
  expect(parsePath(text)).toEqual(steps);
});

test("a path of names and indexes reads back as it was written", () => {
  const step = fc.oneof(fc.stringMatching(/^[a-z][a-z.]{0,5}$/), fc.nat({ max: 9 }));
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]+$/), fc.array(step), (first, rest) => {
      expect(parsePath(formatPath([first, ...rest]))).toEqual([first, ...rest]);
    }),
  );
});

test.each<[string, PropertyMap, PropertyMap, PropertyMap]>([
  ["a.b", { a: { b: 1, c: 1 } }, { a: { b: 2, c: 2 } }, { a: { b: 1, c: 2 } }],
  ["gone", {}, { gone: 1, kept: 2 }, { kept: 2 }],
  ["list[1]", { list: [1, 2] }, { list: [3, 4] }, { list: [3, 2] }],
  ["tags.*", { tags: { a: 1 } }, { tags: { a: 2, b: 3 } }, { tags: { a: 1 } }],
  [
    "list[*].p",
    { list: [{ p: 1 }, { p: 2 }] },
    { list: [{ p: 9 }, { p: 9, q: 1 }] },
    { list: [{ p: 1 }, { p: 2, q: 1 }] },
  ],
  ["s", { s: makeSecret("old") }, { s: "new" }, { s: makeSecret("old") }],
])("ignoring changes of %s keeps the old value there", (path, olds, news, expected) => {
  expect(resetPaths(news, olds, [path])).toEqual({ inputs: expected, invalid: [] });
});

test("a path that came or went in part cannot be ignored, and is named", () => {
  expect(resetPaths({ a: { b: 1 } }, {}, ["a.b"]).invalid).toEqual([]);
  expect(resetPaths({ list: [1] }, { list: [1, 2] }, ["list[1]"]).invalid).toEqual(["list[1]"]);
});

test("a diff of inputs names every path that changed, and how", () => {
  const diff = diffInputs({ a: 1, b: { c: [1, 2], d: 1 }, s: makeSecret("x") }, { b: { c: [1, 3, 4] }, e: 1, s: "x" });
  expect(diff.keys).toEqual(["a", "b", "e"]);
  expect(
    Object.entries(diff.detailed)
      .map(([path, { kind }]) => `${kind} ${path}`)
      .toSorted(),
  ).toEqual(["add b.c[2]", "add e", "delete a", "delete b.d", "update b.c[1]"].toSorted());
});

test("a child of a renamed parent is found under the name that its parent's old name gives it", () => {
  const parent = makeUrn("dev", "p", "", "my:Group", "new");
  const oldParent = makeUrn("dev", "p", "", "my:Team", "old");
  const child = { name: "new-part", type: "t:m:T", parent, aliases: [{ name: "piece" }] };
  expect(formerUrns(child, "dev", "p", new Map([[parent, oldParent]]))).toEqual([
    makeUrn("dev", "p", parent, "t:m:T", "piece"),
    makeUrn("dev", "p", oldParent, "t:m:T", "old-part"),
    makeUrn("dev", "p", oldParent, "t:m:T", "piece"),
  ]);
});

test("a URN tells the type and the name, even a name with colons", () => {
  const urn = makeUrn("dev", "p", makeUrn("dev", "p", "", "my:Group", "g"), "t:m:T", "a::b");
  expect(urn).toBe("urn:pulumi:dev::p::my:Group$t:m:T::a::b");
  expect([typeOf(urn), nameOf(urn)]).toEqual(["t:m:T", "a::b"]);
});

test("targets take stars, and everything is in while there are none", () => {
  expect(new Targets().contains("anything")).toBe(true);
  expect(new Targets(["urn:*::a"]).contains("urn:x::a")).toBe(true);
  expect(new Targets(["urn:*::a"]).contains("urn:x::ab")).toBe(false);
});

test("outputs are marked secret again where the input of that name was", () => {
  const inputs = { a: makeSecret(1), b: { c: makeSecret(2), d: 3 } };
  expect(remarkSecrets({ a: 1, b: { c: 2, d: 3 }, e: 4 }, inputs)).toEqual({ ...inputs, e: 4 });
});

test("secrets are opened by whoever knows the passphrase, and equal ones do not look equal", () => {
  const secrets = new Secrets("open sesame");
  const value = { a: makeSecret("x"), b: [makeSecret({ deep: makeSecret("y") }), makeSecret("x")] };
  const sealed = secrets.seal(value, "here");
  expect(JSON.stringify(sealed)).not.toMatch(/"[xy]"/);
  expect(new Set(JSON.stringify(sealed).match(/v1:[^"]+/g)).size).toBe(3);
  const again = new Secrets("open sesame", secrets.salt);
  expect(again.open(sealed, "here")).toEqual(value);
  expect(again.seal(value, "here")).toEqual(sealed);
  expect(() => new Secrets("shut", secrets.salt)).toThrow(/passphrase/);
});
