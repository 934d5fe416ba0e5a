import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { rootWarning } from "../../../automation/commands/root-warning";
import { deploy } from "../../../automation/commands/deploy";
import { startMarketplace } from "../../../backend/index";
import { createAccessKey } from "../../../backend/iam/access-keys";
import { recordingHost } from "../recording-host";

const project = join(__dirname, "../fixtures/empty");

/** These keys and nothing else, until the test ends. */
function useKeys(keys: { readonly id: string; readonly secret: string } | undefined): void {
  const before = process.env;
  onTestFinished(() => {
    process.env = before;
  });
  process.env = { PATH: before["PATH"], HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true" };
  if (keys === undefined) return;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: keys.id, AWS_SECRET_ACCESS_KEY: keys.secret });
}

async function openMarket() {
  const market = await startMarketplace();
  onTestFinished(() => market.close());
  const { store } = market.market;
  const root = await store.transaction(() => createAccessKey(store, "444455556666", undefined, new Date()));
  const { accessKeyId: id = "", secretAccessKey: secret = "" } = market.accounts[0] ?? {};
  return { endpoint: market.endpoint, root, admin: { id, secret } };
}

test("up with root's keys says so once and says what to do, and goes on", { timeout: 60_000 }, async () => {
  const { endpoint, root } = await openMarket();
  useKeys(root);
  onTestFinished(() => rmSync(join(project, ".marketplace"), { recursive: true, force: true }));
  const host = recordingHost();
  const options = { engine: "embedded", cwd: project, stack: "of-root", endpoint } as const;
  expect(await deploy("preview", options, host)).toBe(0);
  expect(host.notes).toEqual([
    "warning: these are the root keys of account 444455556666, which nothing can limit. " +
      "Make an administrator, delete them, and use the administrator's: docs/getting-started.md",
  ]);
});

test("an administrator is told nothing", async () => {
  const { endpoint, admin } = await openMarket();
  useKeys(admin);
  expect(await rootWarning({ endpoint })).toBeUndefined();
});

test("without credentials nobody is asked", async () => {
  useKeys(undefined);
  const began = performance.now();
  expect(await rootWarning({ endpoint: "http://127.0.0.1:9" })).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(100);
});

test("keys that AWS does not know, and a place that does not answer, are for the run itself to tell", async () => {
  const { endpoint } = await openMarket();
  useKeys({ id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" });
  expect(await rootWarning({ endpoint })).toBeUndefined();
  expect(await rootWarning({ endpoint: "http://127.0.0.1:9" })).toBeUndefined();
});

test("an endpoint that never answers holds nobody up for more than two seconds", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const address = silent.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  useKeys({ id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" });
  const began = performance.now();
  expect(await rootWarning({ endpoint: `http://127.0.0.1:${String(port)}` })).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(3_000);
});
