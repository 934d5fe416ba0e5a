import type { Events } from "../events";
import { diffInputs, invert, type DetailedDiff } from "./object-diff";
import { resourceDiff } from "./resource-diff";
import type { ResourceState } from "../state/resource-state";
import { DONE, type Step, type StepOp } from "./step";
import type { StepContext } from "./steps";
import { isProviderType } from "../state/urn";
import { sameValue } from "../values/values";

/** A look at the real resource; `new` is what it found, or nothing when the resource is gone. */
export interface RefreshStep extends Step {
  readonly old: ResourceState;
}

export function refreshStep(run: StepContext, events: Events, old: ResourceState): RefreshStep {
  let fresh: ResourceState | undefined = old;
  let resultOp: StepOp = "same";
  let detailed: DetailedDiff | undefined;
  let diffs: readonly string[] = [];
  return {
    op: "refresh",
    urn: old.urn,
    type: old.type,
    provider: old.provider,
    logical: false,
    old,
    get new() {
      return fresh;
    },
    get resultOp() {
      return resultOp;
    },
    get detailed() {
      return detailed;
    },
    get diffs() {
      return diffs;
    },
    pending: "reading",
    async apply() {
      // Nobody but the engine knows of components and providers, and what is gone already cannot change.
      if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return DONE;
      const provider = await run.provider(old);
      const found = await provider.read({
        urn: old.urn,
        id: old.id,
        inputs: old.inputs,
        state: old.outputs,
        timeout: old.customTimeouts.read ?? 0,
      });
      if (found.failure) {
        const reasons = found.failure.reasons.join("\n* ");
        events.say("warning", `Refreshed resource is in an unhealthy state:\n* ${reasons}`, old.urn);
      }
      if (!found.id) {
        fresh = undefined;
        resultOp = "delete";
        return DONE;
      }
      fresh = {
        ...old,
        id: found.id,
        inputs: found.inputs ?? old.inputs,
        outputs: found.outputs,
        initErrors: [...(found.failure?.reasons ?? [])],
        refreshBeforeUpdate: found.refreshBeforeUpdate,
      };
      if (!sameValue(fresh.inputs, old.inputs) || !sameValue(fresh.outputs, old.outputs)) fresh.modified = run.now();
      if (old.external) {
        resultOp = diffInputs(old.outputs, fresh.outputs).keys.length > 0 ? "update" : "same";
        return DONE;
      }
      // What the next update would change back is what changed, seen from the other side.
      const drift = await resourceDiff(provider, events, fresh, old.inputs, old.ignoreChanges);
      resultOp = drift.changes === "some" ? "update" : "same";
      diffs = drift.changedKeys;
      detailed = drift.detailed && inverted(drift.detailed);
      return DONE;
    },
    change: () => ({}),
  };
}

function inverted(detailed: DetailedDiff): DetailedDiff {
  return Object.fromEntries(
    Object.entries(detailed).map(([path, diff]) => [path, { ...diff, kind: invert(diff.kind) }]),
  );
}
