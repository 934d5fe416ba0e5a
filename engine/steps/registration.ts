import type { Deployment } from "../deployment";
import type { Goal } from "../program/goal";
import type { CheckResult } from "../plugins/provider";
import type { Lifecycle } from "../plugins/provider-host";
import type { ResourceState } from "../state/resource-state";
import { nameOf } from "../state/urn";
import { unwrap } from "../values/values";

/** A problem that has been told already. */
export class Told extends Error {}

/** One resource on its way through check, diff and steps. */
export interface Registration {
  readonly goal: Goal;
  readonly urn: string;
  readonly old: ResourceState | undefined;
  readonly fresh: ResourceState;
  readonly provider: Lifecycle | undefined;
  readonly seed: Uint8Array;
  readonly targeted: boolean;
  /** It was deleted earlier in this run, and is to be made again. */
  readonly recreating: boolean;
}

/** Tells of every input that the provider refuses. @returns whether there was any */
export function reportFailures(run: Deployment, state: ResourceState, { failures }: CheckResult): boolean {
  for (const { property, reason } of failures) {
    const what = `${state.type} resource '${nameOf(state.urn)}'`;
    const value = property ? printable(state, property) : "";
    const message = property
      ? `${what}: property ${property} value ${value} has a problem: ${reason}`
      : `${what} has a problem: ${reason}`;
    run.events.say("error", message, state.urn);
  }
  return failures.length > 0;
}

function printable(state: ResourceState, property: string): string {
  const value = state.inputs[property];
  if (value === undefined || value === null) return "{<nil>}";
  return unwrap(value) === value ? `{${typeof value === "string" ? value : JSON.stringify(value)}}` : "[secret]";
}
