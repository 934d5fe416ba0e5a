import type { Deployment } from "../deployment";
import { dependentReplacements } from "./replacements";
import { allDependencies, directDependencies, type ResourceState } from "../state/resource-state";
import type { Step } from "./step";
import { deleteStep, removePendingReplaceStep, sameStep } from "./steps";

/** Deletes what is left over: replaced copies, and resources that the program no longer wants. */
export async function deleteLeftovers(run: Deployment): Promise<void> {
  const { sames, deletes } = await plan(run);
  await run.executor.chain(sames);
  const blocked = new Set<string>();
  const told = new Set<string>();
  for (const layer of layers(run, deletes)) {
    for (const urn of run.executor.failedUrns) if (!told.has(urn)) block(run, urn, blocked);
    for (const urn of run.executor.failedUrns) told.add(urn);
    const steps = layer.filter((step) => !blocked.has(step.urn));
    // A later layer is what this one depends on: it must wait for all of it.
    await Promise.all(steps.map((step) => run.executor.chain([step])));
  }
}

async function plan(run: Deployment): Promise<{ sames: Step[]; deletes: Step[] }> {
  const allowed = await allowedByTargets(run);
  const sames: Step[] = [];
  const deletes: Step[] = [];
  for (const state of run.snapshot.base) {
    if (allowed && !allowed.has(state.urn)) {
      if (!run.isWanted(state.urn) && !state.delete) sames.push(sameStep(run, state, { ...state }, false));
      continue;
    }
    const step = deletion(run, state);
    if (!step) continue;
    run.deletes.add(state.urn);
    if (state.provider) await run.host.ensure(state.provider, run.olds);
    deletes.push(step);
  }
  refuseUnnamed(run, deletes);
  return { sames, deletes };
}

function deletion(run: Deployment, state: ResourceState): Step | undefined {
  if (state.delete) return run.pendingDeletes.has(state) ? undefined : deleteStep(run, state, "after");
  if (run.isWanted(state.urn)) return undefined;
  return state.pendingReplacement ? removePendingReplaceStep(state) : deleteStep(run, state);
}

/** The targets and whatever leans on them; nothing when there are no targets. */
async function allowedByTargets(run: Deployment): Promise<Set<string> | undefined> {
  const { targets } = run.options;
  if (!targets.constrained) return undefined;
  const allowed = new Set<string>();
  for (const state of run.snapshot.base) {
    if (targets.names(state.urn) || [...allDependencies(state)].some((urn) => allowed.has(urn))) allowed.add(state.urn);
  }
  for (const state of run.snapshot.base.filter(({ urn }) => allowed.has(urn))) {
    for (const dependent of await dependentReplacements(run, state)) allowed.add(dependent.state.urn);
  }
  return allowed;
}

function refuseUnnamed(run: Deployment, deletes: readonly Step[]): void {
  const { targets } = run.options;
  const unnamed = deletes.filter(({ urn }) => !targets.contains(urn));
  for (const { urn } of unnamed) {
    run.complain(
      `Resource '${urn}' will be destroyed but was not specified in --target list.\nEither include resource in --target list or pass --target-dependents to proceed.`,
      urn,
    );
  }
  if (unnamed.length > 0 && !run.dryRun) throw new Error("nothing was deleted: other resources would have to go along");
}

/**
 * Deletions in groups: each group may be done at once, after the one before. A resource is in a group
 * after everything that depends on it.
 */
function layers(run: Deployment, steps: readonly Step[]): Step[][] {
  const byState = new Map(steps.map((step) => [step.old as ResourceState, step]));
  /** The greatest depth of a condemned resource by URN, and below each component. */
  const depths = new Map<string, number>();
  const below = new Map<string, number>();
  const components = new Set<string>();
  const groups: Step[][] = [];
  for (const state of run.snapshot.base) {
    if (!state.custom) components.add(state.urn);
    const step = byState.get(state);
    if (!step) continue;
    let depth = depths.get(state.parent) ?? -1;
    for (const urn of directDependencies(state)) {
      depth = Math.max(depth, depths.get(urn) ?? -1, components.has(urn) ? (below.get(urn) ?? -1) : -1);
    }
    depth += 1;
    (groups[depth] ??= []).push(step);
    depths.set(state.urn, Math.max(depth, depths.get(state.urn) ?? -1));
    for (let parent = state.parent; parent; parent = run.olds.get(parent)?.parent ?? "") {
      below.set(parent, Math.max(depth, below.get(parent) ?? -1));
    }
  }
  return groups.filter(Boolean).toReversed();
}

/** What a resource that could not be deleted depends on must stay. */
function block(run: Deployment, failed: string, blocked: Set<string>): void {
  const waiting = [failed];
  for (let urn = waiting.pop(); urn; urn = waiting.pop()) {
    const state = run.olds.get(urn);
    for (const needed of state ? allDependencies(state) : []) {
      if (blocked.has(needed)) continue;
      blocked.add(needed);
      waiting.push(needed);
    }
  }
}
