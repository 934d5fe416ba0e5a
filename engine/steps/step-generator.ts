import { randomBytes } from "node:crypto";

import { formerUrns } from "../program/aliases";
import type { Deployment } from "../deployment";
import type { Goal } from "../program/goal";
import { messageOf } from "../plugins/grpc";
import { importStep } from "./import-step";
import { resetPaths } from "../values/property-path";
import { reportFailures, Told, type Registration } from "./registration";
import { planDiff } from "./registration-diff";
import { stepsFor } from "./registration-steps";
import { allDependencies, newState, type ResourceState } from "../state/resource-state";
import type { Step } from "./step";
import { Stopped } from "./step-executor";
import { createStep, replaceStep, skippedCreateStep } from "./steps";
import { isProviderType, makeUrn, parseProviderRef, ROOT_STACK_TYPE } from "../state/urn";
import { untargetedSames } from "./untargeted";

/** What became of a registration. */
export interface Outcome {
  readonly state: ResourceState;
  readonly result: "success" | "fail" | "skip";
  /** Outside the targets and not there: its outputs are unknown. */
  readonly unknown?: boolean;
}

/** Turns what the program wants into steps, and sees them done. Registrations may overlap. */
export class StepGenerator {
  constructor(private readonly run: Deployment) {}

  /** @throws Stopped when the run stops before, or because of, this registration */
  async register(goal: Goal): Promise<Outcome> {
    const urn = makeUrn(this.run.options.stack, this.run.options.project, goal.parent, goal.type, goal.name);
    try {
      return await this.run.executor.inTurn(() => this.#register(goal, urn));
    } catch (error) {
      if (error instanceof Stopped) throw error;
      if (!(error instanceof Told)) this.run.events.say("error", messageOf(error), urn);
      this.run.errored = this.run.told = true;
      this.run.executor.stop();
      throw new Stopped();
    }
  }

  async #register(goal: Goal, urn: string): Promise<Outcome> {
    const { run } = this;
    if (goal.parent && !run.urns.has(goal.parent)) throw new Error(`could not find parent resource ${goal.parent}`);
    if (run.urns.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    run.urns.add(urn);
    const { old, alias } = this.#findOld(goal, urn);
    const fresh = this.#wanted(goal, urn, old, alias);
    if (isProviderType(goal.type)) for (const name of [urn, ...fresh.aliases]) run.providers.set(name, fresh);
    const provider = goal.custom ? await run.provider(fresh) : undefined;
    const seed = randomBytes(32);
    const targeted = isProviderType(goal.type) || goal.type === ROOT_STACK_TYPE || run.options.targets.contains(urn);
    const registration = { goal, urn, old, fresh, provider, seed, targeted, recreating: run.deletes.has(urn) };
    return this.#imports(registration) ? this.#adopt(registration, alias) : this.#settle(registration);
  }

  #findOld(goal: Goal, urn: string): { old: ResourceState | undefined; alias: string } {
    const { run } = this;
    const claimed = run.aliased.get(urn);
    if (claimed) {
      throw new Error(`Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimed}'`);
    }
    const same = run.olds.get(urn);
    if (same) return { old: same, alias: "" };
    const { stack, project } = run.options;
    for (const alias of formerUrns(goal, stack, project, run.aliases)) {
      const old = run.olds.get(alias);
      if (!old || alias === urn) continue;
      const other = run.urns.has(alias) ? alias : run.aliased.get(alias);
      if (other) {
        throw new Error(
          `Duplicate resource alias '${alias}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
        );
      }
      run.aliased.set(alias, urn);
      run.aliases.set(urn, alias);
      return { old, alias };
    }
    return { old: undefined, alias: "" };
  }

  #wanted(goal: Goal, urn: string, old: ResourceState | undefined, alias: string): ResourceState {
    return newState({
      urn,
      type: goal.type,
      custom: goal.custom,
      inputs: goal.inputs,
      parent: goal.parent,
      protect: goal.protect ?? false,
      dependencies: goal.dependencies,
      provider: goal.provider,
      propertyDependencies: goal.propertyDependencies,
      additionalSecretOutputs: goal.additionalSecretOutputs,
      aliases: alias ? [alias] : [],
      customTimeouts: goal.customTimeouts,
      importID: goal.importId,
      retainOnDelete: goal.retainOnDelete ?? false,
      deletedWith: goal.deletedWith,
      replaceWith: goal.replaceWith,
      replacementTrigger: goal.replacementTrigger,
      created: old?.created ?? "",
      modified: old?.modified ?? "",
      sourcePosition: goal.sourcePosition,
      ignoreChanges: goal.ignoreChanges,
      hideDiff: goal.hideDiff,
      replaceOnChanges: goal.replaceOnChanges,
      refreshBeforeUpdate: old?.refreshBeforeUpdate ?? false,
    });
  }

  #imports({ goal, old }: Registration): boolean {
    if (!goal.custom || !goal.importId) return false;
    return !old || old.external || (old.importID || old.id) !== goal.importId;
  }

  async #adopt(registration: Registration, alias: string): Promise<Outcome> {
    const { goal, urn, old, fresh, recreating } = registration;
    this.run.imports.add(urn);
    const replaced = recreating ? undefined : old;
    const adopt = importStep(this.run, goal, fresh, replaced);
    const steps = replaced ? [adopt, replaceStep(replaced, fresh, {})] : [adopt];
    if (!(await this.run.executor.chain(steps))) return { state: fresh, result: "fail" };
    // From here on the adopted resource is the old state, and the program's wishes are compared with it.
    return this.#settle({ ...registration, old: fresh, fresh: this.#wanted(goal, urn, fresh, alias) });
  }

  /** Check, policies, diff, steps. */
  async #settle(registration: Registration): Promise<Outcome> {
    const { run } = this;
    const { goal, urn, old, fresh } = registration;
    const valid = await this.#check(registration);
    const verdict = await run.policies.check(fresh, goal, run.providerState(fresh.provider));
    fresh.inputs = verdict.inputs;
    if (verdict.errored) run.errored = true;
    if (!valid || verdict.invalid) throw new Told(`resource ${urn} is invalid`);
    if (run.deletes.has(urn) && !registration.recreating && old) {
      // Another replacement deleted it meanwhile: what was checked against the old inputs does not hold.
      return this.#settle({ ...registration, fresh: { ...fresh, inputs: goal.inputs }, recreating: true });
    }
    const early = this.#withoutDiff(registration);
    if (early) return this.#perform(registration, early);
    const current = old as ResourceState;
    const diff = await planDiff(run, registration, current);
    if (run.deletes.has(urn)) return this.#perform(registration, this.#recreate(current, fresh));
    return this.#perform(registration, await stepsFor(run, registration, current, diff));
  }

  async #check(registration: Registration): Promise<boolean> {
    const { goal, urn, old, fresh, provider, seed, targeted, recreating } = registration;
    const { inputs, invalid } = resetPaths(goal.inputs, old?.inputs ?? {}, old ? goal.ignoreChanges : []);
    if (invalid.length > 0) {
      const paths = JSON.stringify(invalid.join(", "));
      this.run.events.say("info", `cannot ignore changes in added or removed elements of the path: ${paths}`, urn);
    }
    fresh.inputs = inputs;
    if (!provider) return true;
    if (!targeted) {
      fresh.inputs = old?.inputs ?? {};
      return true;
    }
    const anew = recreating || !old || old.external || this.run.options.replaceTargets.names(urn) || old.taint;
    const checked = await this.run.executor.slot(() =>
      provider.check({ urn, olds: anew ? undefined : old.inputs, news: anew ? goal.inputs : inputs, seed }),
    );
    fresh.inputs = checked.inputs;
    return !reportFailures(this.run, fresh, checked);
  }

  /** The cases in which nobody need be asked what changed. */
  #withoutDiff({ urn, old, fresh, targeted, recreating }: Registration): Step[] | undefined {
    const { run } = this;
    if (recreating && old) return this.#recreate(old, fresh);
    if (old?.external) {
      run.creates.add(urn);
      return [createStep(run, fresh, { old, marks: true, reasons: {} }), replaceStep(old, fresh, {})];
    }
    if (!targeted && old) return untargetedSames(run, old, fresh);
    if (!targeted) {
      run.sames.add(urn);
      run.skippedCreates.add(urn);
      return [skippedCreateStep(fresh)];
    }
    if (old) return undefined;
    run.creates.add(urn);
    return [createStep(run, fresh)];
  }

  #recreate(old: ResourceState, fresh: ResourceState): Step[] {
    const { run } = this;
    run.deletes.delete(old.urn);
    run.deletes.delete(fresh.urn);
    run.replaces.add(fresh.urn);
    const keys = run.dependentReplaceKeys.get(old.urn) ?? [];
    return [replaceStep(old, fresh, {}), createStep(run, fresh, { old, marks: false, reasons: { keys } })];
  }

  async #perform({ old, fresh }: Registration, steps: readonly Step[]): Promise<Outcome> {
    const { run } = this;
    // An adopted resource that is as the program wants it needs nothing more.
    if (steps.length === 0) return { state: old as ResourceState, result: "success" };
    this.#refuseSkippedDependencies(steps);
    const last = steps.at(-1)?.new ?? fresh;
    if (run.options.continueOnError && dependsOnFailed(run, fresh)) {
      run.executor.failedUrns.add(fresh.urn);
      return { state: fresh, result: "skip" };
    }
    const done = await run.executor.chain(steps);
    return { state: last, result: done ? "success" : "fail", unknown: steps.some((step) => step.skippedCreate) };
  }

  /** A resource that --target leaves out and that does not exist cannot be leaned on. */
  #refuseSkippedDependencies(steps: readonly Step[]): void {
    const { run } = this;
    if (!run.options.targets.constrained) return;
    for (const step of steps) {
      if (!step.new || step.skippedCreate) continue;
      for (const urn of allDependencies(step.new)) {
        if (!run.skippedCreates.has(urn)) continue;
        run.complain(
          `Resource '${step.urn}' depends on '${urn}' which was was not specified in --target list.`,
          step.urn,
        );
        if (!run.dryRun) throw new Told("untargeted create");
        run.skippedCreates.delete(urn);
      }
    }
  }
}

function dependsOnFailed(run: Deployment, state: ResourceState): boolean {
  if (run.executor.failedUrns.size === 0) return false;
  if (state.provider && run.executor.failedUrns.has(parseProviderRef(state.provider).urn)) return true;
  return [...allDependencies(state)].some((urn) => run.executor.failedUrns.has(urn));
}
