import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { ListEntitiesCommand, MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, expect, test } from "vitest";
import { startMarketplace, type MarketplaceOptions, type RunningMarketplace } from "../../backend";
import { services } from "../../backend/services";

const running: RunningMarketplace[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((marketplace) => marketplace.close()));
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

async function start(options?: MarketplaceOptions): Promise<RunningMarketplace> {
  const marketplace = await startMarketplace(options);
  running.push(marketplace);
  return marketplace;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "marketplace-test-"));
  folders.push(made);
  return made;
}

function clientOptions({ endpoint, region, accounts }: RunningMarketplace, name = "seller") {
  const { accessKeyId, secretAccessKey } = accounts.find((account) => account.name === name) ?? {};
  const credentials = { accessKeyId: accessKeyId ?? "", secretAccessKey: secretAccessKey ?? "" };
  return { endpoint, region, credentials, maxAttempts: 1 };
}

test.each(["seller", "buyer", "partner"])("a marketplace knows its %s by the key it hands out", async (name) => {
  const marketplace = await start();
  const account = marketplace.accounts.find((each) => each.name === name);
  const identity = await new STSClient(clientOptions(marketplace, name)).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account: account?.accountId });
  expect(readFileSync(marketplace.configFile, "utf8")).toContain(`[profile ${name}]`);
  expect(readFileSync(marketplace.credentialsFile, "utf8")).toContain(account?.accessKeyId);
});

test("started again on the same folder, it is the same marketplace", async () => {
  const dataDir = folder();
  const first = await start({ dataDir });
  await running.pop()?.close();
  const second = await start({ dataDir });
  expect(second.accounts).toEqual(first.accounts);
  const before = new STSClient({ ...clientOptions(first), endpoint: second.endpoint });
  expect(await before.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: "111122223333" });
});

test("a marketplace in memory leaves nothing behind", async () => {
  const { configFile, credentialsFile } = await start();
  expect(existsSync(configFile)).toBe(true);
  await running.pop()?.close();
  expect([configFile, credentialsFile].map((file) => existsSync(file))).toEqual([false, false]);
});

test("closing ends idle connections at once", async () => {
  const marketplace = await start();
  const catalog = new MarketplaceCatalogClient(clientOptions(marketplace));
  await catalog.send(new ListEntitiesCommand({ Catalog: "AWSMarketplace", EntityType: "AmiProduct" }));
  const began = performance.now();
  await running.pop()?.close();
  expect(performance.now() - began).toBeLessThan(500);
  await expect(
    catalog.send(new ListEntitiesCommand({ Catalog: "AWSMarketplace", EntityType: "AmiProduct" })),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/) as string });
});

test("a port that is taken is said so", async () => {
  const { endpoint } = await start();
  await expect(start({ port: Number(new URL(endpoint).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("it listens on the loopback interface alone", async () => {
  const { endpoint } = await start();
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => reachable(address, Number(new URL(endpoint).port)));
  expect(await Promise.all(elsewhere)).not.toContain(true);
});

function reachable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const say = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", say(true)).on("error", say(false)).on("timeout", say(false));
  });
}

test.each(services.map((entry) => [entry.name, entry] as const))(
  "every handler of %s is an operation of its schemas",
  async (_name, entry) => {
    const schemas = Object.values(await entry.schemas()).filter((schema) => Array.isArray(schema) && schema[0] === 9);
    const operations = new Set(schemas.map((schema) => (schema as unknown[])[2]));
    const { service } = await entry.service();
    expect(Object.keys(service.handlers)).not.toHaveLength(0);
    expect(Object.keys(service.handlers).filter((name) => !operations.has(name))).toEqual([]);
  },
);
