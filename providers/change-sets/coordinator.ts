import type { Change } from "../../marketplace/changes/change-type";
import type { Host } from "../host/host";
import { Stopped } from "../host/stopped";
import { nameOf as nameOfError } from "../trouble";
import type { Catalog } from "./catalog";
import { EntityWasBusy, isOpen, type ChangeSet, type ChangeSetRequest, type Outcome } from "./change-set";
import { ChangeSetFailed, type FindProperty } from "./failed";
import { Follower } from "./follower";
import { nameOf, tokenOf } from "./identity";
import { NamedPlaces, Places } from "./places";

/** Service quotas for the AWS Marketplace Catalog API: open change sets, and offers changed at once, by one account. */
const openChangeSets = 250;
const offersAtOnce = 20;

/** AWS asks to send a change set again that failed by a fault of its own. */
const serverFaultRetries = 2;

/** Says when each change set of an account starts, follows them all, and brings their ends back to who asked. */
export class ChangeSets {
  readonly #open = new Places(openChangeSets);
  readonly #offers = new Places(offersAtOnce);
  readonly #entities = new NamedPlaces();
  readonly #follower: Follower;

  constructor(
    private readonly catalog: Catalog,
    private readonly host: Host,
  ) {
    this.#follower = new Follower(catalog, host);
  }

  /** Nothing else in this process changes the entity meanwhile; looks, plans and changes belong inside together. */
  async alone<T>(entityId: string, work: () => Promise<T>): Promise<T> {
    return this.#stoppable(`a change of ${entityId}`, () => this.#entities.within(entityId, this.host.stopping, work));
  }

  /**
   * Makes the changes, or finds the change set of an earlier run that makes them, and follows it to its end.
   * @returns the change set; not `done` when the request's patience ended first.
   * @throws {ChangeSetFailed} nothing was changed, and why.
   * @throws {EntityWasBusy} another change set held the entity and has now ended: plan again.
   * @throws {Stopped} the person asked to stop.
   */
  async run(request: ChangeSetRequest, findProperty: FindProperty): Promise<Outcome> {
    const touchesOffer = request.changes.some((change) => change.entity.type.startsWith("Offer@"));
    const inPlace = (places: Places, work: () => Promise<Outcome>) =>
      this.#stoppable(`change set "${nameOf(request)}"`, () => places.within(this.host.stopping, work));
    const work = () => this.#attempt(request, findProperty);
    return inPlace(this.#open, () => (touchesOffer ? inPlace(this.#offers, work) : work()));
  }

  /** The newest change set that this request started, in whatever run; undefined when there was none in 90 days. */
  async find(request: ChangeSetRequest): Promise<ChangeSet | undefined> {
    const newest = (await this.catalog.named(nameOf(request)))[0];
    return newest === undefined ? undefined : this.catalog.describe(newest.id);
  }

  describe(id: string): Promise<ChangeSet> {
    return this.catalog.describe(id);
  }

  /** Calls off a change set that is not being applied yet. */
  cancel(id: string): Promise<void> {
    return this.catalog.cancel(id);
  }

  async #attempt(request: ChangeSetRequest, findProperty: FindProperty): Promise<Outcome> {
    const { earlier } = request;
    if (earlier !== undefined && isOpen(earlier)) return this.#finish(request, earlier, findProperty);
    let basis = earlier?.id ?? "";
    for (let retries = 0; ;) {
      const began = this.host.time.now();
      const outcome = await this.#wait(request, await this.#start(request, basis));
      const { changeSet } = outcome;
      if (!outcome.done || changeSet.status === "SUCCEEDED") return outcome;
      basis = changeSet.id;
      // AWS answered with an earlier run's change set, which came to nothing: this run is entitled to a try of its own.
      if (Date.parse(changeSet.startTime) < began - 5_000 && retries === 0) continue;
      if (changeSet.failureCode !== "SERVER_FAULT" || retries >= serverFaultRetries)
        return judge(outcome, request.changes, findProperty);
      retries += 1;
      this.host.say(
        `${request.subject}: AWS failed change set ${changeSet.id} by a fault of its own; sending it again`,
        "warning",
      );
    }
  }

  async #start(request: ChangeSetRequest, basis: string): Promise<string> {
    if (this.host.stopping.aborted) throw stoppedBefore(`change set "${nameOf(request)}"`);
    try {
      return await this.catalog.start(nameOf(request), tokenOf(request, basis), request.changes);
    } catch (error) {
      if (nameOfError(error) !== "ResourceInUseException") throw error;
      await this.#waitForOthers(request);
      throw new EntityWasBusy(`${request.subject} was busy`, { cause: error });
    }
  }

  /** Somebody else, in the portal perhaps, is changing the entity: their change set comes first. */
  async #waitForOthers(request: ChangeSetRequest): Promise<void> {
    const ids = new Set(request.changes.flatMap(({ entity }) => entity.identifier?.split("@")[0] ?? []));
    const held = await Promise.all([...ids].filter((id) => !id.startsWith("$")).map((id) => this.catalog.open(id)));
    const holders = new Map(held.flat().map((changeSet) => [changeSet.id, changeSet]));
    if (holders.size === 0) {
      this.host.say(`${request.subject} is locked at AWS Marketplace; trying again`, "passing");
      await this.host.time.sleep(1_000, this.host.stopping);
    }
    for (const { id, name, startTime } of holders.values()) {
      this.host.say(
        `${request.subject} is locked by change set ${id} (${name}, since ${startTime}); waiting for it to end`,
      );
      await this.#wait({ ...request, subject: `${request.subject}, ${name}`, patience: undefined }, id);
    }
  }

  async #finish(request: ChangeSetRequest, earlier: ChangeSet, findProperty: FindProperty): Promise<Outcome> {
    this.host.say(
      `${request.subject}: found change set ${earlier.id}, under way since ${earlier.startTime}; following it`,
    );
    return judge(await this.#wait(request, earlier.id), request.changes, findProperty);
  }

  async #wait(request: ChangeSetRequest, id: string): Promise<Outcome> {
    const { time, stopping } = this.host;
    const offersOnly = request.changes.every((change) => change.entity.type.startsWith("Offer@"));
    const began = time.now();
    let status: ChangeSet["status"] = "PREPARING";
    const ended = this.#follower.follow(id, offersOnly ? "offer" : "product", (now) => {
      status = now;
      const since = Math.round((time.now() - began) / 1000);
      if (since > 0) this.host.say(`${request.subject}: change set ${id} is ${now} (${since} s)`, "passing");
    });
    const leave = new AbortController();
    const limit = request.patience ?? Number.POSITIVE_INFINITY;
    const interrupted = until(stopping, leave.signal).then(() => "stopped" as const);
    const races: Promise<ChangeSet | "stopped" | "late">[] = [ended, interrupted];
    if (Number.isFinite(limit)) races.push(time.sleep(limit, leave.signal).then(() => "late" as const));
    try {
      const first = await Promise.race(races);
      if (first === "stopped") throw stoppedDuring(request, id, status);
      if (first === "late") return { changeSet: await this.catalog.describe(id), done: false };
      return { changeSet: first, done: true };
    } finally {
      leave.abort();
      this.#follower.forget(id);
    }
  }

  async #stoppable<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (this.host.stopping.aborted && error === this.host.stopping.reason) throw stoppedBefore(what);
      throw error;
    }
  }
}

function judge(outcome: Outcome, changes: readonly Change[], findProperty: FindProperty): Outcome {
  if (!outcome.done || outcome.changeSet.status === "SUCCEEDED") return outcome;
  throw new ChangeSetFailed(outcome.changeSet, changes, findProperty);
}

function stoppedBefore(what: string): Stopped {
  return new Stopped(`Stopped before ${what} began: nothing of it was sent to AWS Marketplace.`);
}

function stoppedDuring(request: ChangeSetRequest, id: string, status: string): Stopped {
  return new Stopped(
    `Stopped waiting. Change set ${id} (${request.purpose} ${request.subject}) is ${status} and goes on at AWS Marketplace. ` +
      `The next up finds it by its name, "${nameOf(request)}", and follows it.`,
  );
}

/** Resolves when the first signal is aborted; lets go of it when the second one is. */
function until(signal: AbortSignal, leave: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true, signal: leave });
  });
}
