import { compileGlob, type Glob, literalGlob } from "./glob";
import type { RequestContext } from "./request";

/** Text of a policy with its variables: IAM User Guide, "IAM policy elements: Variables and tags". */
export type Template = readonly Part[];

type Part =
  { readonly text: string } | { readonly literal: string } | { readonly key: string; readonly fallback?: string };

const VARIABLE = /\$\{([^}]*)\}/g;
const WITH_FALLBACK = /^\s*([^,\s]+)\s*,\s*'(.*)'\s*$/s;

/** Policies of version 2008-10-17 have no variables: there `${aws:username}` is plain text. */
export function compileTemplate(text: string, variables: boolean): Template {
  if (!variables || !text.includes("${")) return [{ text }];
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    parts.push({ text: text.slice(end, match.index) }, variable(match[1] ?? ""));
    end = match.index + match[0].length;
  }
  parts.push({ text: text.slice(end) });
  return parts;
}

/** `${*}`, `${?}` and `${$}` are these characters themselves. */
function variable(inner: string): Part {
  if (inner === "*" || inner === "?" || inner === "$") return { literal: inner };
  const [, key, fallback] = WITH_FALLBACK.exec(inner) ?? [];
  return key === undefined ? { key: inner.trim() } : { key, fallback: fallback ?? "" };
}

/** The text with the request's values in place; undefined where it has no value, or not exactly one, for a variable. */
export function fillText(template: Template, context: RequestContext): string | undefined {
  const texts = template.map((part) => valueOf(part, context));
  return texts.includes(undefined) ? undefined : texts.join("");
}

/** The same as a glob: wildcards of the policy's own text count, those in a variable's value are plain characters. */
export function fillGlob(template: Template, context: RequestContext): Glob | undefined {
  const glob: number[] = [];
  for (const part of template) {
    const value = valueOf(part, context);
    if (value === undefined) return undefined;
    glob.push(...("text" in part ? compileGlob(value) : literalGlob(value)));
  }
  return glob;
}

/** A template without variables fills alike for every request, so it can be filled beforehand. */
export function isConstant(template: Template): boolean {
  return template.every((part) => !("key" in part));
}

function valueOf(part: Part, context: RequestContext): string | undefined {
  if ("text" in part) return part.text;
  if ("literal" in part) return part.literal;
  const values = context.get(part.key);
  return values?.length === 1 ? values[0] : part.fallback;
}
