import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import type { Colors } from "picocolors/types";
import { changedEntries } from "./property-diff";
import { changeLines, propertyLines } from "./property-lines";
import { isInternalProperty, maskedValue } from "./property-value";

/**
 * The stack's outputs under their heading: what changed with its signs, then (after a deployment) what stayed. A plan
 * shows only what would change. Nothing when there is nothing to show.
 */
export function outputLines(stack: StepEventMetadata | undefined, planning: boolean, colors: Colors): string[] {
  if (stack?.new === undefined || stack.new === null) return [];
  const outputs = stack.new.outputs ?? {};
  const heading = colors.bold("Outputs:");
  const old = stack.old?.outputs;
  if (!old || Object.keys(old).length === 0) return section(heading, propertyLines(outputs, "    "));
  const changes = changedEntries(old, outputs);
  const changed = new Set(changes.map(({ key }) => key));
  const same = Object.fromEntries(Object.entries(outputs).filter(([key]) => !changed.has(key)));
  return section(heading, [...changeLines(changes, "  ", colors), ...(planning ? [] : propertyLines(same, "    "))]);
}

/** The outputs for machines: secrets masked. */
export function outputValues(stack: StepEventMetadata | undefined): Record<string, unknown> {
  const entries = Object.entries(stack?.new?.outputs ?? {}).filter(([key]) => !isInternalProperty(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, maskedValue(value)]));
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines];
}
