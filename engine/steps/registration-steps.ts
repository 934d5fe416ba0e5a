import type { Deployment } from "../deployment";
import type { DiffResult } from "../plugins/provider";
import { dependentReplacements } from "./replacements";
import { replaces } from "./resource-diff";
import type { ResourceState } from "../state/resource-state";
import { blind } from "../state/secrets";
import type { Step } from "./step";
import { reportFailures, Told, type Registration } from "./registration";
import { createStep, deleteStep, replaceStep, sameStep, updateStep, type Reasons } from "./steps";
import { isSecret } from "../values/values";

/** The steps that a diff asks for. None at all for an adopted resource that is as the program wants it. */
export async function stepsFor(
  run: Deployment,
  registration: Registration,
  old: ResourceState,
  diff: DiffResult,
): Promise<Step[]> {
  const { urn, fresh, goal } = registration;
  const reasons: Reasons = { keys: diff.replaceKeys, diffs: diff.changedKeys, detailed: diff.detailed };
  const changed = diff.changes === "some" || old.pendingReplacement;
  if (changed && (replaces(diff) || old.pendingReplacement)) {
    return replacement(run, registration, old, diff, reasons);
  }
  // A resource that came up badly is updated with nothing new, for it to try again.
  if (changed || old.initErrors.length > 0) {
    run.updates.add(urn);
    return [
      updateStep(run, old, fresh, { diffs: reasons.diffs ?? [], detailed: reasons.detailed }, goal.ignoreChanges),
    ];
  }
  if (run.imports.has(urn)) return [];
  run.sames.add(urn);
  return [sameStep(run, old, fresh)];
}

async function replacement(
  run: Deployment,
  { urn, goal, fresh, provider, seed }: Registration,
  old: ResourceState,
  diff: DiffResult,
  reasons: Reasons,
): Promise<Step[]> {
  if (fresh.protect && old.protect) {
    const message = `unable to replace resource "${urn}"\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\``;
    run.complain(message, urn);
    // A preview goes on, to show what asks for the replacement.
    if (!run.dryRun) throw new Told(message);
  }
  if (goal.importId) refuseImported(run, urn, old, fresh, diff);
  run.replaces.add(urn);
  if (provider && !run.options.replaceTargets.names(urn)) {
    // Nothing carries over from the old resource, defaults included.
    const checked = await run.executor.slot(() => provider.check({ urn, olds: undefined, news: goal.inputs, seed }));
    fresh.inputs = checked.inputs;
    if (reportFailures(run, fresh, checked)) throw new Told(`resource ${urn} is invalid`);
  }
  if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) {
    return [createStep(run, fresh, { old, marks: true, reasons }), replaceStep(old, fresh, reasons)];
  }
  const deletions = await makeRoom(run, urn, old);
  return [...deletions, replaceStep(old, fresh, reasons), createStep(run, fresh, { old, marks: false, reasons })];
}

function refuseImported(
  run: Deployment,
  urn: string,
  old: ResourceState,
  fresh: ResourceState,
  diff: DiffResult,
): void {
  const changes = diff.replaceKeys.map((key) => `${key}: ${show(old, key)} => ${show(fresh, key)}`).join("\n");
  const message = `previously-imported resources that still specify an ID may not be replaced; please remove the \`import\` declaration from your program;\n${changes}`;
  if (!run.dryRun) throw new Error(message);
  run.events.say("warning", message, urn);
}

function show(state: ResourceState, key: string): string {
  const value = state.inputs[key];
  return isSecret(value) ? "[secret]" : JSON.stringify(blind(value ?? null));
}

/** Deletes the resource, and before it whatever cannot stay without it, dependents first. */
async function makeRoom(run: Deployment, urn: string, old: ResourceState): Promise<Step[]> {
  const steps: Step[] = [];
  const inTheWay = await dependentReplacements(run, old);
  for (const { state, keys } of inTheWay.toReversed()) {
    if (run.pendingDeletes.has(state)) continue;
    run.dependentReplaceKeys.set(state.urn, keys);
    if (state.protect) {
      const message = `unable to replace resource "${state.urn}" as part of replacing "${urn}" as it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${state.urn}'\``;
      run.complain(message, urn);
      throw new Told(message);
    }
    steps.push(deleteStep(run, state, "before"));
    // Whether it comes back is for the rest of the program to say.
    run.deletes.add(state.urn);
    run.pendingDeletes.add(state);
  }
  await run.host.ensure(old.provider, run.olds);
  if (!old.pendingReplacement) {
    run.deletes.add(old.urn);
    steps.push(deleteStep(run, old, "before"));
  }
  return steps;
}
