import { closeSync, openSync } from "node:fs";
import type * as Sqlite from "node:sqlite";

import { storeOver } from "./disk-store";
import type { Disk } from "./places";
import type { Store } from "./store";

/** Of the tables below. A file with a higher one was written by a later release. */
const FORMAT = 1;

const TABLES = `
  CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (collection, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS blobs (key TEXT PRIMARY KEY, bytes BLOB NOT NULL);
  PRAGMA user_version = ${FORMAT};
`;

/**
 * A store in a SQLite file, made when it is not there. An answered transaction survives a kill of the process and, as
 * far as the disk keeps its word, a loss of power.
 *
 * @throws Error when another process has the file open, or it is no store of this release.
 */
export function openSqliteStore(file: string): Store {
  const database = open(file);
  const disk = diskOf(database);
  return storeOver(
    disk,
    (write) => {
      database.exec("BEGIN IMMEDIATE");
      try {
        write(disk);
        database.exec("COMMIT");
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    },
    () => database.close(),
  );
}

function open(file: string): Sqlite.DatabaseSync {
  let database: Sqlite.DatabaseSync | undefined;
  try {
    makePrivate(file);
    database = new (sqlite().DatabaseSync)(file);
    // The lock is held until the process ends; no second one can read a state between two commits.
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    const format = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (format > FORMAT) {
      throw new Error(`it was written by a later release (format ${format}, this one knows ${FORMAT})`);
    }
    if (format === 0 && database.prepare("SELECT 1 FROM sqlite_schema").get() !== undefined) throw new Error(notOurs);
    database.exec(`BEGIN IMMEDIATE; ${TABLES} COMMIT`);
    return database;
  } catch (error) {
    database?.close();
    throw new Error(`Cannot open ${file}: ${reason(error)}.`, { cause: error });
  }
}

/** A new file is its owner's alone, as it will hold access keys; SQLite gives the files beside it the same rights. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch {
    // It is there already, or SQLite says what is wrong with its place.
  }
}

const notOurs = "it is not a marketplace's database";

/** The commonest of SQLite's result codes in a person's words: SQLITE_BUSY, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_NOTADB. */
function reason(error: unknown): string {
  const code = typeof error === "object" && error !== null && "errcode" in error ? error.errcode : undefined;
  if (code === 5) return "another process is using it; end that one first, or choose another directory";
  if (code === 8) return "it may be read only, not written";
  if (code === 14) return "there is no such directory, or no right to write there";
  if (code === 26) return notOurs;
  return error instanceof Error ? error.message : String(error);
}

function diskOf(database: Sqlite.DatabaseSync): Disk {
  const load = database.prepare("SELECT key, value FROM documents WHERE collection = ?");
  const save = database.prepare("INSERT OR REPLACE INTO documents (collection, key, value) VALUES (?, ?, ?)");
  const remove = database.prepare("DELETE FROM documents WHERE collection = ? AND key = ?");
  const loadBlob = database.prepare("SELECT bytes FROM blobs WHERE key = ?");
  const saveBlob = database.prepare("INSERT OR REPLACE INTO blobs (key, bytes) VALUES (?, ?)");
  const removeBlob = database.prepare("DELETE FROM blobs WHERE key = ?");
  return {
    documents: {
      *load(table) {
        for (const row of load.iterate(table)) yield [String(row["key"]), JSON.parse(String(row["value"])) as unknown];
      },
      save: (table, key, value) => void save.run(table, key, JSON.stringify(value)),
      delete: (table, key) => void remove.run(table, key),
    },
    blobs: {
      get(key) {
        const bytes = loadBlob.get(key)?.["bytes"];
        return bytes instanceof Uint8Array ? bytes : undefined;
      },
      put: (key, bytes) => void saveBlob.run(key, bytes),
      delete: (key) => void removeBlob.run(key),
    },
  };
}

/** Node's own SQLite, without the one line that Node prints on stderr for it. */
function sqlite(): typeof Sqlite {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).startsWith("SQLite")) Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
