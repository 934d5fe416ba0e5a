import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import { expect, onTestFinished, test } from "vitest";
import { AnsweredWrites } from "./answered-writes";
import { TwinNames } from "./twin-names";

const ROUNDS = 16;
const SEED = Number(process.env["KILL_SEED"] ?? 20_260_302);
const BACKEND = resolve("dist/backend/index.js");
const PROGRAM = `
  require(${JSON.stringify(BACKEND)})
    .startMarketplace({ dataDir: process.argv[1] })
    .then(({ endpoint, accounts }) => console.log(JSON.stringify({ endpoint, accounts })));
`;

interface Backend {
  readonly process: ChildProcess;
  readonly settings: Settings;
  readonly catalog: MarketplaceCatalogClient;
}

interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

async function startBackend(dataDir: string): Promise<Backend> {
  const child = spawn(process.execPath, ["-e", PROGRAM, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { endpoint, accounts } = JSON.parse(line) as {
    readonly endpoint: string;
    readonly accounts: readonly { name: string; accessKeyId: string; secretAccessKey: string }[];
  };
  const credentials = accounts.find(({ name }) => name === "seller");
  if (!credentials) throw new Error("the marketplace has no seller");
  const settings = { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
  return { process: child, settings, catalog: new MarketplaceCatalogClient(settings) };
}

async function kill({ process: child, catalog }: Backend): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  catalog.destroy();
}

/** Numbers from 0 to 1, the same ones for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test.skipIf(!existsSync(BACKEND))(
  `kill -9 at ${ROUNDS} random moments loses no answered write and leaves nothing half done (seed ${SEED})`,
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "killed-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const random = randomNumbers(SEED);
    const others = [new AnsweredWrites()];
    const twins = ["North", "East", "South", "West"].map((name) => new TwinNames(name));
    for (let round = 0; round <= ROUNDS; round++) {
      const backend = await startBackend(dataDir);
      const complaints = await Promise.all([
        ...twins.map((twin) => twin.complaints(backend.catalog)),
        ...others.map((writes) => writes.complaints(backend.settings)),
      ]);
      expect(complaints.flat()).toEqual([]);
      const working = Promise.all([
        ...twins.map((twin) => twin.work(backend.catalog)),
        ...others.map((writes) => writes.work(backend.settings)),
      ]);
      await new Promise((done) => setTimeout(done, 20 + random() * 700));
      await kill(backend);
      await working;
    }
    expect(twins.reduce((sum, { answers }) => sum + answers, 0)).toBeGreaterThan(ROUNDS);
    expect(others.reduce((sum, { answers }) => sum + answers, 0)).toBeGreaterThan(ROUNDS);
  },
  120_000,
);
