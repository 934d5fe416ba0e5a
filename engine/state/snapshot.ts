import type { Entry, Journal, PendingKind } from "./journal";
import { fromCheckpoint, toCheckpoint, type ResourceState } from "./resource-state";
import type { SecretsHolder } from "./secrets";
import type { Checkpoint, StoredOperation } from "./state-file";
import { completeReferences, hasSecrets, isSecret, some, type PropertyMap } from "../values/values";

/** What a finished step did to the remembered world. */
export interface Change {
  readonly gone?: readonly ResourceState[];
  readonly fresh?: readonly ResourceState[];
  /** States whose `delete` or `pendingReplacement` mark is now set. */
  readonly marked?: readonly ResourceState[];
}

/** An operation that was under way when a run was cut short. */
export interface PendingOperation {
  readonly type: PendingKind;
  readonly resource: ResourceState;
}

/**
 * The states of a run: those of the checkpoint it began with (the base) and those its steps made,
 * in the order in which they were made. New ones first, then what is left of the base: an order in
 * which everything follows what it depends on.
 */
export class Snapshot {
  readonly base: ResourceState[];
  readonly pendingBefore: PendingOperation[];
  readonly #fresh: ResourceState[] = [];
  readonly #gone = new Set<ResourceState>();
  readonly #numbers = new Map<ResourceState, number>();
  readonly #open = new Map<number, PendingOperation>();
  readonly #settled = new Set<string>();
  #steps = 0;

  constructor(
    checkpoint: Checkpoint,
    private readonly secrets: SecretsHolder,
    private readonly journal: Journal | undefined,
  ) {
    this.base = (checkpoint.deployment.resources ?? []).map((stored) => this.#load(stored));
    this.pendingBefore = (checkpoint.deployment.pending_operations ?? []).map(({ type, resource }) => ({
      type: type as PendingKind,
      resource: this.#load(resource),
    }));
    for (const state of this.base) this.#number(state);
  }

  #load(stored: PropertyMap): ResourceState {
    const opened = some(stored, isSecret) ? this.secrets.get().open(stored, placeOf(stored)) : stored;
    return fromCheckpoint(opened as PropertyMap);
  }

  #store(state: ResourceState): PropertyMap {
    const stored = completeReferences(toCheckpoint(state));
    return hasSecrets(stored) ? (this.secrets.get().seal(stored, placeOf(stored)) as PropertyMap) : stored;
  }

  #number(state: ResourceState): number {
    const known = this.#numbers.get(state);
    if (known !== undefined) return known;
    this.#numbers.set(state, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** A fresh set of states takes the place of the base, as after a refresh. */
  rebase(states: readonly ResourceState[], settled: (operation: PendingOperation) => boolean): void {
    this.base.splice(0, this.base.length, ...states);
    this.pendingBefore.splice(
      0,
      this.pendingBefore.length,
      ...this.pendingBefore.filter((operation) => !settled(operation)),
    );
  }

  /** Writes down that an operation is about to begin; resolves when that is on the disk. */
  async begin(operation: PendingKind, state: ResourceState): Promise<number> {
    const step = ++this.#steps;
    this.#open.set(step, { type: operation, resource: state });
    await this.journal?.append({ kind: "begin", step, operation, state: this.#store(state) });
    return step;
  }

  /** Writes down what came of it. Resolves when that is on the disk; `step` 0 is one that was never begun. */
  end(step: number, change: Change): Promise<void> {
    for (const state of change.gone ?? []) this.#gone.add(state);
    for (const state of change.fresh ?? []) this.#fresh.push(state);
    const pending = this.#open.get(step);
    if (pending && (change.gone || change.fresh || change.marked)) this.#settled.add(pending.resource.urn);
    this.#open.delete(step);
    if (!this.journal) return Promise.resolve();
    return this.journal.append({
      kind: "end",
      step,
      ...(change.gone?.length ? { gone: change.gone.map((state) => this.#number(state)) } : {}),
      ...(change.fresh?.length
        ? { fresh: change.fresh.map((state) => [this.#number(state), this.#store(state)] as const) }
        : {}),
      ...(change.marked?.length
        ? {
            marked: change.marked.map(
              (state) =>
                [this.#number(state), { delete: state.delete, pendingReplacement: state.pendingReplacement }] as const,
            ),
          }
        : {}),
    });
  }

  /** Writes down the outputs that a component registered after it was made. */
  outputs(state: ResourceState): Promise<void> {
    if (!this.journal || !this.#numbers.has(state)) return Promise.resolve();
    const { outputs } = this.#store(state);
    return this.journal.append({ kind: "end", step: 0, marked: [[this.#number(state), { outputs: outputs ?? {} }]] });
  }

  states(): ResourceState[] {
    const left = (state: ResourceState) => !this.#gone.has(state);
    return [...this.#fresh.filter(left), ...this.base.filter(left)];
  }

  /**
   * Operations that were cut short: this run's, and earlier ones' that nothing has settled since. A
   * creation stays until somebody has looked, since only a look can tell whether it happened.
   */
  pending(): PendingOperation[] {
    const before = this.pendingBefore.filter(
      ({ type, resource }) => type === "creating" || !this.#settled.has(resource.urn),
    );
    return [...this.#open.values(), ...before];
  }

  /** The whole as a checkpoint, with references to renamed resources brought up to date. */
  checkpoint(before: Checkpoint): Checkpoint {
    const resources = normalizeReferences(this.states()).map((state) => this.#store(state));
    const pending: StoredOperation[] = this.pending().map(({ type, resource }) => ({
      type,
      resource: this.#store(resource),
    }));
    return {
      version: 3,
      deployment: {
        manifest: { time: new Date().toISOString(), magic: "", version: "" },
        ...(this.secrets.salt ? { secrets_providers: { type: "passphrase", state: { salt: this.secrets.salt } } } : {}),
        ...(resources.length > 0 ? { resources } : {}),
        ...(pending.length > 0 ? { pending_operations: pending } : {}),
        metadata: before.deployment.metadata ?? {},
      },
    };
  }
}

function placeOf(stored: PropertyMap): string {
  return `${String(stored["urn"])}#${String(stored["id"] ?? "")}`;
}

/** The checkpoint with a crashed run's journal played onto it; nothing is decrypted on the way. */
export function replay(checkpoint: Checkpoint, digest: string, entries: readonly Entry[]): Checkpoint {
  const [first, ...rest] = entries;
  // Another checkpoint's journal: that run saved its checkpoint and died before it could clean up.
  if (first?.kind !== "base" || first.checkpoint !== digest) return checkpoint;
  const before = checkpoint.deployment.resources ?? [];
  const states = new Map<number, PropertyMap>(before.map((stored, i) => [i, stored]));
  const fresh: number[] = [];
  const open = new Map<number, StoredOperation>();
  for (const entry of rest) {
    if (entry.kind === "begin") open.set(entry.step, { type: entry.operation, resource: entry.state });
    if (entry.kind !== "end") continue;
    open.delete(entry.step);
    for (const [number, state] of entry.fresh ?? []) {
      states.set(number, state);
      fresh.push(number);
    }
    for (const [number, marks] of entry.marked ?? []) {
      const state = states.get(number);
      if (state) states.set(number, { ...state, ...marks });
    }
    for (const number of entry.gone ?? []) states.delete(number);
  }
  const order = [...fresh, ...before.keys()];
  const resources = order.flatMap((number) => [states.get(number)].filter((state) => state !== undefined));
  return {
    ...checkpoint,
    deployment: {
      ...checkpoint.deployment,
      resources: normalizeReferences(resources.map(fromCheckpoint)).map(toCheckpoint),
      pending_operations: [...open.values(), ...(checkpoint.deployment.pending_operations ?? [])],
    },
  };
}

/** Points every reference to a resource's old name at its new one, and forgets the old ones. */
export function normalizeReferences(states: readonly ResourceState[]): ResourceState[] {
  const renamed = new Map<string, string>();
  for (const state of states) for (const alias of state.aliases) renamed.set(alias, state.urn);
  if (renamed.size === 0) return [...states];
  const fix = (urn: string) => renamed.get(urn) ?? urn;
  const fixAll = (urns: readonly string[]) => urns.map(fix);
  return states.map((state) => ({
    ...state,
    aliases: [],
    parent: fix(state.parent),
    dependencies: fixAll(state.dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies).map(([key, urns]) => [key, fixAll(urns)]),
    ),
    provider: state.provider.replace(/^(.*)::/, (_, urn: string) => `${fix(urn)}::`),
    deletedWith: fix(state.deletedWith),
    replaceWith: fixAll(state.replaceWith),
  }));
}
