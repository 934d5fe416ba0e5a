import type { Events } from "../events";
import { isConnectionLost, messageOf } from "../plugins/grpc";
import type { ResourceState } from "../state/resource-state";
import { subject, type Step } from "./step";
import type { Snapshot } from "../state/snapshot";
import { isDefaultProvider } from "../state/urn";
import { isSecret, makeSecret } from "../values/values";

/** Thrown to whoever asked for work after the run has stopped; the reason has been told already. */
export class Stopped extends Error {
  constructor() {
    super("the run has stopped");
  }
}

/** A refusal that harms nothing, so that the others can be told too: a protected resource. */
export class Refused extends Error {}

interface Switches {
  readonly dryRun: boolean;
  readonly refreshing: boolean;
  readonly parallel: number;
  readonly continueOnError: boolean;
}

/**
 * Does steps: so many at once, each written down before it begins and after it ends. The first
 * failure stops new steps from beginning; those under way end and are written down.
 */
export class StepExecutor {
  readonly #underWay = new Set<Step>();
  #free: number;
  readonly #queue: (() => void)[] = [];
  #idle: (() => void)[] = [];
  #finished = 0;
  /** Why nothing new may begin. */
  stopped = false;
  #halt: () => void = () => {};
  /** Resolves when nothing new may begin. */
  readonly halted = new Promise<void>((resolve) => {
    this.#halt = resolve;
  });
  /** A step failed, though the run may have gone on. */
  failed = false;
  readonly failedUrns = new Set<string>();
  readonly news = new Map<string, ResourceState>();
  readonly reads = new Map<string, ResourceState>();
  /** The step that last made each resource, for outputs that components register later. */
  readonly made = new Map<string, Step>();

  constructor(
    private readonly switches: Switches,
    private readonly snapshot: Snapshot,
    private readonly events: Events,
  ) {
    this.#free = Math.max(1, switches.parallel);
  }

  stop(): void {
    this.stopped = true;
    this.#halt();
    for (const wake of this.#queue.splice(0)) wake();
    this.#settle();
  }

  underWay(): Step[] {
    return [...this.#underWay];
  }

  /** Resolves when no step is under way. */
  idle(): Promise<void> {
    if (this.#underWay.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #settle(): void {
    if (this.#underWay.size === 0) for (const wake of this.#idle.splice(0)) wake();
  }

  #turn: Promise<unknown> = Promise.resolve();

  /** With room for one operation only, resources are dealt with one by one, in the order in which they came. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.switches.parallel > 1) return work();
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Runs work with one of the few places for talking to providers. @throws Stopped */
  async slot<T>(work: () => Promise<T>): Promise<T> {
    while (this.#free === 0 && !this.stopped) await new Promise<void>((resolve) => this.#queue.push(resolve));
    if (this.stopped) throw new Stopped();
    this.#free--;
    try {
      return await work();
    } finally {
      this.#free++;
      this.#queue.shift()?.();
    }
  }

  /**
   * Does steps one after another, until one fails.
   * @returns whether all were done
   * @throws Stopped when the run has stopped, be it by a failure of one of these, which has been told
   */
  async chain(steps: readonly Step[]): Promise<boolean> {
    for (const step of steps) {
      if (this.stopped) throw new Stopped();
      const done = await (step.pending ? this.slot(() => this.#execute(step)) : this.#execute(step));
      if (!done) return false;
    }
    return true;
  }

  async #execute(step: Step): Promise<boolean> {
    this.#underWay.add(step);
    try {
      this.events.before(step);
      const number = step.pending && !this.switches.dryRun ? await this.snapshot.begin(step.pending, subject(step)) : 0;
      let failure: unknown;
      let applied = false;
      try {
        failure = (await step.apply()).failure;
        applied = true;
      } catch (error) {
        failure = error ?? new Error("unknown failure");
      }
      if (applied) this.#markSecrets(step);
      if (failure === undefined) {
        this.#remember(step);
        this.events.after(step, this.switches.refreshing);
        this.#finished++;
      } else {
        this.#tell(step, failure);
      }
      // After a provider's death a resource may exist or not: the operation stays written down as pending.
      const open = this.switches.dryRun || (!applied && isConnectionLost(failure));
      const recorded = open ? undefined : this.snapshot.end(number, applied ? step.change() : {});
      // A step that touched nothing outside need not wait for the disk.
      if (number > 0) await recorded;
      if (failure !== undefined) this.#fail(step, failure);
      return failure === undefined;
    } finally {
      this.#underWay.delete(step);
      this.#settle();
    }
  }

  /** Outputs the program declared secret, and those named like a secret input. */
  #markSecrets({ op, new: state }: Step): void {
    if (!state || op === "replace") return;
    const secret = (key: string) => state.additionalSecretOutputs.includes(key) || isSecret(state.inputs[key]);
    for (const key of Object.keys(state.outputs)) {
      const value = state.outputs[key];
      if (value === undefined || isSecret(value) || !secret(key)) continue;
      state.outputs = { ...state.outputs, [key]: makeSecret(value) };
    }
    if (state.additionalSecretOutputs.includes("id")) {
      this.events.say(
        "warning",
        "The 'id' property cannot be made secret. See pulumi/pulumi#2717 for more details.",
        state.urn,
      );
    }
  }

  #remember(step: Step): void {
    if (!step.new || step.op === "replace") return;
    if (step.logical) this.made.set(step.urn, step);
    (step.op === "read" || step.op === "read-replacement" ? this.reads : this.news).set(step.urn, step.new);
  }

  #tell(step: Step, failure: unknown): void {
    const urn = isDefaultProvider(step.urn) ? "" : step.urn;
    const message = messageOf(failure);
    if (this.switches.dryRun) return this.events.say("error", `Preview failed: ${message}`, urn);
    this.events.say("error", message, urn);
    this.events.failed(step, this.#finished);
  }

  #fail(step: Step, failure: unknown): void {
    this.failed = true;
    this.failedUrns.add(step.urn);
    // A refresh reads on: what one resource does not tell, the others may.
    if (failure instanceof Refused || this.switches.refreshing || this.switches.continueOnError) return;
    this.stop();
    throw new Stopped();
  }
}
