import { randomUUID } from "node:crypto";

import { EngineError } from "../error";
import { diffInputs } from "../steps/object-diff";
import type * as provider from "./provider";
import type { ResourceState } from "../state/resource-state";
import { nameOf, packageOf, parseProviderRef, providerRef, typeOf } from "../state/urn";
import { sameValue, UNKNOWN, type PropertyMap } from "../values/values";

/** What the step generator needs of whoever looks after a resource. */
export type Lifecycle = Pick<provider.Provider, "check" | "diff" | "create" | "update" | "read" | "delete">;

/** Starts a provider for a package; who knows how is outside. */
export type ProviderStarter = (pkg: string) => Promise<provider.Provider>;

/** The instances of providers in this run, by reference, and the lifecycle of provider resources themselves. */
export class ProviderHost implements Lifecycle {
  readonly #instances = new Map<string, Promise<provider.Provider>>();
  /** Started to check a configuration, and not configured yet. */
  readonly #unconfigured = new Map<string, Promise<provider.Provider>>();
  #closed = false;
  readonly #warm = new Map<string, Promise<provider.Provider>>();
  readonly #all = new Set<provider.Provider>();

  constructor(private readonly start: ProviderStarter) {}

  async #launch(urn: string): Promise<provider.Provider> {
    const pkg = packageOf(typeOf(urn).replace("pulumi:providers:", ""));
    const warm = this.#warm.get(pkg);
    this.#warm.delete(pkg);
    return this.#keep(warm ?? this.start(pkg));
  }

  async #keep(starting: Promise<provider.Provider>): Promise<provider.Provider> {
    const instance = await starting;
    this.#all.add(instance);
    if (this.#closed) instance.close();
    return instance;
  }

  /** Starts a provider that the state says will be needed, while the program is still loading. */
  warm(pkg: string): void {
    const started = this.#keep(this.start(pkg));
    // Whoever comes to need it hears why it did not start; nobody else has to.
    started.catch(() => {});
    this.#warm.set(pkg, started);
  }

  #take(urn: string): Promise<provider.Provider> {
    const waiting = this.#unconfigured.get(urn);
    this.#unconfigured.delete(urn);
    return waiting ?? this.#launch(urn);
  }

  /** @throws EngineError for a reference to a provider that this run does not know */
  get(ref: string): Promise<provider.Provider> {
    const instance = this.#instances.get(ref);
    if (instance) return instance;
    const { urn } = parseProviderRef(ref);
    throw new EngineError(
      `unknown provider '${ref}': no resource in this run or its state is ${nameOf(urn)} with that id`,
    );
  }

  has(ref: string): boolean {
    return this.#instances.has(ref);
  }

  /** Makes sure that a provider of the state runs, configured as it was when it was recorded. */
  async ensure(ref: string, olds: ReadonlyMap<string, ResourceState>): Promise<void> {
    if (!ref || this.#instances.has(ref)) return;
    const { urn, id } = parseProviderRef(ref);
    const old = olds.get(urn);
    if (!old || old.id !== id) throw new EngineError(`could not find provider ${ref} in the state`);
    await this.same(old, false);
  }

  /** A provider resource stays as it is: its instance runs with the inputs it had. */
  async same(state: ResourceState, checked: boolean): Promise<void> {
    const ref = providerRef(state.urn, state.id);
    let instance = this.#instances.get(ref);
    if (!instance) {
      const started = checked ? this.#take(state.urn) : this.#launch(state.urn);
      instance = started.then(async (fresh) => {
        await fresh.configure(state.urn, state.id, withoutInternals(state.inputs));
        return fresh;
      });
      this.#instances.set(ref, instance);
    }
    await instance;
  }

  async check({ urn, olds, news }: provider.CheckRequest): Promise<provider.CheckResult> {
    const instance = this.#launch(urn);
    this.#unconfigured.set(urn, instance);
    const checked = await (
      await instance
    ).checkConfig({ urn, olds: olds && withoutInternals(olds), news: withoutInternals(news) });
    const kept: PropertyMap = {};
    for (const key of ["version", "__internal"]) if (news[key] !== undefined) kept[key] = news[key];
    return { ...checked, inputs: { ...checked.inputs, ...kept } };
  }

  async diff({ urn, id, oldInputs, oldOutputs, newInputs }: provider.DiffRequest): Promise<provider.DiffResult> {
    const instance = this.#unconfigured.get(urn) ?? this.get(providerRef(urn, id));
    const news = withoutInternals(newInputs);
    const diff = await (
      await instance
    ).diffConfig({ urn, oldInputs: withoutInternals(oldInputs), oldOutputs, newInputs: news });
    if (diff.changes !== "unknown") return diff;
    if (sameValue(oldOutputs, news)) return { ...diff, changes: "none" };
    return { ...diff, changes: "some", changedKeys: diffInputs(oldOutputs, news).keys };
  }

  async create({ urn, inputs, preview }: provider.CreateRequest): Promise<provider.Created> {
    const id = preview ? UNKNOWN : randomUUID();
    return { ...(await this.#configure(urn, id, inputs)), id };
  }

  update({ urn, id, inputs }: provider.UpdateRequest): Promise<provider.Created> {
    return this.#configure(urn, id, inputs);
  }

  async #configure(urn: string, id: string, inputs: PropertyMap): Promise<provider.Created> {
    const outputs = withoutInternals(inputs);
    const fresh = await this.#take(urn);
    await fresh.configure(urn, id, outputs);
    this.#instances.set(providerRef(urn, id), Promise.resolve(fresh));
    return { id, outputs, refreshBeforeUpdate: false };
  }

  read(): Promise<provider.ReadResult> {
    return Promise.reject(new EngineError("provider resources may not be read"));
  }

  /** Its instance lives on until the run ends: other resources may still be deleted with it. */
  delete(): Promise<void> {
    return Promise.resolve();
  }

  async cancel(): Promise<void> {
    await Promise.all([...this.#all].map((instance) => instance.cancel()));
  }

  close(): void {
    this.#closed = true;
    for (const instance of this.#all) instance.close();
  }
}

/** A provider's own configuration, without what the engine keeps beside it. */
function withoutInternals(inputs: PropertyMap): PropertyMap {
  if (!("__internal" in inputs)) return inputs;
  const { __internal: _, ...rest } = inputs;
  return rest;
}
