import type { Colors } from "picocolors/types";

/** How one operation of Pulumi's engine reads, in the words of the Pulumi command line. */
export interface OperationWords {
  readonly symbol: string;
  readonly plan: string;
  readonly doing: string;
  readonly done: string;
  readonly paint: "green" | "yellow" | "red" | "magenta" | "cyan" | "dim";
}

const words = (
  symbol: string,
  plan: string,
  doing: string,
  done: string,
  paint: OperationWords["paint"],
): OperationWords => ({ symbol, plan, doing, done, paint });

/** In the order in which a summary lists them. */
const operations: Readonly<Record<string, OperationWords>> = {
  same: words("  ", "", "", "", "dim"),
  create: words("+ ", "create", "creating", "created", "green"),
  update: words("~ ", "update", "updating", "updated", "yellow"),
  delete: words("- ", "delete", "deleting", "deleted", "red"),
  replace: words("+-", "replace", "replacing", "replaced", "magenta"),
  "create-replacement": words("++", "create replacement", "creating replacement", "created replacement", "green"),
  "delete-replaced": words("--", "delete original", "deleting original", "deleted original", "red"),
  read: words("> ", "read", "reading", "read", "cyan"),
  "read-replacement": words(">>", "read for replacement", "reading for replacement", "read for replacement", "cyan"),
  refresh: words("~ ", "refresh", "refreshing", "refreshed", "yellow"),
  discard: words("< ", "discard", "discarding", "discarded", "dim"),
  "discard-replaced": words("<<", "discard original", "discarding original", "discarded original", "dim"),
  "remove-pending-replace": words(
    "~ ",
    "complete replacement",
    "completing replacement",
    "completed replacement",
    "dim",
  ),
  import: words("= ", "import", "importing", "imported", "cyan"),
  "import-replacement": words("=>", "import replacement", "importing replacement", "imported replacement", "cyan"),
};

export const operationOrder: readonly string[] = Object.keys(operations);

/** An operation that a newer engine invents still shows, under its own name. */
export function operationWords(op: string): OperationWords {
  return operations[op] ?? words("* ", op, op, op, "cyan");
}

/** ` + `, ` ~ `, `+- `: the operation's sign as it stands at the start of a row. */
export function paintedSymbol(op: string, colors: Colors): string {
  const { symbol, paint } = operationWords(op);
  return colors[paint](symbol);
}

const unchanging = new Set(["same", "read", "read-replacement", "discard", "refresh"]);

/** Whether the operation changes anything outside, as a summary counts it. */
export function isChange(op: string): boolean {
  return !unchanging.has(op);
}
