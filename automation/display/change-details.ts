import type { Colors } from "picocolors/types";
import type { Step } from "./deployment";
import { operationWords, paintedSymbol } from "./operations";
import { changesOf } from "./property-diff";
import { changeLines, propertyLines } from "./property-lines";
import { isStack, resourceName } from "./resource-name";

/**
 * What changes inside each resource, property by property. Resources about to be made show all their properties only
 * when `full`, because a program already says them.
 */
export function changeDetailLines(steps: readonly Step[], colors: Colors, full = false): string[] {
  const lines = steps.filter(worthDetails).flatMap((step) => stepDetails(step, colors, full));
  return lines.length === 0 ? [] : [colors.bold("Changes:"), ...lines];
}

/** A replacement is announced three times; its `replace` step carries the whole difference. */
function worthDetails({ op, urn }: Step): boolean {
  return !isStack(urn) && ["create", "update", "replace", "import", "refresh"].includes(op);
}

function stepDetails(step: Step, colors: Colors, full: boolean): string[] {
  const { type, name } = resourceName(step.urn);
  const { plan, paint } = operationWords(step.op);
  const title = ` ${paintedSymbol(step.op, colors)} ${type} ${colors.bold(name)}: ${colors[paint](`(${plan})`)}`;
  if (step.op === "create") {
    return full ? [title, ...propertyLines(step.metadata.new?.inputs ?? {}, "        ", colors.green)] : [];
  }
  const changes = changesOf(step.metadata, step.refresh);
  if (changes.length > 0) return [title, ...changeLines(changes, "      ", colors)];
  return step.op === "update"
    ? [title, `      ${colors.dim("nothing to show: a secret value or an option of the resource")}`]
    : [];
}
