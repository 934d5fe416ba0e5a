import type { DetailedDiff } from "./object-diff";
import type { Created, PartialFailure } from "../plugins/provider";
import type { Lifecycle, ProviderHost } from "../plugins/provider-host";
import type { ResourceState } from "../state/resource-state";
import { DONE, type Step, type StepOp, type StepResult } from "./step";
import { Refused } from "./step-executor";
import { isProviderType } from "../state/urn";

/** What every step needs to know about the run. */
export interface StepContext {
  readonly dryRun: boolean;
  readonly host: ProviderHost;
  /** URNs that this run deletes: what is deleted with them need not be deleted itself. */
  readonly deletes: ReadonlySet<string>;
  provider(state: ResourceState): Promise<Lifecycle>;
  now(): string;
}

/** Why a resource changes, as a diff told it. */
export interface Reasons {
  readonly keys?: readonly string[];
  readonly diffs?: readonly string[];
  readonly detailed?: DetailedDiff | undefined;
}

function stepOf(op: StepOp, state: ResourceState, reasons: Reasons = {}) {
  return {
    op,
    urn: state.urn,
    type: state.type,
    provider: state.provider,
    logical: true,
    ...(reasons.keys ? { keys: reasons.keys } : {}),
    ...(reasons.diffs ? { diffs: reasons.diffs } : {}),
    ...(reasons.detailed ? { detailed: reasons.detailed } : {}),
  };
}

function result(failure: PartialFailure | undefined): StepResult {
  return failure ? { failure } : DONE;
}

/** Nothing changes but what the program says about it: its parent, dependencies and options. */
export function sameStep(run: StepContext, old: ResourceState, fresh: ResourceState, loads = true): Step {
  return {
    ...stepOf("same", fresh),
    old,
    new: fresh,
    async apply() {
      fresh.id = old.id;
      fresh.outputs = old.outputs;
      if (loads && isProviderType(fresh.type)) await run.host.same({ ...fresh, inputs: old.inputs }, true);
      return DONE;
    },
    change: () => ({ gone: [old], fresh: [fresh] }),
  };
}

/** A resource outside the targets that does not exist: the program goes on as if its outputs were unknown. */
export function skippedCreateStep(fresh: ResourceState): Step {
  return {
    ...stepOf("same", fresh),
    old: fresh,
    new: fresh,
    skippedCreate: true,
    apply: () => Promise.resolve(DONE),
    change: () => ({}),
  };
}

/** @param old with a replacement: what is replaced; `marks` when it is to be deleted later rather than gone already */
export function createStep(
  run: StepContext,
  fresh: ResourceState,
  replaced?: { readonly old: ResourceState; readonly marks: boolean; readonly reasons: Reasons },
): Step {
  const old = replaced?.old;
  return {
    ...stepOf(replaced ? "create-replacement" : "create", fresh, replaced?.reasons),
    ...(old ? { old } : {}),
    new: fresh,
    logical: !replaced,
    pending: "creating",
    async apply() {
      let made: Created | undefined;
      if (fresh.custom) {
        const provider = await run.provider(fresh);
        made = await provider.create({
          urn: fresh.urn,
          inputs: fresh.inputs,
          timeout: fresh.customTimeouts.create ?? 0,
          preview: run.dryRun,
        });
        fresh.id = made.id;
        fresh.outputs = made.outputs;
        fresh.refreshBeforeUpdate = made.refreshBeforeUpdate;
        if (made.failure) fresh.initErrors = [...made.failure.reasons];
      }
      fresh.created = fresh.modified = run.now();
      if (old && replaced.marks) old.delete = true;
      return result(made?.failure);
    },
    change: () => ({
      fresh: [fresh],
      ...(old && replaced.marks ? { marked: [old] } : {}),
      ...(old?.pendingReplacement ? { gone: [old] } : {}),
    }),
  };
}

/** The word for the whole of a replacement; its parts are steps of their own. */
export function replaceStep(old: ResourceState, fresh: ResourceState, reasons: Reasons): Step {
  return {
    ...stepOf("replace", fresh, reasons),
    old,
    new: fresh,
    apply: () => Promise.resolve(DONE),
    change: () => ({}),
  };
}

export function updateStep(
  run: StepContext,
  old: ResourceState,
  fresh: ResourceState,
  reasons: Reasons,
  ignoreChanges: readonly string[],
): Step {
  return {
    ...stepOf("update", fresh, reasons),
    old,
    new: fresh,
    pending: "updating",
    async apply() {
      fresh.id = old.id;
      fresh.created = old.created;
      fresh.modified = old.modified;
      if (!fresh.custom) return DONE;
      const provider = await run.provider(fresh);
      const made = await provider.update({
        urn: fresh.urn,
        id: old.id,
        oldInputs: old.inputs,
        oldOutputs: old.outputs,
        inputs: fresh.inputs,
        timeout: fresh.customTimeouts.update ?? 0,
        preview: run.dryRun,
        ignoreChanges,
      });
      fresh.outputs = made.outputs;
      fresh.refreshBeforeUpdate = made.refreshBeforeUpdate;
      fresh.modified = run.now();
      if (made.failure) {
        fresh.initErrors = [...made.failure.reasons];
        // It was not brought to its new inputs, so the next run must see them as new again.
        fresh.inputs = old.inputs;
      }
      return result(made.failure);
    },
    change: () => ({ gone: [old], fresh: [fresh] }),
  };
}

/**
 * @param replacing "before": deleted to make room, and kept in the state, marked, until its replacement
 *   exists; "after": replaced already
 */
export function deleteStep(run: StepContext, old: ResourceState, replacing?: "before" | "after"): Step {
  const op = old.external ? (replacing ? "discard-replaced" : "discard") : replacing ? "delete-replaced" : "delete";
  return {
    ...stepOf(op, old),
    old,
    logical: !replacing,
    pending: "deleting",
    async apply() {
      if (!replacing && old.protect) {
        throw new Refused(
          `resource "${old.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${old.urn}'\``,
        );
      }
      const goesAnyway = old.external || old.retainOnDelete || run.deletes.has(old.deletedWith) || !old.custom;
      if (!run.dryRun && !goesAnyway) {
        const provider = await run.provider(old);
        await provider.delete({
          urn: old.urn,
          id: old.id,
          inputs: old.inputs,
          outputs: old.outputs,
          timeout: old.customTimeouts.delete ?? 0,
        });
      }
      // Only now: a delete that failed must be tried again by the next run.
      if (replacing === "before") old.pendingReplacement = true;
      return DONE;
    },
    change: () => (replacing === "before" ? { marked: [old] } : { gone: [old] }),
  };
}

/** Deleted by an earlier run to make room for a replacement that nobody wants any more. */
export function removePendingReplaceStep(old: ResourceState): Step {
  return {
    ...stepOf("remove-pending-replace", old),
    old,
    logical: false,
    apply: () => Promise.resolve(DONE),
    change: () => ({ gone: [old] }),
  };
}
