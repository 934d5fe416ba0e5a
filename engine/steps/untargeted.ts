import type { Deployment } from "../deployment";
import { allDependencies, type ResourceState } from "../state/resource-state";
import type { Step } from "./step";
import { sameStep } from "./steps";

/**
 * Steps that carry a resource outside the targets into the new state as it was, after everything it
 * depends on that no step has carried over yet: the program may not mention those any more, and the
 * state must still list them first.
 */
export function untargetedSames(run: Deployment, old: ResourceState, fresh: ResourceState): Step[] {
  const steps: Step[] = [];
  const carry = (state: ResourceState, target: ResourceState) => {
    if (state.delete) return;
    run.urns.add(state.urn);
    run.sames.add(state.urn);
    run.sames.add(target.urn);
    for (const urn of allDependencies(state)) {
      if (run.hasStep(urn) || run.isWanted(urn)) continue;
      const dependency = run.olds.get(urn);
      if (dependency) carry(dependency, { ...dependency });
    }
    steps.push(sameStep(run, state, target, false));
  };
  carry(old, { ...old, urn: old.urn });
  // The program asked for it by its name in the program; what it gets is the state as it was.
  run.sames.add(fresh.urn);
  return steps;
}
