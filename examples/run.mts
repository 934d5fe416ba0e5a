// npm run examples : every example from nothing to destroyed, through the command, on an embedded marketplace.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import assert from "node:assert/strict";
import { DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeAgreementCommand, MarketplaceAgreementClient } from "@aws-sdk/client-marketplace-agreement";

const command = resolve(import.meta.dirname, "../dist/automation/main.js");
const stack = "examples";
const home = mkdtempSync(join(tmpdir(), "marketplace-examples-"));

interface Report {
  readonly result: string;
  readonly changeSummary: Record<string, number>;
  readonly outputs: Record<string, unknown>;
}

interface Account {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

async function startBackend(): Promise<{ accounts: readonly Account[]; process: ChildProcess }> {
  const child = spawn(process.execPath, [command, "backend", "start", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((ready, failed) => {
    createInterface(child.stdout).once("line", ready);
    child.once("exit", (code) => failed(new Error(`the embedded marketplace ended with ${code}`)));
  });
  const { endpoint, accounts } = JSON.parse(line) as { endpoint: string; accounts: Account[] };
  const profiles = accounts.map(
    ({ name, accessKeyId, secretAccessKey }) =>
      `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  const credentials = join(home, "credentials");
  writeFileSync(credentials, profiles.join("\n"), { mode: 0o600 });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "us-east-1",
    // For programs of several accounts, whose resources name a profile.
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_CONFIG_FILE: join(home, "config"),
    // What encrypts the secrets in states that live for seconds.
    PULUMI_CONFIG_PASSPHRASE: "examples",
  });
  return { accounts, process: child };
}

/** From here on, commands are run by this account. */
function runAs(accounts: readonly Account[], name: string): void {
  const account = accounts.find((candidate) => candidate.name === name);
  assert.ok(account, `the embedded marketplace has no account ${name}`);
  process.env.AWS_ACCESS_KEY_ID = account.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = account.secretAccessKey;
}

function marketplace(cwd: string, ...args: string[]): string {
  return execFileSync(process.execPath, [command, ...args, "--cwd", cwd, "--stack", stack, "--engine", "embedded"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

const deploy = (cwd: string, ...args: string[]): Report => JSON.parse(marketplace(cwd, ...args, "--json")) as Report;

/** @param stop for an example with something that runs and can be stopped: stops it and looks at what came of it */
function runExample(cwd: string, stop?: () => void): void {
  const planned = deploy(cwd, "preview");
  const applied = deploy(cwd, "up", "--yes");
  assert.deepEqual(applied.changeSummary, planned.changeSummary, "up did something else than preview said");
  const again = deploy(cwd, "up", "--yes");
  assert.deepEqual(Object.keys(again.changeSummary), ["same"], "a second up changed something");
  stop?.();
  const destroyed = deploy(cwd, "destroy", "--yes");
  assert.equal(destroyed.changeSummary.delete, applied.changeSummary.create, "destroy left something");
}

function tidy(cwd: string): void {
  rmSync(join(cwd, `Pulumi.${stack}.yaml`), { force: true });
  rmSync(join(cwd, ".marketplace"), { recursive: true, force: true });
}

/** The buyer's program needs something to buy: the seller's listing, put up first and taken down last. */
async function runSubscriber(cwd: string, accounts: readonly Account[]): Promise<void> {
  const listing = join(import.meta.dirname, "paid-ami");
  try {
    runAs(accounts, "seller");
    marketplace(listing, "example", "prepare");
    const { productId } = deploy(listing, "up", "--yes").outputs;
    runAs(accounts, "buyer");
    marketplace(cwd, "config", "set", "productId", String(productId));
    let bought: Record<string, unknown> = {};
    runExample(cwd, () => {
      marketplace(cwd, "config", "set", "desiredState", "stopped");
      const stopped = deploy(cwd, "up", "--yes");
      assert.equal(stopped.changeSummary.update, 1, "one instance was to be stopped");
      assert.equal(stopped.outputs.instanceState, "stopped");
      bought = stopped.outputs;
    });
    assert.deepEqual(await left(bought), { agreement: "CANCELLED", instance: "terminated" });
    runAs(accounts, "seller");
    deploy(listing, "destroy", "--yes");
  } finally {
    tidy(listing);
    tidy(cwd);
  }
}

/** What AWS itself says of them. */
async function left({ agreementId, instanceId }: Record<string, unknown>) {
  const agreements = new MarketplaceAgreementClient({});
  const ec2 = new EC2Client({});
  const { status } = await agreements.send(new DescribeAgreementCommand({ agreementId: String(agreementId) }));
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [String(instanceId)] }));
  return { agreement: status, instance: Reservations?.[0]?.Instances?.[0]?.State?.Name };
}

async function run(name: string, accounts: readonly Account[]): Promise<void> {
  const cwd = join(import.meta.dirname, name);
  if (name === "subscriber") return runSubscriber(cwd, accounts);
  try {
    runAs(accounts, "seller");
    marketplace(cwd, "example", "prepare");
    runExample(cwd);
  } finally {
    tidy(cwd);
  }
}

const backend = await startBackend();
try {
  const examples = readdirSync(import.meta.dirname).filter(
    (name) => !name.startsWith(".") && existsSync(join(import.meta.dirname, name, "Pulumi.yaml")),
  );
  // All of them, or those named: npm run examples -- subscriber
  const chosen = process.argv.length > 2 ? examples.filter((name) => process.argv.includes(name)) : examples;
  assert.ok(chosen.length > 0, `there are ${examples.join(", ")}`);
  for (const name of chosen) {
    const start = performance.now();
    await run(name, backend.accounts);
    console.log(
      `${name}: previewed, applied, unchanged, destroyed (${((performance.now() - start) / 1000).toFixed(1)} s)`,
    );
  }
} finally {
  backend.process.kill("SIGTERM");
  rmSync(home, { recursive: true, force: true });
}
