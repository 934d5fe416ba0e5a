import type { Deployment } from "../deployment";
import { diffInputs } from "./object-diff";
import { NO_CHANGES, type DiffResult } from "../plugins/provider";
import { replaces, resourceDiff, withReplaceOnChanges } from "./resource-diff";
import type { ResourceState } from "../state/resource-state";
import type { Registration } from "./registration";
import { parseProviderRef } from "../state/urn";
import { hasUnknowns, sameValue, withoutSecrets } from "../values/values";

/** What changes for a resource that exists: forced replacements first, then what its provider says. */
export async function planDiff(run: Deployment, registration: Registration, old: ResourceState): Promise<DiffResult> {
  const { goal, fresh, urn, provider } = registration;
  const forced = await forcedReplacement(run, registration, old);
  if (forced) return { ...NO_CHANGES, changes: "some", replaceKeys: [forced] };
  const initErrors = old.initErrors.length > 0;
  if (!provider) {
    return diffInputs(old.inputs, fresh.inputs).keys.length === 0 ? NO_CHANGES : { ...NO_CHANGES, changes: "some" };
  }
  const diff = await run.executor.slot(() =>
    resourceDiff(provider, run.events, { ...old, urn }, fresh.inputs, goal.ignoreChanges),
  );
  return withReplaceOnChanges(diff, goal.replaceOnChanges, initErrors);
}

/** The reason for which a resource is replaced whatever its inputs say. */
async function forcedReplacement(
  run: Deployment,
  { urn, fresh }: Registration,
  old: ResourceState,
): Promise<string | undefined> {
  if (triggered(run, fresh, old)) return "replacementTrigger";
  if (run.options.replaceTargets.names(urn) || old.taint) return "id";
  if (fresh.replaceWith.some((other) => run.replaces.has(other))) return "replaceWith";
  if (fresh.deletedWith && run.replaces.has(fresh.deletedWith)) return "deletedWith";
  return (await providerChanged(run, old, fresh)) ? "provider" : undefined;
}

function triggered(run: Deployment, fresh: ResourceState, old: ResourceState): boolean {
  const before = withoutSecrets(old.replacementTrigger);
  const after = withoutSecrets(fresh.replacementTrigger);
  if (hasUnknowns(after)) {
    if (!run.dryRun) throw new Error(`replacement trigger contains unknowns for ${fresh.urn}`);
    return true;
  }
  return before !== null && after !== null && !sameValue(before, after);
}

/** A new provider takes over the resources of another unless its configuration reaches somewhere else. */
async function providerChanged(run: Deployment, old: ResourceState, fresh: ResourceState): Promise<boolean> {
  if (old.provider === fresh.provider) return false;
  if (!old.provider || !fresh.provider) return true;
  const before = parseProviderRef(old.provider).urn;
  const after = parseProviderRef(fresh.provider).urn;
  if (run.aliased.get(before) === after) return false;
  const oldState = run.olds.get(before);
  const newState = run.providers.get(after);
  if (!oldState || !newState) return true;
  const instance = await run.host.get(fresh.provider);
  const diff = await instance.diffConfig({
    urn: after,
    oldInputs: oldState.inputs,
    oldOutputs: oldState.outputs,
    newInputs: newState.inputs,
  });
  return replaces(diff);
}
