import type { Events } from "./events";
import { NO_POLICIES, type PolicyHost } from "./analyzers/policy-host";
import type { Lifecycle, ProviderHost } from "./plugins/provider-host";
import type { ResourceState } from "./state/resource-state";
import type { Snapshot } from "./state/snapshot";
import type { StepExecutor } from "./steps/step-executor";
import type { StepContext } from "./steps/steps";
import type { Targets } from "./steps/targets";
import { isProviderType, parseProviderRef } from "./state/urn";

export interface DeploymentOptions {
  readonly project: string;
  readonly stack: string;
  readonly dryRun: boolean;
  readonly continueOnError: boolean;
  readonly targets: Targets;
  readonly replaceTargets: Targets;
}

/** What one run knows: the states it began with, and what has been decided about each resource so far. */
export class Deployment implements StepContext {
  /** The current state by URN; copies that wait for deletion are not here. */
  readonly olds = new Map<string, ResourceState>();
  /** Every URN that has been claimed in this run. */
  readonly urns = new Set<string>();
  readonly creates = new Set<string>();
  readonly sames = new Set<string>();
  readonly updates = new Set<string>();
  readonly replaces = new Set<string>();
  readonly deletes = new Set<string>();
  readonly reads = new Set<string>();
  readonly imports = new Set<string>();
  /** Outside the targets and not there: nothing may lean on these. */
  readonly skippedCreates = new Set<string>();
  /** Deleted to make room for what they depend on; they may come back in this run. */
  readonly pendingDeletes = new Set<ResourceState>();
  readonly dependentReplaceKeys = new Map<string, readonly string[]>();
  /** Old names in use, by old name and by new. */
  readonly aliased = new Map<string, string>();
  readonly aliases = new Map<string, string>();
  /** Provider resources of this run, by URN. */
  readonly providers = new Map<string, ResourceState>();
  /** Problems were found that stop the run from being a success, though it may go on. */
  errored = false;
  policies: PolicyHost = NO_POLICIES;
  /** What stopped the run has been told in full; no closing line is needed. */
  told = false;

  constructor(
    readonly options: DeploymentOptions,
    readonly snapshot: Snapshot,
    readonly events: Events,
    readonly host: ProviderHost,
    readonly executor: StepExecutor,
  ) {
    for (const state of snapshot.base) if (!state.delete) this.olds.set(state.urn, state);
  }

  get dryRun(): boolean {
    return this.options.dryRun;
  }

  now(): string {
    return new Date().toISOString();
  }

  /** Whoever looks after a resource: its provider, or the engine for providers themselves. */
  async provider(state: Pick<ResourceState, "type" | "provider">): Promise<Lifecycle> {
    if (isProviderType(state.type)) return this.host;
    if (!this.host.has(state.provider)) await this.host.ensure(state.provider, this.olds);
    return this.host.get(state.provider);
  }

  /** The provider resource behind a reference. */
  providerState(ref: string): ResourceState | undefined {
    if (!ref) return undefined;
    const { urn, id } = parseProviderRef(ref);
    const old = this.olds.get(urn);
    return this.providers.get(urn) ?? (old?.id === id ? old : undefined);
  }

  /** A step for this resource has been decided on. */
  hasStep(urn: string): boolean {
    return (
      this.creates.has(urn) ||
      this.sames.has(urn) ||
      this.updates.has(urn) ||
      this.deletes.has(urn) ||
      this.replaces.has(urn) ||
      this.reads.has(urn)
    );
  }

  /** The program still wants this resource, under this name or a new one. */
  isWanted(urn: string): boolean {
    const current = this.aliased.get(urn) ?? urn;
    return (
      this.sames.has(current) || this.updates.has(current) || this.replaces.has(current) || this.reads.has(current)
    );
  }

  /** Tells of a problem that does not end a preview. */
  complain(message: string, urn: string): void {
    this.errored = true;
    this.events.say("error", message, urn);
  }
}
