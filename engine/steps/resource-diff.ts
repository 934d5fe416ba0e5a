import type { Events } from "../events";
import { diffInputs, isReplace, toReplace, type DetailedDiff } from "./object-diff";
import { parsePath, pathContains, resetPaths } from "../values/property-path";
import type { DiffResult } from "../plugins/provider";
import type { Lifecycle } from "../plugins/provider-host";
import type { ResourceState } from "../state/resource-state";
import type { PropertyMap } from "../values/values";

/** Stands for "it came up badly" among the paths of replaceOnChanges. */
const INIT_ERROR = "#initerror";

/**
 * Asks the provider what changes between a state and new inputs. Where it does not say, any change of
 * the inputs is a change.
 */
export async function resourceDiff(
  provider: Lifecycle,
  events: Events,
  old: ResourceState,
  inputs: PropertyMap,
  ignoreChanges: readonly string[],
): Promise<DiffResult> {
  const diff = await provider.diff({
    urn: old.urn,
    id: old.id,
    oldInputs: old.inputs,
    oldOutputs: old.outputs,
    newInputs: inputs,
    ignoreChanges,
  });
  if (diff.warning) events.say("warning", diff.warning, old.urn);
  if (diff.changes !== "unknown") return diff;
  const { keys, detailed } = diffInputs(old.inputs, resetPaths(inputs, old.inputs, ignoreChanges).inputs);
  if (keys.length === 0) return { ...diff, changes: "none" };
  return { ...diff, changes: "some", changedKeys: keys, detailed };
}

/** The diff with the user's replaceOnChanges taken into account. */
export function withReplaceOnChanges(diff: DiffResult, paths: readonly string[], initErrors: boolean): DiffResult {
  if ((diff.changes !== "some" && !initErrors) || paths.length === 0) return diff;
  const patterns = paths.map(parsePath);
  const matches = (path: string) => patterns.some((pattern) => pathContains(pattern, parsePath(path)));
  const replaceKeys = new Set([...diff.replaceKeys, ...diff.changedKeys.filter(matches)]);
  let { changes } = diff;
  if (initErrors && matches(INIT_ERROR)) {
    replaceKeys.add(INIT_ERROR);
    changes = "some";
  }
  const detailed: DetailedDiff = {};
  for (const [path, change] of Object.entries(diff.detailed ?? {})) {
    detailed[path] = matches(path) ? { ...change, kind: toReplace(change.kind) } : change;
  }
  return { ...diff, changes, replaceKeys: [...replaceKeys], ...(diff.detailed ? { detailed } : {}) };
}

export function replaces(diff: DiffResult): boolean {
  return diff.replaceKeys.length > 0 || Object.values(diff.detailed ?? {}).some(({ kind }) => isReplace(kind));
}
