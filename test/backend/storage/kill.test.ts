import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { openSqliteStore } from "../../../backend/storage/sqlite";
import { compileStorage } from "../../support/compiled-storage";

const ROUNDS = 15;

/** Writes numbered transactions, some of which share a commit, and says which are answered. Each touches three keys and a blob. */
const WRITER = `
const { openSqliteStore } = require("./sqlite.js");
const store = openSqliteStore(process.argv[2]);
const [left, right] = [store.table("left"), store.table("right")];
let next = Number(process.argv[3]);
function write() {
  const n = next++;
  store.transaction(() => {
    left.put("n" + n, { n, padding: "x".repeat(n % 3000) });
    right.put("n" + n, n);
    right.put("last", n);
    store.blobs.put("n" + n, Buffer.alloc(n % 5000, n % 256));
  }).then(() => {
    require("node:fs").writeSync(1, n + "\\n");
    write();
  });
}
for (let i = 0; i < 5; i++) write();
`;

test(
  "a process killed at any moment loses no answered transaction and leaves none half done",
  { timeout: 60_000 },
  async () => {
    const dir = mkdtempSync(join(tmpdir(), "kill-"));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    compileStorage(dir);
    const writer = join(dir, "writer.js");
    writeFileSync(writer, WRITER);
    const file = join(dir, "marketplace.db");

    const answered: number[] = [];
    let next = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = spawn(process.execPath, [writer, file, String(next)], { stdio: ["ignore", "pipe", "inherit"] });
      answered.push(...(await answersUntilKilled(child, Math.floor(Math.random() * 120))));
      next = expectWhole(file, answered) + 1;
    }
    expect(answered.length).toBeGreaterThan(ROUNDS);
  },
);

/** Waits for the first answer, then `delay` milliseconds, kills the child and returns all that it answered. */
async function answersUntilKilled(child: ChildProcess, delay: number): Promise<number[]> {
  let text = "";
  let deadline: NodeJS.Timeout | undefined;
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    deadline ??= setTimeout(() => child.kill("SIGKILL"), delay);
  });
  await new Promise((resolve) => child.on("close", resolve));
  return text.split("\n").slice(0, -1).map(Number);
}

/** Returns the highest number that is in the store. */
function expectWhole(file: string, answered: readonly number[]): number {
  const store = openSqliteStore(file);
  const left = store.table<{ n: number; padding: string }>("left");
  const right = store.table<number>("right");
  const kept = new Set([...left.list()].map(([, { n }]) => n));
  expect(answered.filter((n) => !kept.has(n))).toEqual([]);
  for (const n of kept) {
    expect(left.get(`n${n}`)).toEqual({ n, padding: "x".repeat(n % 3000) });
    expect(store.blobs.get(`n${n}`)).toEqual(new Uint8Array(n % 5000).fill(n % 256));
  }
  const numbers = [...right.list("n")].map(([, n]) => n);
  expect(new Set(numbers)).toEqual(kept);
  const highest = Math.max(...numbers);
  expect(right.get("last")).toBe(highest);
  store.close();
  return highest;
}
