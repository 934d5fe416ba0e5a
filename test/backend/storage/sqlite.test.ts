import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";

import { expect, onTestFinished, test } from "vitest";

import { openSqliteStore } from "../../../backend/storage/sqlite";
import { compileStorage } from "../../support/compiled-storage";
import { describeStore } from "./contract";

describeStore(() => {
  const file = newFile();
  return { open: () => openSqliteStore(file), lasting: true };
});

test("a file in use is refused in one sentence, and free again when its store closes", async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  expect(() => openSqliteStore(file)).toThrow(`Cannot open ${file}: another process is using it`);
  store.close();
  openSqliteStore(file).close();
});

test("a file that another process has open is refused until that one is gone, killed or not", async () => {
  const file = newFile();
  compileStorage(dirname(file));
  const script = `require("./sqlite.js").openSqliteStore(process.argv[1]); console.log("open"); setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ["-e", script, file], {
    cwd: dirname(file),
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  expect(() => openSqliteStore(file)).toThrow(`Cannot open ${file}: another process is using it`);
  child.kill("SIGKILL");
  await once(child, "exit");
  openSqliteStore(file).close();
});

test.skipIf(process.platform === "win32")("only its owner reads what is kept, access keys among it", async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  onTestFinished(() => store.close());
  await store.transaction(() => store.table("access-keys").put("AKIA", "a secret"));
  expect([file, `${file}-wal`].map((part) => statSync(part).mode & 0o777)).toEqual([0o600, 0o600]);
});

test("a file of something else is refused and left alone", () => {
  const file = newFile();
  writeFileSync(file, "not a database, but long enough to be read as one".repeat(100));
  expect(() => openSqliteStore(file)).toThrow(`Cannot open ${file}: it is not a marketplace's database.`);
  expect(readFileSync(file, "utf8")).toMatch(/^not a database/);
});

test("a database of another program is refused and left alone", () => {
  const file = newFile();
  const before = new DatabaseSync(file);
  before.exec("CREATE TABLE documents (title TEXT)");
  before.close();
  expect(() => openSqliteStore(file)).toThrow(`Cannot open ${file}: it is not a marketplace's database.`);
  const after = new DatabaseSync(file);
  expect(after.prepare("SELECT name FROM sqlite_schema").all()).toEqual([{ name: "documents" }]);
  after.close();
});

test("a directory that is not there is named", () => {
  const file = join(dirname(newFile()), "none", "marketplace.db");
  expect(() => openSqliteStore(file)).toThrow(`Cannot open ${file}: there is no such directory`);
});

test("a file of a later release is refused", async () => {
  const file = newFile();
  openSqliteStore(file).close();
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99");
  database.close();
  expect(() => openSqliteStore(file)).toThrow(/later release/);
});

test("when the disk refuses a commit, all that waited for it fail and memory is as the disk", async () => {
  const file = newFile();
  openSqliteStore(file).close();
  refuseKey(file, "refused");
  const store = openSqliteStore(file);
  onTestFinished(() => store.close());
  const table = store.table<string>("t");
  await store.transaction(() => table.put("a", "before"));

  const group = [
    store.transaction(() => table.put("a", "after")),
    store.transaction(() => table.get("a")),
    store.transaction(() => {
      throw new Error("an answer that rests on what was read");
    }),
    store.transaction(() => {
      table.put("refused", "");
      store.blobs.put("blob", new Uint8Array(1));
    }),
  ];
  const outcomes = await Promise.allSettled(group);

  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: "rejected", reason: { message: "full" } });
  expect([...table.list()]).toEqual([["a", "before"]]);
  expect(store.blobs.get("blob")).toBeUndefined();
  await store.transaction(() => table.put("c", "works again"));
  expect(table.get("c")).toBe("works again");
});

test("transactions of one turn share one commit, in order", async () => {
  const file = newFile();
  const store = openSqliteStore(file);
  onTestFinished(() => store.close());
  const table = store.table<number>("t");
  const before = readFileSync(`${file}-wal`).length;
  const order: number[] = [];
  const one = (n: number) => store.transaction(() => table.put("k", n)).then(() => order.push(n));
  await Promise.all(Array.from({ length: 100 }, (_, n) => one(n)));
  expect(order).toEqual(Array.from({ length: 100 }, (_, n) => n));
  expect(table.get("k")).toBe(99);
  // A frame of the write-ahead log holds a page of 4096 bytes: a hundred commits would take a hundred.
  expect(readFileSync(`${file}-wal`).length - before).toBeLessThan(3 * 4200);
});

test("opening a store prints nothing", async () => {
  const file = newFile();
  compileStorage(dirname(file));
  const script = `require(${JSON.stringify(join(dirname(file), "sqlite.js"))}).openSqliteStore(${JSON.stringify(file)}).close()`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", script]);
  expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
});

function newFile(): string {
  const dir = mkdtempSync(join(tmpdir(), "store-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return join(dir, "marketplace.db");
}

/** Makes SQLite refuse to store a document of that key, as it would on a full disk. */
function refuseKey(file: string, key: string): void {
  const database = new DatabaseSync(file);
  database.exec(`CREATE TRIGGER refuse BEFORE INSERT ON documents WHEN NEW.key = '${key}'
    BEGIN SELECT RAISE(ABORT, 'full'); END`);
  database.close();
}
