import type { Colors } from "picocolors/types";
import { deleteNoteLines } from "../display/delete-notes";
import { treeLines } from "../display/tree";
import { isDefaultProvider } from "../display/resource-name";
import { summaryLines } from "../display/summary";
import type { Step } from "../display/deployment";
import type { Engine, StackPlace } from "../engines/engine";

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
}

/** What a destroy would delete, read from the stack's state: the plan to show before asking. */
export async function destroyPlanLines(
  engine: Engine,
  place: StackPlace,
  targets: readonly string[],
  colors: Colors,
): Promise<string[]> {
  const resources = stateResources(await engine.exportState(place));
  const doomed = resources.filter(
    ({ urn }) => !isDefaultProvider(urn) && (targets.length === 0 || targets.includes(urn)),
  );
  const changes = { delete: doomed.length };
  const summary = summaryLines({ changes, errored: 0, planning: true, durationSeconds: 0 }, colors);
  const deletions = doomed.map(deletion);
  const notes = deleteNoteLines(deletions, colors);
  const spaced = notes.length === 0 ? [] : [...notes, ""];
  return [...treeLines(deletions, true, colors), "", ...spaced, ...summary, ""];
}

function stateResources(state: object | undefined): readonly StateResource[] {
  const { deployment } = (state ?? {}) as { readonly deployment?: { readonly resources?: readonly StateResource[] } };
  return deployment?.resources ?? [];
}

function deletion({ urn, type, parent = "" }: StateResource): Step {
  const old = { type, urn, id: "", parent, provider: "", inputs: {}, outputs: {} };
  const metadata = { op: "delete" as const, urn, type, provider: "", old };
  return { urn, op: "delete", refresh: false, metadata, startedAt: 0, failed: false };
}
