import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, expect, test } from "vitest";
import { runCommand, startCommand } from "../command-process";

const scratch = mkdtempSync(join(tmpdir(), "backend-start-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Ready {
  readonly endpoint: string;
  readonly region: string;
  readonly accounts: readonly { name: string; accountId: string; accessKeyId: string; secretAccessKey: string }[];
}

const ready = async (text: Promise<string>): Promise<Ready> => JSON.parse(await text) as Ready;

test("with --json one line says where it is and whose keys open it; SIGTERM closes it with exit code 0", async () => {
  const backend = startCommand(["backend", "start", "--json"]);
  const { endpoint, region, accounts } = await ready(backend.firstLine);
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
  expect(region).toBe("us-east-1");
  expect(accounts.map(({ name, accountId }) => [name, accountId])).toEqual([
    ["seller", "111122223333"],
    ["buyer", "444455556666"],
    ["partner", "777788889999"],
  ]);
  const sts = new STSClient({ endpoint, region, credentials: accounts[1]! });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: "444455556666" });
  sts.destroy();
  backend.kill("SIGTERM");
  const { code, stdout, stderr } = await backend.finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.trim().split("\n")).toHaveLength(1);
});

test("a person gets lines to paste, without colours into a pipe, and Ctrl-C removes the temporary profile files", async () => {
  const backend = startCommand(["backend", "start"]);
  await backend.firstLine;
  backend.kill("SIGINT");
  const { code, stdout } = await backend.finished;
  expect(code).toBe(0);
  expect(stdout).not.toContain("\u001B");
  const names = [...stdout.matchAll(/export (?<name>\w+)=/gu)].map(({ groups }) => groups?.["name"]);
  expect(names).toEqual([
    "AWS_ENDPOINT_URL",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_PROFILE",
    "AWS_REGION",
  ]);
  const file = /AWS_CONFIG_FILE=(?<file>\S+)/u.exec(stdout)?.groups?.["file"] ?? "";
  expect(file).not.toBe("");
  expect(existsSync(file)).toBe(false);
});

test("started again on the same folder the keys are the same; meanwhile nobody else may have it", async () => {
  const data = join(scratch, "market");
  const first = startCommand(["backend", "start", "--json", "--data", data]);
  const { accounts } = await ready(first.firstLine);
  const second = await runCommand(["backend", "start", "--data", data]);
  expect(second).toMatchObject({ code: 1, stdout: "" });
  expect(second.stderr).toBe(
    `error: ${data} is in use by another running marketplace. Stop that one, or pass another --data.\n`,
  );
  first.kill("SIGTERM");
  await first.finished;

  const again = startCommand(["backend", "start", "--json", "--data", data]);
  expect((await ready(again.firstLine)).accounts).toEqual(accounts);
  expect(readdirSync(data)).toEqual(expect.arrayContaining(["config", "credentials"]));
  expect(statSync(join(data, "credentials")).mode & 0o077).toBe(0);
  again.kill("SIGTERM");
  expect((await again.finished).code).toBe(0);
});

test("a taken port is one clear line and exit code 1", async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, "127.0.0.1", () => resolve((taken.address() as { port: number }).port));
  });
  const { code, stderr } = await runCommand(["backend", "start", "--port", String(port)]);
  taken.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `error: Port ${port} is taken. Pass another --port, or none to get a free one.\n`,
  });
});

test("a data folder that cannot be one is one clear line and exit code 1", async () => {
  const file = join(scratch, "a-file");
  writeFileSync(file, "not a folder");
  const { code, stderr } = await runCommand(["backend", "start", "--data", join(file, "market")]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: Cannot keep a marketplace in .*a-file\/market: .*\n$/u);
});

test("it is ready well within a second of starting", async () => {
  const startedAt = performance.now();
  const backend = startCommand(["backend", "start", "--json"]);
  await backend.firstLine;
  const took = performance.now() - startedAt;
  backend.kill("SIGTERM");
  await backend.finished;
  expect(took).toBeLessThan(2000);
});
