import type { Goal } from "../program/goal";
import type { ResourceState } from "../state/resource-state";
import type { PropertyMap } from "../values/values";

export interface Verdict {
  /** The inputs, remedied where a policy does that. */
  readonly inputs: PropertyMap;
  /** The resource must not be touched. */
  readonly invalid: boolean;
  /** The run is no success, though it may go on. */
  readonly errored: boolean;
}

/** Policy packs, asked about each resource before it is touched and about the whole at the end. */
export interface PolicyHost {
  check(state: ResourceState, goal: Goal, provider: ResourceState | undefined): Promise<Verdict>;
  /** @returns whether a mandatory policy is violated */
  checkStack(states: readonly ResourceState[]): Promise<boolean>;
  close(): void;
}

export const NO_POLICIES: PolicyHost = {
  check: (state) => Promise.resolve({ inputs: state.inputs, invalid: false, errored: false }),
  checkStack: () => Promise.resolve(false),
  close: () => {},
};
