import type { Colors } from "picocolors/types";
import { changeDetailLines } from "./change-details";
import { deleteNoteLines } from "./delete-notes";
import type { Deployment } from "./deployment";
import { diagnosticLines, policyLines } from "./diagnostics";
import { outputLines } from "./outputs";
import { summaryLines } from "./summary";
import { treeLines } from "./tree";

export interface Showing {
  readonly planning: boolean;
  /** The plan was on the screen already, so tree and changes need no repeating. */
  readonly planned?: boolean;
  /** All properties of what is created too. */
  readonly full?: boolean;
  /** Measured by the host, used when the engine sent no summary. */
  readonly durationSeconds: number;
}

/** A finished deployment or plan, as the reader sees it: tree, changes, diagnostics, policies, outputs, summary. */
export function deploymentLines(deployment: Deployment, showing: Showing, colors: Colors): string[] {
  const { planning, planned, full } = showing;
  const { steps, summary, stack } = deployment;
  const sections = [
    planned === true ? [] : treeLines(steps, planning, colors),
    planned === true ? [] : changeDetailLines(steps, colors, full),
    planning ? deleteNoteLines(steps, colors) : [],
    diagnosticLines(deployment.diagnostics, colors),
    policyLines(deployment.violations, colors),
    outputLines(stack, planning, colors),
    summaryLines(
      {
        changes: summary?.resourceChanges ?? {},
        errored: erroredResources(deployment),
        planning,
        durationSeconds: summary?.durationSeconds ?? showing.durationSeconds,
      },
      colors,
    ),
  ];
  return sections.flatMap((lines) => (lines.length === 0 ? [] : [...lines, ""]));
}

/** Resources with a failed step or an error of their own. */
function erroredResources({ steps, diagnostics }: Deployment): number {
  const urns = [
    ...steps.filter(({ failed }) => failed).map(({ urn }) => urn),
    ...diagnostics.flatMap(({ urn, severity }) => (severity === "error" && urn !== undefined ? [urn] : [])),
  ];
  return new Set(urns).size;
}
