/** A place in a JSON document: names of members and indexes of items, from the root. */
export type JsonPath = readonly (string | number)[];

/** `Statement[0].Action` */
export function pathText(path: JsonPath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

/**
 * Where in the text the value at `path` begins, as line and column from 1, or the innermost value around it that is
 * there. The text must be JSON.
 */
export function positionOf(json: string, path: JsonPath): { readonly line: number; readonly column: number } {
  let at = skipSpace(json, 0);
  for (const step of path) {
    const next = enter(json, at, step);
    if (next === undefined) break;
    at = next;
  }
  const before = json.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** The start of a member's or an item's value within the object or array that starts at `at`. */
function enter(json: string, at: number, step: string | number): number | undefined {
  const isObject = json[at] === "{";
  if (!isObject && json[at] !== "[") return undefined;
  let i = skipSpace(json, at + 1);
  let found: number | undefined;
  for (let index = 0; json[i] !== "}" && json[i] !== "]" && i < json.length; index++) {
    let name: string | number = index;
    if (isObject) {
      const end = skipValue(json, i);
      name = String(JSON.parse(json.slice(i, end)));
      i = skipSpace(json, skipSpace(json, end) + 1);
    }
    // Of members with one name, the last counts.
    if (name === step) found = i;
    i = skipSpace(json, skipValue(json, i));
    if (json[i] === ",") i = skipSpace(json, i + 1);
  }
  return found;
}

function skipSpace(json: string, at: number): number {
  let i = at;
  while (i < json.length && " \t\r\n".includes(json[i] ?? "")) i++;
  return i;
}

function skipValue(json: string, at: number): number {
  let depth = 0;
  let i = at;
  do {
    const char = json[i];
    if (char === '"') i = skipString(json, i);
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") depth--;
    i++;
  } while (i < json.length && (depth > 0 || (!/["}\]]/.test(json[i - 1] ?? "") && !/[\s,\]}]/.test(json[i] ?? ""))));
  return i;
}

/** The index of its closing quote. */
function skipString(json: string, at: number): number {
  let i = at + 1;
  while (i < json.length && json[i] !== '"') i += json[i] === "\\" ? 2 : 1;
  return i;
}
