// npm run examples : every example from nothing to destroyed, through the command, on an embedded marketplace.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import assert from "node:assert/strict";

const command = resolve(import.meta.dirname, "../dist/automation/main.js");
const stack = "examples";

interface Report {
  readonly result: string;
  readonly changeSummary: Record<string, number>;
  readonly outputs: Record<string, unknown>;
}

async function startBackend(): Promise<{ endpoint: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [command, "backend", "start", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((ready, failed) => {
    createInterface(child.stdout).once("line", ready);
    child.once("exit", (code) => failed(new Error(`the embedded marketplace ended with ${code}`)));
  });
  const { endpoint, accounts } = JSON.parse(line) as {
    endpoint: string;
    accounts: { name: string; accessKeyId: string; secretAccessKey: string }[];
  };
  const seller = accounts.find(({ name }) => name === "seller")!;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: seller.accessKeyId,
    AWS_SECRET_ACCESS_KEY: seller.secretAccessKey,
    // What encrypts the secrets in states that live for seconds.
    PULUMI_CONFIG_PASSPHRASE: "examples",
  });
  return { endpoint, process: child };
}

function marketplace(cwd: string, ...args: string[]): string {
  return execFileSync(process.execPath, [command, ...args, "--cwd", cwd, "--stack", stack, "--engine", "embedded"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

const deploy = (cwd: string, ...args: string[]): Report => JSON.parse(marketplace(cwd, ...args, "--json")) as Report;

function runExample(cwd: string): void {
  try {
    marketplace(cwd, "example", "prepare");
    const planned = deploy(cwd, "preview");
    const applied = deploy(cwd, "up", "--yes");
    assert.deepEqual(applied.changeSummary, planned.changeSummary, "up did something else than preview said");
    const again = deploy(cwd, "up", "--yes");
    assert.deepEqual(Object.keys(again.changeSummary), ["same"], "a second up changed something");
    const destroyed = deploy(cwd, "destroy", "--yes");
    assert.equal(destroyed.changeSummary.delete, applied.changeSummary.create, "destroy left something");
  } finally {
    rmSync(join(cwd, `Pulumi.${stack}.yaml`), { force: true });
    rmSync(join(cwd, ".marketplace"), { recursive: true, force: true });
  }
}

const backend = await startBackend();
try {
  const examples = readdirSync(import.meta.dirname).filter(
    (name) => !name.startsWith(".") && existsSync(join(import.meta.dirname, name, "Pulumi.yaml")),
  );
  for (const name of examples) {
    const start = performance.now();
    runExample(join(import.meta.dirname, name));
    console.log(
      `${name}: previewed, applied, unchanged, destroyed (${((performance.now() - start) / 1000).toFixed(1)} s)`,
    );
  }
} finally {
  backend.process.kill("SIGTERM");
}
