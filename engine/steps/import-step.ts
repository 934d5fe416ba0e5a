import type { Goal } from "../program/goal";
import { packageOf } from "../state/urn";
import { resetPaths } from "../values/property-path";
import { newState, type ResourceState } from "../state/resource-state";
import { DONE, type Step } from "./step";
import type { StepContext } from "./steps";

/**
 * Adopts a resource that exists already: its real state becomes the old state that the program's
 * wishes are then compared with.
 * @param replaced the stack's own resource of that name, to be deleted later
 */
export function importStep(run: StepContext, goal: Goal, fresh: ResourceState, replaced?: ResourceState): Step {
  let before: ResourceState | undefined = replaced;
  return {
    op: replaced ? "import-replacement" : "import",
    urn: fresh.urn,
    type: fresh.type,
    provider: fresh.provider,
    get old() {
      return before;
    },
    new: fresh,
    logical: !replaced,
    pending: "importing",
    async apply() {
      const provider = await run.provider(fresh);
      const found = await provider.read({
        urn: fresh.urn,
        id: goal.importId,
        inputs: undefined,
        state: undefined,
        timeout: fresh.customTimeouts.read ?? 0,
      });
      if (!found.id && Object.keys(found.outputs).length === 0) {
        throw new Error(`resource '${goal.importId}' does not exist`);
      }
      if (!found.inputs) {
        throw new Error(
          `provider does not support importing resources; please try updating the '${packageOf(fresh.type)}' plugin`,
        );
      }
      if (found.failure) fresh.initErrors = [...found.failure.reasons];
      fresh.id = found.id || goal.importId;
      fresh.outputs = found.outputs;
      fresh.refreshBeforeUpdate = found.refreshBeforeUpdate;
      before = newState({ ...fresh, inputs: found.inputs, additionalSecretOutputs: [], aliases: [] });
      fresh.inputs = resetPaths(found.inputs, found.inputs, goal.ignoreChanges).inputs;
      fresh.created = fresh.modified = run.now();
      if (replaced) replaced.delete = true;
      return DONE;
    },
    change: () => ({ fresh: [fresh], ...(replaced ? { marked: [replaced] } : {}) }),
  };
}
