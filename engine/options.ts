import type { EngineEvent } from "@pulumi/pulumi/automation";

export type Operation = "preview" | "up" | "refresh" | "destroy";

/** What to run, where, and with which switches. */
export interface RunOptions {
  readonly operation: Operation;
  /** The folder that holds Pulumi.yaml. */
  readonly projectDir: string;
  /** The stack's short name, such as `dev`; its organization is always `organization`. */
  readonly stack: string;
  /** Where state lives; `<projectDir>/.marketplace` unless given. */
  readonly stateDir?: string;
  /** Protects secrets; PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE unless given. */
  readonly passphrase?: string;
  /** Configuration by `namespace:name`, over what Pulumi.yaml and Pulumi.<stack>.yaml say. */
  readonly config?: Record<string, string>;
  /** Extra environment for the program and the plugins. */
  readonly env?: Record<string, string>;
  /** How many resource operations may run at once; 16 unless given. */
  readonly parallel?: number;
  /** Only these URNs (a `*` matches any text). */
  readonly target?: string[];
  /** Replace these URNs whatever their diff says. */
  readonly replace?: string[];
  /** Read the real state of every resource first. */
  readonly refresh?: boolean;
  /** Folders of policy packs to run. */
  readonly policyPacks?: string[];
  /** Keep going past failed resources that nothing else needs. */
  readonly continueOnError?: boolean;
  /** With `refresh`: forget creations that an interrupted run left open. */
  readonly clearPendingCreates?: boolean;
  /** A note on why, for whoever calls; the engine has no history to keep it in. */
  readonly message?: string;
  /** Hears every event, in order, in the shape in which the Pulumi CLI streams them. */
  readonly onEvent?: (event: EngineEvent) => void;
  /** First abort: start nothing new, and let steps in flight finish and be saved. */
  readonly signal?: AbortSignal;
}

export interface StackOutput {
  readonly value: unknown;
  readonly secret: boolean;
}

export interface RunResult {
  readonly result: "succeeded" | "failed" | "cancelled";
  /** How many resources saw each operation, as the Pulumi CLI counts them. */
  readonly changes: Record<string, number>;
  readonly outputs: Record<string, StackOutput>;
  readonly durationSeconds: number;
}

/** Names one stack's state. */
export interface StackLocation {
  readonly projectDir: string;
  readonly stack: string;
  readonly stateDir?: string;
  readonly passphrase?: string;
}
