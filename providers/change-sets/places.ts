/** A fixed number of places; who finds none free waits in line. */
export class Places {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs `work` in a place of its own; gives up waiting, with the signal's reason, when that is aborted. */
  async within<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const give = () => {
        signal.removeEventListener("abort", quit);
        resolve();
      };
      const quit = () => {
        this.#line.splice(this.#line.indexOf(give), 1);
        reject(signal.reason);
      };
      this.#line.push(give);
      signal.addEventListener("abort", quit, { once: true });
    });
  }

  #leave(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

/** One place for each name, made when wanted: at most one change set runs on an entity. */
export class NamedPlaces {
  readonly #places = new Map<string, { readonly place: Places; users: number }>();

  async within<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const entry = this.#places.get(name) ?? { place: new Places(1), users: 0 };
    this.#places.set(name, entry);
    entry.users += 1;
    try {
      return await entry.place.within(signal, work);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) this.#places.delete(name);
    }
  }
}
