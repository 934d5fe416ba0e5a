import { accountExists } from "../accounts";
import { type PolicyKind, readPolicy } from "../auth/policy";
import type { Context } from "../service";
import type { Store } from "../storage/store";
import { malformedPolicy } from "./errors";
import { keyOf, roles, users } from "./records";

/** Refuses a policy document that does not read, with every reason at once. */
export function checkDocument(document: string | undefined, kind: PolicyKind): string {
  const { problems } = readPolicy(document ?? "", kind);
  if (problems.length > 0) throw malformedPolicy(problems.map(({ message }) => message).join(" "));
  return document ?? "";
}

/** A trust policy's principals must be there: IAM matches them by id, not by name. */
export function checkTrust(ctx: Context, document: string | undefined): string {
  const text = checkDocument(document, "trust");
  const reading = readPolicy(text, "trust");
  const statements = reading.policy === undefined ? [] : reading.document.statements;
  for (const arn of statements.flatMap(({ principals }) => principals?.values["AWS"] ?? [])) {
    if (!principalExists(ctx.market.store, arn)) throw malformedPolicy(`Invalid principal in policy: "AWS":"${arn}"`);
  }
  return text;
}

/** What policies of other accounts than this marketplace's name cannot be known, and is taken as it is. */
function principalExists(store: Store, arn: string): boolean {
  const [, accountId = "", kind, name = ""] = /^arn:aws:iam::(\d{12}):(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined || !accountExists(store, accountId)) return true;
  const table = kind === "user" ? users(store) : roles(store);
  return table.get(keyOf(accountId, name)) !== undefined;
}

/** As IAM counts it: without white space. */
export function documentSize(document: string): number {
  return document.replace(/\s/g, "").length;
}

/** As IAM shows documents: percent-encoded by RFC 3986. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
