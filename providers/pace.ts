import type { Time } from "./host/host";

/** A little more than a second, as clocks at both ends do not tick together. */
const windowLength = 1050;

/** Keeps calls within so many a second. */
export class Pace {
  readonly #starts: number[] = [];
  #queue: Promise<void> = Promise.resolve();
  #free: boolean;

  constructor(
    private readonly time: Time,
    private readonly perSecond: number,
    /** Unpaced until the service first complains, as with a marketplace that enforces no quotas. */
    free: boolean,
  ) {
    this.#free = free;
  }

  /** Resolves when it is this call's turn, in the order asked. */
  turn(): Promise<void> {
    if (this.#free) return Promise.resolve();
    this.#queue = this.#queue.then(() => this.#wait());
    return this.#queue;
  }

  /** The service said that calls come too fast. */
  tighten(): void {
    this.#free = false;
  }

  async #wait(): Promise<void> {
    if (this.#starts.length >= this.perSecond) {
      const oldest = this.#starts.shift() ?? 0;
      const wait = oldest + windowLength - this.time.now();
      if (wait > 0) await this.time.sleep(wait);
    }
    this.#starts.push(this.time.now());
  }
}
