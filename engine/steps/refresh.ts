import type { Deployment } from "../deployment";
import { refreshStep } from "./refresh-step";
import { newState, type ResourceState } from "../state/resource-state";

/** Reads the real state of every resource in the targets, and makes what was found the state of the run. */
export async function refreshAll(run: Deployment): Promise<void> {
  const { base } = run.snapshot;
  const steps = new Map(
    base.filter(({ urn }) => run.options.targets.contains(urn)).map((old) => [old, refreshStep(run, run.events, old)]),
  );
  for (const old of steps.keys()) if (old.provider) await run.host.ensure(old.provider, run.olds);
  await Promise.all([...steps.values()].map((step) => run.executor.chain([step])));
  const found = base.map((old) => {
    const step = steps.get(old);
    return step ? step.new : old;
  });
  const looked = new Set([...steps.keys()].map(({ urn }) => urn));
  run.snapshot.rebase(withoutDangling(found), ({ type, resource }) => type !== "creating" && looked.has(resource.urn));
  run.olds.clear();
  for (const state of run.snapshot.base) if (!state.delete) run.olds.set(state.urn, state);
}

/** What is gone can no longer be depended on. A URN counts from where its first holder stands. */
function withoutDangling(states: readonly (ResourceState | undefined)[]): ResourceState[] {
  const there = new Set<string>();
  const kept: ResourceState[] = [];
  const left = (urns: readonly string[]) => urns.filter((urn) => there.has(urn));
  for (const state of states) {
    if (!state) continue;
    const propertyDependencies = Object.fromEntries(
      Object.entries(state.propertyDependencies)
        .map(([key, urns]) => [key, left(urns)] as const)
        .filter(([, urns]) => urns.length > 0),
    );
    kept.push(
      newState({
        ...state,
        dependencies: left(state.dependencies),
        propertyDependencies,
        deletedWith: there.has(state.deletedWith) ? state.deletedWith : "",
        replaceWith: left(state.replaceWith),
        parent: there.has(state.parent) ? state.parent : "",
      }),
    );
    there.add(state.urn);
  }
  return kept;
}
