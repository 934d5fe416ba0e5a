import { assert, dictionary, jsonValue, property, stringMatching } from "fast-check";
import { expect, test } from "vitest";
import { changedEntries, changesOf, flattened } from "../../../automation/display/property-diff";
import type { StepEventMetadata } from "@pulumi/pulumi/automation";

const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };

const state = (inputs: object) => ({ type: "t", urn: "u", id: "i", parent: "", provider: "", inputs, outputs: {} });

function update(old: object, next: object, more: Partial<StepEventMetadata> = {}): StepEventMetadata {
  return { op: "update", urn: "u", type: "t", provider: "", old: state(old), new: state(next), ...more };
}

const paths = (old: object, next: object): string[] =>
  flattened(changedEntries({ ...old }, { ...next })).map(({ path, kind }) => `${kind} ${path}`);

test.each([
  ["a new property", {}, { title: "x" }, ["add title"]],
  ["a property that went", { title: "x" }, {}, ["delete title"]],
  [
    "a price inside a table",
    { hourly: { "m5.large": "1" } },
    { hourly: { "m5.large": "2" } },
    ['update hourly["m5.large"]'],
  ],
  ["a region more", { regions: ["a", "b"] }, { regions: ["a", "c", "b"] }, ["add regions[1]"]],
  ["a region less", { regions: ["a", "b"] }, { regions: ["b"] }, ["delete regions[0]"]],
  ["one region for another", { regions: ["a", "b"] }, { regions: ["a", "c"] }, ["update regions[1]"]],
  ["another order", { regions: ["a", "b"] }, { regions: ["b", "a"] }, ["update regions[0]", "update regions[1]"]],
  ["one repeat less", { regions: ["a", "a"] }, { regions: ["a"] }, ["delete regions[1]"]],
  [
    "inside an object of a list",
    { versions: [{ t: 1 }, { t: 2 }] },
    { versions: [{ t: 1 }, { t: 3 }] },
    ["update versions[1].t"],
  ],
  ["another kind of value", { a: [1] }, { a: { b: 1 } }, ["update a"]],
  ["provider code", { __provider: "1" }, { __provider: "2" }, []],
  ["two secrets, which look the same whatever they hold", { s: secret }, { s: secret }, []],
  ["a secret for a plain value", { s: "x" }, { s: secret }, ["update s"]],
])("%s is found", (_, old, next, expected) => {
  expect(paths(old, next)).toEqual(expected);
});

test("only properties that the provider names count, and drift shows with what AWS has", () => {
  const step = update({ title: "a", sku: "1" }, { title: "a", sku: "2" }, { diffs: ["title"] });
  step.old!.outputs = { title: "changed by hand" };
  expect(changesOf(step)).toEqual([{ key: "title", kind: "update", old: "changed by hand", new: "a" }]);
});

test("a secret that the provider names shows as changed, without its values", () => {
  expect(changesOf(update({ s: secret }, { s: secret }, { diffs: ["s"] }))).toEqual([
    { key: "s", kind: "update", old: "[secret]", new: "[secret]" },
  ]);
});

test("a refresh shows outputs, which is where AWS's side is", () => {
  const step = update({ title: "a" }, { title: "a" });
  step.old!.outputs = { state: "Limited" };
  step.new!.outputs = { state: "Restricted" };
  expect(changesOf(step, true)).toEqual([{ key: "state", kind: "update", old: "Limited", new: "Restricted" }]);
});

test("anything compared with itself has no changes, and with something else has some", () => {
  const value = dictionary(stringMatching(/^[a-z]{1,4}$/u), jsonValue());
  assert(
    property(value, value, (one, other) => {
      expect(changedEntries(one, structuredClone(one))).toEqual([]);
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(changedEntries(one, other).length === 0).toBe(same);
    }),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  );
}
