import type { Deployment } from "../deployment";
import { messageOf } from "../plugins/grpc";
import { readStep } from "../steps/read-step";
import type { ResourceState } from "../state/resource-state";
import { Stopped } from "../steps/step-executor";
import { replaceStep } from "../steps/steps";
import { makeUrn } from "../state/urn";

/**
 * Reads a resource that the program names but does not own.
 * @throws Stopped when it cannot be read, which has been told
 */
export async function readResource(run: Deployment, state: ResourceState, name: string): Promise<ResourceState> {
  const { stack, project } = run.options;
  state.urn = makeUrn(stack, project, state.parent, state.type, name);
  try {
    if (run.urns.has(state.urn)) {
      throw new Error(`Duplicate resource URN '${state.urn}'; try giving it a unique name`);
    }
    run.urns.add(state.urn);
    await run.provider(state);
    const old = run.olds.get(state.urn);
    // Another resource than the stack's own under the same name: the stack lets go of its own.
    const replaces = old !== undefined && !old.external && old.id !== state.id;
    (replaces ? run.replaces : run.reads).add(state.urn);
    const steps = [readStep(run, state, old, replaces)];
    if (replaces) steps.push(replaceStep(old, state, {}));
    if (await run.executor.inTurn(() => run.executor.chain(steps))) return state;
    throw new Error(`resource '${state.id}' could not be read`);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    run.events.say("error", messageOf(error), state.urn);
    run.errored = run.told = true;
    run.executor.stop();
    throw new Stopped();
  }
}
