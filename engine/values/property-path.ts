import { isMap, isSecret, makeSecret, type PropertyMap, type PropertyValue } from "./values";

/** Where a value sits inside a resource: `tags.team`, `rules[0].port`, `labels["a.b"]`; `*` matches any one step. */
export type PropertyPath = (string | number)[];

export function parsePath(text: string): PropertyPath {
  const path: PropertyPath = [];
  for (const match of text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)) {
    const [, quoted, index, name] = match;
    if (quoted !== undefined) path.push(quoted.replaceAll(/\\(.)/g, "$1"));
    else if (index !== undefined) path.push(index === "*" ? "*" : Number(index));
    else if (name !== undefined) path.push(name);
  }
  return path;
}

export function formatPath(path: PropertyPath): string {
  return path
    .map((step, i) => {
      if (typeof step === "number") return `[${step}]`;
      if (/[."[\]]/.test(step)) return `["${step.replaceAll('"', '\\"')}"]`;
      return i === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Whether `inner` is at or below `outer`. */
export function pathContains(outer: PropertyPath, inner: PropertyPath): boolean {
  return outer.length <= inner.length && outer.every((step, i) => step === "*" || step === inner[i]);
}

/**
 * The inputs with every ignored path set back to its old value, or to its old absence.
 * @returns also the paths that could not be followed, because a part of them came or went.
 */
export function resetPaths(
  inputs: PropertyMap,
  olds: PropertyMap,
  paths: readonly string[],
): { inputs: PropertyMap; invalid: string[] } {
  if (paths.length === 0) return { inputs, invalid: [] };
  const copy = structuredClone(inputs);
  const invalid = paths.filter((path) => !reset(parsePath(path), olds, copy, false, false));
  return { inputs: copy, invalid };
}

type Slot = PropertyValue | undefined;

function open(value: Slot): { value: Slot; secret: boolean } {
  let inner = value;
  while (isSecret(inner)) inner = inner["value"];
  return { value: inner, secret: inner !== value };
}

function reset(path: PropertyPath, oldSlot: Slot, newSlot: Slot, oldSecret: boolean, newSecret: boolean): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return false;
  const from = open(oldSlot);
  const to = open(newSlot);
  const fromSecret = oldSecret || from.secret;
  const toSecret = newSecret || to.secret;
  const keep = (value: PropertyValue) => (fromSecret && !toSecret ? makeSecret(value) : value);
  const deeper = (a: Slot, b: Slot) => reset(rest, a, b, fromSecret, toSecret);
  if (typeof step === "number") return resetIndex(step, rest.length === 0, from.value, to.value, keep, deeper);
  if (step === "*") return resetAll(rest.length === 0, from.value, to.value, keep, deeper);
  return resetKey(step, rest.length === 0, from.value, to.value, keep, deeper);
}

type Keep = (value: PropertyValue) => PropertyValue;
type Deeper = (a: Slot, b: Slot) => boolean;

function resetIndex(index: number, last: boolean, from: Slot, to: Slot, keep: Keep, deeper: Deeper): boolean {
  if (!Array.isArray(from) || !Array.isArray(to)) return !Array.isArray(from) && !Array.isArray(to);
  const inFrom = index < from.length;
  const inTo = index < to.length;
  if (last && !inFrom && !inTo) return true;
  if (!inFrom || !inTo) return false;
  if (!last) return deeper(from[index], to[index]);
  to[index] = keep(from[index] as PropertyValue);
  return true;
}

function resetKey(key: string, last: boolean, from: Slot, to: Slot, keep: Keep, deeper: Deeper): boolean {
  if (!last) {
    if (!isMap(from) || !isMap(to)) return !isMap(from) && !isMap(to);
    if (key in from && !(key in to)) return false;
    return key in from || key in to ? deeper(from[key], to[key]) : true;
  }
  if (isMap(from) && key in from) {
    if (!isMap(to)) return false;
    to[key] = keep(from[key] as PropertyValue);
  } else if (isMap(to)) {
    delete to[key];
  }
  return true;
}

function resetAll(last: boolean, from: Slot, to: Slot, keep: Keep, deeper: Deeper): boolean {
  if (isMap(to)) {
    if (!isMap(from)) return last;
    if (!last) return Object.keys(from).every((key) => key in to && deeper(from[key], to[key]));
    for (const key of Object.keys(to)) if (!(key in from)) delete to[key];
    for (const key of Object.keys(from)) to[key] = keep(from[key] as PropertyValue);
    return true;
  }
  if (!Array.isArray(to)) return false;
  if (!Array.isArray(from)) return last;
  for (let i = 0; i < Math.min(from.length, to.length); i++) {
    if (last) to[i] = keep(from[i] as PropertyValue);
    else if (!deeper(from[i], to[i])) return false;
  }
  return from.length === to.length;
}
