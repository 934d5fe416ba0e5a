import type { DetailedDiff } from "../steps/object-diff";
import type { PropertyMap } from "../values/values";

/** What one provider instance can do, whoever hosts it. All values are in the engine's own form. */
export interface Provider {
  checkConfig(request: ConfigRequest): Promise<CheckResult>;
  diffConfig(request: ConfigDiffRequest): Promise<DiffResult>;
  configure(urn: string, id: string, inputs: PropertyMap): Promise<void>;
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<Created>;
  update(request: UpdateRequest): Promise<Created>;
  read(request: ReadRequest): Promise<ReadResult>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(token: string, args: PropertyMap): Promise<InvokeResult>;
  /** Asks for what is under way to be given up. */
  cancel(): Promise<void>;
  close(): void;
}

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}
export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}
export interface InvokeResult {
  readonly result: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

export interface ConfigRequest {
  readonly urn: string;
  readonly olds: PropertyMap | undefined;
  readonly news: PropertyMap;
}
export interface ConfigDiffRequest {
  readonly urn: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
}
export interface CheckRequest {
  readonly urn: string;
  /** Nothing where the resource does not exist, or is about to be made anew. */
  readonly olds: PropertyMap | undefined;
  readonly news: PropertyMap;
  readonly seed: Uint8Array;
}
export interface DiffRequest {
  readonly urn: string;
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}
export interface DiffResult {
  readonly changes: "unknown" | "none" | "some";
  readonly replaceKeys: readonly string[];
  readonly changedKeys: readonly string[];
  readonly detailed: DetailedDiff | undefined;
  readonly deleteBeforeReplace: boolean;
  /** A sentence for the user where no diff could be made. */
  readonly warning?: string;
}
export interface CreateRequest {
  readonly urn: string;
  readonly inputs: PropertyMap;
  readonly timeout: number;
  readonly preview: boolean;
}
export interface UpdateRequest extends CreateRequest {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}
export interface ReadRequest {
  readonly urn: string;
  readonly id: string;
  readonly inputs: PropertyMap | undefined;
  readonly state: PropertyMap | undefined;
  readonly timeout: number;
}
export interface DeleteRequest {
  readonly urn: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  readonly timeout: number;
}

/** What a create or an update made. `failure` says that it exists but did not come up as it should. */
export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly refreshBeforeUpdate: boolean;
  readonly failure?: PartialFailure;
}
/** `id` is empty when the resource does not exist. */
export interface ReadResult extends Created {
  readonly inputs: PropertyMap | undefined;
}

/** The resource exists, but with problems. */
export class PartialFailure extends Error {
  constructor(readonly reasons: readonly string[]) {
    const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
    super(`${count} occurred:\n\t${reasons.map((reason) => `* ${reason}`).join("\n\t")}\n\n`);
  }
}

/** A diff that says nothing changed. */
export const NO_CHANGES: DiffResult = {
  changes: "none",
  replaceKeys: [],
  changedKeys: [],
  detailed: undefined,
  deleteBeforeReplace: false,
};
