import type { Colors } from "picocolors/types";
import { byUrn } from "./by-urn";
import type { Step } from "./deployment";
import { isChange, operationWords, paintedSymbol } from "./operations";
import { resourceName } from "./resource-name";

interface Node {
  readonly urn: string;
  readonly op: string;
  readonly failed: boolean;
  readonly children: Node[];
}

/**
 * The resources that change, as a table with the tree of parents in its first column. Unchanged resources show only
 * where something below them changes.
 */
export function treeLines(steps: readonly Step[], planning: boolean, colors: Colors): string[] {
  const rows = roots(steps).flatMap((root) => rowsOf(root, "", ""));
  if (rows.length === 0) return [];
  const typeWidth = Math.max("Type".length, ...rows.map(({ type }) => type.length)) + 2;
  const nameWidth = Math.max("Name".length, ...rows.map(({ name }) => name.length)) + 2;
  const heading = `     ${"Type".padEnd(typeWidth)}${"Name".padEnd(nameWidth)}${planning ? "Plan" : "Status"}`;
  return [
    colors.bold(heading),
    ...rows.map(({ node, type, name }) =>
      ` ${paintedSymbol(node.op, colors)}  ${type.padEnd(typeWidth)}${name.padEnd(nameWidth)}${status(node, planning, colors)}`.trimEnd(),
    ),
  ];
}

function status({ op, failed }: Node, planning: boolean, colors: Colors): string {
  const { plan, doing, done, paint } = operationWords(op);
  if (failed) return colors.red(`**${`${doing} failed`.trim()}**`);
  const text = planning ? plan : done;
  return text === "" ? "" : colors[paint](text);
}

function roots(steps: readonly Step[]): Node[] {
  const nodes = new Map<string, Node & { parent: string }>();
  for (const [urn, own] of byUrn(steps)) {
    const { metadata } = own[0] as Step;
    const parent = metadata.new?.parent || metadata.old?.parent || "";
    nodes.set(urn, { urn, parent, op: overallOperation(own), failed: own.some(({ failed }) => failed), children: [] });
  }
  const top: Node[] = [];
  for (const node of nodes.values()) (nodes.get(node.parent)?.children ?? top).push(node);
  return top.map(pruned).filter((node) => node !== undefined);
}

/** A replacement comes as several steps; together they are one row. */
function overallOperation(steps: readonly Step[]): string {
  const ops = steps.map(({ op }) => op);
  if (ops.some((op) => op === "replace" || op === "create-replacement")) return "replace";
  return ops.findLast((op) => op !== "same") ?? "same";
}

function pruned(node: Node): Node | undefined {
  const children = node.children.map(pruned).filter((child) => child !== undefined);
  const worthShowing = isChange(node.op) || node.failed || children.length > 0;
  return worthShowing ? { ...node, children } : undefined;
}

interface Row {
  readonly node: Node;
  readonly type: string;
  readonly name: string;
}

function rowsOf(node: Node, own: string, below: string): Row[] {
  const { type, name } = resourceName(node.urn);
  const { children } = node;
  const inner = children.flatMap((child, i) => {
    const last = i === children.length - 1;
    return rowsOf(child, `${below}${last ? "└─ " : "├─ "}`, `${below}${last ? "   " : "│  "}`);
  });
  return [{ node, type: `${own}${type}`, name }, ...inner];
}
