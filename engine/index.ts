/** An embedded engine for Pulumi programs of Node: it runs them unmodified, and keeps Pulumi's own state. */
export { EngineError } from "./error";
export type { Operation, RunOptions, RunResult, StackLocation, StackOutput } from "./options";
export { run } from "./run";
export { exportState, importState, readOutputs } from "./state/stack-state";
