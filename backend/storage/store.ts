/**
 * Where the marketplace keeps its things: named tables of JSON documents, read and written synchronously inside a
 * transaction. One process owns a store.
 */
export interface Store {
  /** The table of that name, made on first use. */
  table<T>(name: string): Table<T>;
  /**
   * Runs `work` as one transaction: all its writes or, when it throws, none. Resolves with its result once they are
   * durable; transactions that come in together share one disk flush. `work` must not await.
   */
  transaction<T>(work: () => T): Promise<T>;
  close(): void;
}

/** Documents by key. Values are frozen in, fresh out: changing one that was read changes nothing stored. */
export interface Table<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  delete(key: string): void;
  /** In key order (by code unit), those whose key starts with `prefix`. */
  list(prefix?: string): Iterable<readonly [key: string, value: T]>;
}
