import type { EngineEvent } from "@pulumi/pulumi/automation";

export type Operation = "preview" | "up" | "refresh" | "destroy";

/** A stack of a project, wherever its engine keeps the state. */
export interface StackPlace {
  /** The folder that holds Pulumi.yaml. */
  readonly projectDir: string;
  /** The project's name in Pulumi.yaml. */
  readonly project: string;
  readonly stack: string;
  /** Where the embedded engine keeps state; in the project's folder, under .marketplace, when not given. */
  readonly stateDir?: string;
}

export interface DeployRequest extends StackPlace {
  readonly operation: Operation;
  /** For the program and the providers, over the command's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Over what Pulumi.<stack>.yaml says, for this run only; the Pulumi CLI would write it down, so only the embedded engine takes it. */
  readonly config?: Readonly<Record<string, string>>;
  readonly parallel?: number;
  readonly targets?: readonly string[];
  readonly replacements?: readonly string[];
  readonly refreshFirst?: boolean;
  readonly policyPacks?: readonly string[];
  readonly onEvent: (event: EngineEvent) => void;
  /** First abort: start nothing new, finish and save what is in flight. */
  readonly signal: AbortSignal;
}

export interface DeployResult {
  readonly result: "succeeded" | "failed" | "cancelled";
  readonly durationSeconds: number;
  /** Why it failed, where no event said so. */
  readonly reason?: string;
}

export interface StackOutput {
  readonly value: unknown;
  readonly secret: boolean;
}

/** Carries out deployments and keeps their state. Both kinds tell Pulumi's own events, so one display shows both. */
export interface Engine {
  readonly name: "embedded" | "pulumi";
  deploy(request: DeployRequest): Promise<DeployResult>;
  /** The stacks this project has here. */
  stacks(
    projectDir: string,
    project: string,
  ): Promise<readonly { readonly name: string; readonly selected: boolean }[]>;
  outputs(place: StackPlace): Promise<Readonly<Record<string, StackOutput>>>;
  /** The stack's state in Pulumi's deployment format; undefined when there is none yet. */
  exportState(place: StackPlace): Promise<object | undefined>;
  importState(place: StackPlace, state: object): Promise<void>;
  /** `key` has its namespace: `paid-ami:amiId`. */
  getConfig(place: StackPlace, key: string): Promise<string | undefined>;
  setConfig(place: StackPlace, key: string, value: string, secret: boolean): Promise<void>;
}
