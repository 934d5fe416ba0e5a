import type { StackOutput } from "../options";
import type { ResourceState } from "./resource-state";
import { ROOT_STACK_TYPE } from "./urn";
import { hasSecrets, hasUnknowns, withoutSecrets } from "../values/values";

/** What the stack exports; values that a preview cannot know yet are left out. */
export function stackOutputs(states: Iterable<ResourceState>): Record<string, StackOutput> {
  const found: Record<string, StackOutput> = {};
  for (const state of states) {
    if (state.type !== ROOT_STACK_TYPE || state.delete) continue;
    for (const [name, value] of Object.entries(state.outputs)) {
      if (!hasUnknowns(value)) found[name] = { value: withoutSecrets(value), secret: hasSecrets(value) };
    }
  }
  return found;
}
