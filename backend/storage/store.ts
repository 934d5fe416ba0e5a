/**
 * Where the marketplace keeps its things: named tables of JSON documents, and blobs beside them, read and written
 * synchronously inside a transaction. One process owns a store.
 */
export interface Store {
  /** The table of that name, made on first use. */
  table<T>(name: string): Table<T>;
  /** Bytes too large for a document: what S3 keeps. Written in the same transactions. */
  readonly blobs: Blobs;
  /**
   * Runs `work` as one transaction: all its writes or, when it throws, none. Resolves with its result once they are
   * durable; transactions that come in together share one disk flush, and share its failure. `work` must not await.
   */
  transaction<T>(work: () => T): Promise<T>;
  close(): void;
}

/**
 * Documents by key. Only JSON goes in (members that are `undefined` are left out), and what comes out is deeply frozen:
 * to change a document, put a changed copy (`{ ...old, status: "SUCCEEDED" }`).
 */
export interface Table<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  delete(key: string): void;
  /** In key order (by code unit), those whose key starts with `prefix`, as the table is when the listing begins. */
  list(prefix?: string): Iterable<readonly [key: string, value: T]>;
}

/** Bytes by key, copied in and out. */
export interface Blobs {
  get(key: string): Uint8Array | undefined;
  put(key: string, bytes: Uint8Array): void;
  delete(key: string): void;
}
