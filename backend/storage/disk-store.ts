import { Journal } from "./journal";
import { type Disk, Documents, PendingBlobs } from "./places";
import type { Store, Table } from "./store";

/** A store over a disk: `commit` runs `write` there as one durable transaction, or throws and leaves all as it was. */
export function storeOver(disk: Disk, commit: (write: (disk: Disk) => void) => void, closeDisk: () => void): Store {
  const journal = new Journal<Disk>((write) => {
    commit(write);
    blobs.forget();
  });
  const blobs = new PendingBlobs(journal, disk);
  const tables = new Map<string, Documents<unknown>>();

  function table(name: string): Documents<unknown> {
    const known = tables.get(name);
    if (known !== undefined) return known;
    const loaded = new Documents(name, journal, disk.documents.load(name));
    tables.set(name, loaded);
    return loaded;
  }

  return {
    // What a table holds is for its users to know: the store keeps what they put.
    table: <T>(name: string) => table(name) as Table<unknown> as Table<T>,
    blobs,
    transaction: (work) => journal.run(work),
    close() {
      journal.close();
      closeDisk();
    },
  };
}
