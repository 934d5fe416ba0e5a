import type { Json } from "../../marketplace/changes/change-type";

/**
 * Where in a change's document an error message points: AWS gives an error no path of its own. A message may begin with
 * one (`Terms[0].RateCards[0]: …`); else the longest value of the document that it quotes tells. "" when neither does.
 */
export function placeOf(details: Json, message: string): string {
  const leading = leadingPlace.exec(message)?.[1];
  if (leading !== undefined) return leading;
  const quoted = leaves(details, "").filter(({ value }) => value.length > 2 && mentions(message, value));
  return quoted.toSorted((a, b) => b.value.length - a.value.length)[0]?.path ?? "";
}

/** The message without the path that it began with. */
export function withoutPlace(message: string): string {
  return message.replace(leadingPlace, "");
}

/** Members of documents begin with a capital, and places in a list with a bracket. */
const leadingPlace = /^((?:[A-Z][a-z]|\[\d)[\w.[\]"-]*): /;

interface Leaf {
  readonly path: string;
  readonly value: string;
}

function leaves(value: Json, path: string): Leaf[] {
  if (typeof value === "string") return [{ path, value }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((element: Json, i) => leaves(element, `${path}[${i}]`));
  return Object.entries(value).flatMap(([name, member]) => leaves(member, path === "" ? name : `${path}.${name}`));
}

/** As a word of its own: "m5.large" is not mentioned by "m5.large-x". */
function mentions(message: string, value: string): boolean {
  const at = message.indexOf(value);
  if (at < 0) return false;
  const around = `${message[at - 1] ?? " "}${message[at + value.length] ?? " "}`;
  return !/[\w-]/.test(around);
}
