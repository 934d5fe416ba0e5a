import type { Deployment } from "../deployment";
import { replaces, resourceDiff, withReplaceOnChanges } from "./resource-diff";
import { directDependencies, type ResourceState } from "../state/resource-state";
import { isProviderType, parseProviderRef } from "../state/urn";
import { UNKNOWN, type PropertyMap } from "../values/values";

export interface DependentReplacement {
  readonly state: ResourceState;
  readonly keys: readonly string[];
}

/**
 * The resources that cannot stay while another is deleted to make room for its replacement: those of
 * its dependents that would have to be replaced if what they take from it changed. Follows the old
 * graph, in the order of the state, in which everything comes after what it depends on.
 */
export async function dependentReplacements(run: Deployment, root: ResourceState): Promise<DependentReplacement[]> {
  const replaced = new Set([root.urn]);
  const reached = new Set([root.urn]);
  const found: DependentReplacement[] = [];
  const { base } = run.snapshot;
  const place = base.indexOf(root);
  // A resource adopted in this very run has no dependents in the old graph.
  for (const state of place < 0 ? [] : base.slice(place + 1)) {
    // What has been registered already cannot depend on what is being registered now.
    if (run.hasStep(state.urn)) continue;
    if (![...directDependencies(state)].some((urn) => reached.has(urn))) continue;
    reached.add(state.urn);
    const keys = await keysToReplace(run, state, replaced);
    if (!keys) continue;
    replaced.add(state.urn);
    found.push({ state, keys });
  }
  for (const state of cascades(run, root.urn)) {
    if (!replaced.has(state.urn)) found.push({ state, keys: [] });
  }
  // While providers were asked, a registration that no longer depends on the root may have been settled.
  return found.filter(({ state }) => !run.hasStep(state.urn));
}

async function keysToReplace(
  run: Deployment,
  state: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<readonly string[] | undefined> {
  if (!state.custom || state.external) return undefined;
  if (state.provider && replaced.has(parseProviderRef(state.provider).urn)) {
    await run.host.ensure(state.provider, run.olds);
    return [];
  }
  if (replaced.has(state.deletedWith)) return [];
  const inputs = inputsWithout(state, replaced);
  if (!inputs) return undefined;
  if (isProviderType(state.type)) await run.host.same(state, false);
  const provider = await run.provider(state);
  const diff = withReplaceOnChanges(
    await resourceDiff(provider, run.events, state, inputs, state.ignoreChanges),
    state.replaceOnChanges,
    false,
  );
  return replaces(diff) ? diff.replaceKeys : undefined;
}

/** The inputs with whatever comes from a replaced resource unknown, or nothing where none does. */
function inputsWithout(state: ResourceState, replaced: ReadonlySet<string>): PropertyMap | undefined {
  let touched = false;
  const inputs: PropertyMap = { ...state.inputs };
  for (const key of Object.keys(inputs)) {
    if (!state.propertyDependencies[key]?.some((urn) => replaced.has(urn))) continue;
    inputs[key] = UNKNOWN;
    touched = true;
  }
  return touched ? inputs : undefined;
}

/** Those that asked to be replaced, or are deleted, together with a resource. */
function cascades(run: Deployment, urn: string): ResourceState[] {
  return [...run.olds.values()].filter((state) => state.replaceWith.includes(urn) || state.deletedWith === urn);
}
