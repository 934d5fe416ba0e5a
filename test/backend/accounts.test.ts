import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { DeleteAccessKeyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, onTestFinished, test } from "vitest";

import { type RunningMarketplace, startMarketplace } from "../../backend";
import { createDateOf, seedAccounts } from "../../backend/accounts";
import { writeProfiles } from "../../backend/profiles";
import { sellerOf } from "../../backend/sellers";
import { systemClock } from "../../backend/clock";
import { openMemoryStore } from "../../backend/storage/memory";
import { clientsOf, openMarketplace } from "../support/identity-clients";

function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "accounts-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

test("a marketplace has a seller, a buyer and a partner, with keys nobody could guess", async () => {
  const first = await seedAccounts({ store: openMemoryStore(), clock: systemClock });
  const second = await seedAccounts({ store: openMemoryStore(), clock: systemClock });
  expect(first.map(({ name, accountId }) => [name, accountId])).toEqual([
    ["seller", "111122223333"],
    ["buyer", "444455556666"],
    ["partner", "777788889999"],
  ]);
  for (const { accessKeyId, secretAccessKey } of first) {
    expect(accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  }
  const secrets = [...first, ...second].map(({ secretAccessKey }) => secretAccessKey);
  expect(new Set(secrets).size).toBe(6);
});

test("the seller and the partner are registered to sell, the buyer is not", async () => {
  const store = openMemoryStore();
  await seedAccounts({ store, clock: systemClock });
  expect(sellerOf(store, "111122223333")).toMatchObject({ displayName: "Example Corp", channelPartner: false });
  expect(sellerOf(store, "777788889999")).toMatchObject({ channelPartner: true });
  expect(sellerOf(store, "444455556666")).toBeUndefined();
});

test("started again on the same data, keys, users and opening dates are the same", async () => {
  const dataDir = newDir();
  const first = await startMarketplace({ dataDir });
  const opened = createDateOf(first.market.store, "111122223333");
  await first.close();
  const again = await startMarketplace({ dataDir });
  onTestFinished(() => again.close());
  expect(again.accounts).toEqual(first.accounts);
  expect(createDateOf(again.market.store, "111122223333")).toEqual(opened);
});

test("an administrator whose key was deleted gets a new one at the next start", async () => {
  const dataDir = newDir();
  const first = await startMarketplace({ dataDir });
  const AccessKeyId = first.accounts[0]?.accessKeyId;
  await clientsOf(first).iam.send(new DeleteAccessKeyCommand({ UserName: "admin", AccessKeyId }));
  await first.close();
  const again = await startMarketplace({ dataDir });
  onTestFinished(() => again.close());
  expect(again.accounts[0]?.accessKeyId).not.toBe(AccessKeyId);
  expect(again.accounts.slice(1)).toEqual(first.accounts.slice(1));
  await clientsOf(again).sts.send(new GetCallerIdentityCommand({}));
});

test("profile files are for their owner's eyes only, also where others could read them before", async () => {
  const dir = newDir();
  const accounts = await seedAccounts({ store: openMemoryStore(), clock: systemClock });
  const { configFile, credentialsFile } = writeProfiles(join(dir, "aws"), accounts, "http://127.0.0.1:1", "us-east-1");
  for (const file of [configFile, credentialsFile]) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(configFile, "utf8")).toContain(
    "[profile seller]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:1\n",
  );
  expect(readFileSync(configFile, "utf8")).not.toContain(accounts[0]?.secretAccessKey);
});

const environment = ({ configFile, credentialsFile }: RunningMarketplace) => ({
  AWS_CONFIG_FILE: configFile,
  AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
  AWS_EC2_METADATA_DISABLED: "true",
});

test("the JS SDK finds its way by profile name alone", async () => {
  const market = await openMarketplace();
  const before = { ...process.env };
  onTestFinished(() => void (process.env = before));
  Object.assign(process.env, environment(market), { AWS_PROFILE: "buyer" });
  const sts = new STSClient();
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: "444455556666" });
});

const BOTO = `
import boto3
print(boto3.Session(profile_name="partner").client("sts").get_caller_identity()["Account"])
`;

test.skipIf(!runs("python3", "-c", "import boto3"))("boto3 does too", async () => {
  const env = { ...process.env, ...environment(await openMarketplace()) };
  const { stdout } = await promisify(execFile)("python3", ["-c", BOTO], { env });
  expect(stdout.trim()).toBe("777788889999");
});

test.skipIf(!runs("aws", "--version"))("and the aws CLI", async () => {
  const env = { ...process.env, ...environment(await openMarketplace()), AWS_PROFILE: "seller" };
  const { stdout } = await promisify(execFile)("aws", ["iam", "get-user", "--output", "json"], { env });
  expect(JSON.parse(stdout)).toMatchObject({ User: { Arn: "arn:aws:iam::111122223333:user/admin" } });
});

/** Whether this machine has it. */
function runs(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}
