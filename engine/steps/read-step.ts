import { diffInputs } from "./object-diff";
import type { ResourceState } from "../state/resource-state";
import { DONE, type Step } from "./step";
import type { StepContext } from "./steps";
import { UNKNOWN } from "../values/values";

/**
 * Looks at a resource that this stack uses but does not own. Unlike other steps it runs in previews.
 * @param replaces the state under the same name was the stack's own, and is to be deleted
 */
export function readStep(run: StepContext, fresh: ResourceState, old?: ResourceState, replaces = false): Step {
  return {
    op: replaces ? "read-replacement" : "read",
    urn: fresh.urn,
    type: fresh.type,
    provider: fresh.provider,
    ...(old ? { old } : {}),
    new: fresh,
    logical: !replaces,
    pending: "reading",
    async apply() {
      if (fresh.id === UNKNOWN) return DONE;
      const provider = await run.provider(fresh);
      const { inputs } = fresh;
      const found = await provider.read({
        urn: fresh.urn,
        id: fresh.id,
        inputs,
        state: inputs,
        timeout: fresh.customTimeouts.read ?? 0,
      });
      if (!found.id && Object.keys(found.outputs).length === 0)
        throw new Error(`resource '${fresh.id}' does not exist`);
      fresh.outputs = found.outputs;
      if (found.id) fresh.id = found.id;
      if (found.failure) fresh.initErrors = [...found.failure.reasons];
      if (replaces && old) old.delete = true;
      stamp(run, fresh, old);
      return found.failure ? { failure: found.failure } : DONE;
    },
    change: () => ({ fresh: [fresh], ...(old ? (replaces ? { marked: [old] } : { gone: [old] }) : {}) }),
  };
}

function stamp(run: StepContext, fresh: ResourceState, old: ResourceState | undefined): void {
  if (!old) return;
  fresh.created = old.created;
  fresh.modified = old.modified;
  const changed =
    diffInputs(old.inputs, fresh.inputs).keys.length > 0 || diffInputs(old.outputs, fresh.outputs).keys.length > 0;
  if (changed) fresh.modified = run.now();
}
