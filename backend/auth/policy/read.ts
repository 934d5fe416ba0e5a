import type { Problem } from "../../../marketplace/problem";
import { readOperator } from "./conditions";
import type { Listed, PolicyDocument, StatementDocument } from "./document";
import { compilePolicy, type Policy } from "./policy";
import { type JsonPath, pathText, positionOf } from "./positions";

/** Where a policy is attached decides what it may and must say. */
export type PolicyKind = "identity" | "trust" | "resource";

/** A sound document and the policy compiled from it, or every reason why there is none. */
export type Reading =
  | { readonly policy: Policy; readonly document: PolicyDocument; readonly problems: readonly [] }
  | { readonly policy?: undefined; readonly problems: readonly Problem[] };

/**
 * Reads a policy document: IAM User Guide, "Grammar of the IAM JSON policy language". Problems bear AWS's code
 * MalformedPolicyDocument, the path and, in the message, line and column.
 */
export function readPolicy(json: string, kind: PolicyKind): Reading {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { problems: [{ code: CODE, path: "", message: `Syntax errors in policy. ${(error as Error).message}` }] };
  }
  const reader = new Reader(json, kind);
  const document = reader.document(value);
  if (reader.problems.length > 0) return { problems: reader.problems };
  return { policy: compilePolicy(document), document, problems: [] };
}

const CODE = "MalformedPolicyDocument";
const DOCUMENT_MEMBERS = ["Version", "Id", "Statement"];
const STATEMENT_MEMBERS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];
const PRINCIPAL_KINDS = ["AWS", "Service", "Federated", "CanonicalUser"];

/** Reads on after a problem, so that one reading finds them all; what it returns then is of no use. */
class Reader {
  readonly problems: Problem[] = [];

  constructor(
    private readonly json: string,
    private readonly kind: PolicyKind,
  ) {}

  document(value: unknown): PolicyDocument {
    const members = this.object(value, [], DOCUMENT_MEMBERS);
    const version = members["Version"] ?? "2008-10-17";
    if (version !== "2012-10-17" && (version !== "2008-10-17" || this.kind === "identity")) {
      this.problem(["Version"], "Policy document must be version 2012-10-17 or greater.");
    }
    const list = members["Statement"] ?? [];
    const statements = (Array.isArray(list) ? list : [list]).map((item: unknown, i) =>
      this.statement(item, Array.isArray(list) ? ["Statement", i] : ["Statement"]),
    );
    if (statements.length === 0) this.problem(["Statement"], "Syntax errors in policy. It needs a statement.");
    this.uniqueSids(statements);
    return { version: version === "2012-10-17" ? version : "2008-10-17", statements };
  }

  private statement(value: unknown, path: JsonPath): StatementDocument {
    const members = this.object(value, path, STATEMENT_MEMBERS);
    const sid = members["Sid"];
    if (sid !== undefined && typeof sid !== "string")
      this.problem([...path, "Sid"], "Syntax errors in policy. Sid is text.");
    if (typeof sid === "string" && this.kind === "identity" && !/^[A-Za-z0-9]*$/.test(sid)) {
      this.problem([...path, "Sid"], `Statement IDs (SID) must be alpha-numeric: ${JSON.stringify(sid)}.`);
    }
    const effect = members["Effect"];
    if (effect !== "Allow" && effect !== "Deny") {
      this.problem([...path, "Effect"], "Syntax errors in policy. Effect is Allow or Deny.");
    }
    return {
      ...(typeof sid === "string" && sid !== "" && { sid }),
      effect: effect === "Deny" ? "Deny" : "Allow",
      actions: this.actions(members, path),
      resources: this.resources(members, path),
      principals: this.principals(members, path),
      conditions: this.conditions(members["Condition"], [...path, "Condition"]),
    };
  }

  private actions(members: Members, path: JsonPath): Listed<readonly string[]> {
    const listed = this.oneOf(members, "Action", path);
    if (listed === undefined) {
      this.problem(path, "Policy statement must contain actions.");
      return { not: false, values: [] };
    }
    for (const action of listed.values) {
      if (action === "*" || /^[\w*?-]+:[\w*?]+$/.test(action)) continue;
      const reason = action.includes(":")
        ? "Actions/Condition can contain only one colon."
        : "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
      this.problem(listed.path, `${reason} ${JSON.stringify(action)} does not fit.`);
    }
    return listed;
  }

  private resources(members: Members, path: JsonPath): Listed<readonly string[]> | undefined {
    const listed = this.oneOf(members, "Resource", path);
    if (this.kind === "trust") {
      if (listed !== undefined) this.problem(listed.path, "Has prohibited field Resource.");
      return undefined;
    }
    if (listed === undefined) this.problem(path, "Policy statement must contain resources.");
    for (const resource of listed?.values ?? []) {
      if (resource === "*" || /^arn:[^:]*:[^:]*:/.test(resource) || /^[*?]+$/.test(resource)) continue;
      if (resource.startsWith("arn:*") || resource.startsWith("${")) continue;
      this.problem(listed?.path ?? path, `Resource ${resource} must be in ARN format or "*".`);
    }
    return listed;
  }

  private principals(members: Members, path: JsonPath): StatementDocument["principals"] {
    const not = members["NotPrincipal"] !== undefined;
    const name = not ? "NotPrincipal" : "Principal";
    const value = members[name];
    if (this.kind === "identity") {
      if (value !== undefined) this.problem([...path, name], "Policy document should not specify a principal.");
      return undefined;
    }
    if (value === undefined) this.problem(path, "Missing required field Principal.");
    if (value === undefined || value === "*") return { not, values: { AWS: ["*"] } };
    if (not && members["Principal"] !== undefined)
      this.problem(path, "Syntax errors in policy. Principal and NotPrincipal.");
    const kinds = Object.entries(this.object(value, [...path, name], PRINCIPAL_KINDS));
    return {
      not,
      values: Object.fromEntries(kinds.map(([kind, one]) => [kind, this.principal(kind, one, [...path, name, kind])])),
    };
  }

  private principal(kind: string, value: unknown, path: JsonPath): readonly string[] {
    const listed = this.strings(value, path);
    for (const one of listed) {
      if (kind !== "AWS" || one === "*" || /^(\d{12}|A[A-Z0-9]{15,}|arn:aws[\w-]*:(iam|sts)::\d{12}:.+)$/.test(one))
        continue;
      this.problem(path, `Invalid principal in policy: "${kind}":"${one}".`);
    }
    return listed;
  }

  private conditions(value: unknown, path: JsonPath): StatementDocument["conditions"] {
    if (value === undefined) return [];
    return Object.entries(this.object(value, path)).flatMap(([operator, tests]) => {
      if (readOperator(operator) === undefined)
        this.problem([...path, operator], `Invalid Condition type : ${operator}.`);
      return Object.entries(this.object(tests, [...path, operator])).map(([key, values]) => ({
        operator,
        key,
        values: this.strings(values, [...path, operator, key]),
      }));
    });
  }

  /** `Action` or `NotAction`. */
  private oneOf(
    members: Members,
    name: string,
    path: JsonPath,
  ): (Listed<readonly string[]> & { readonly path: JsonPath }) | undefined {
    const not = members[`Not${name}`] !== undefined;
    const value = not ? members[`Not${name}`] : members[name];
    if (value === undefined) return undefined;
    if (not && members[name] !== undefined) this.problem(path, `Syntax errors in policy. ${name} and Not${name}.`);
    const place = [...path, not ? `Not${name}` : name];
    const values = this.strings(value, place);
    return { not, values, path: place };
  }

  /** One text or a list of them; numbers and booleans count as the text they are written as. */
  private strings(value: unknown, path: JsonPath): readonly string[] {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = list.filter((item) => ["string", "number", "boolean"].includes(typeof item));
    if (texts.length < list.length || list.length === 0)
      this.problem(path, "Syntax errors in policy. Texts are wanted here.");
    return texts.map(String);
  }

  private object(value: unknown, path: JsonPath, known?: readonly string[]): Members {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.problem(path, "Syntax errors in policy. An object is wanted here.");
      return {};
    }
    for (const name of Object.keys(value)) {
      if (known?.includes(name) === false)
        this.problem([...path, name], `Syntax errors in policy. There is no element ${name}.`);
    }
    return { ...value };
  }

  private uniqueSids(statements: readonly StatementDocument[]): void {
    const sids = statements.flatMap(({ sid }) => sid ?? []);
    if (new Set(sids).size < sids.length) {
      this.problem(["Statement"], "Statement IDs (SID) in a single policy must be unique.");
    }
  }

  private problem(path: JsonPath, message: string): void {
    const { line, column } = positionOf(this.json, path);
    this.problems.push({ code: CODE, path: pathText(path), message: `${message} (line ${line}, column ${column})` });
  }
}

type Members = Readonly<Record<string, unknown>>;
