import { storeOver } from "./disk-store";
import type { Store } from "./store";

/** A store that is gone with the process: for tests and for trying things out. */
export function openMemoryStore(): Store {
  const bytes = new Map<string, Uint8Array>();
  const nowhere = {
    documents: { load: () => [], save() {}, delete() {} },
    blobs: {
      get: (key: string) => bytes.get(key)?.slice(),
      put: (key: string, value: Uint8Array) => void bytes.set(key, value),
      delete: (key: string) => void bytes.delete(key),
    },
  };
  return storeOver(
    nowhere,
    (write) => write(nowhere),
    () => bytes.clear(),
  );
}
