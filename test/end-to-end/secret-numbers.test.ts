import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../backend/index";
import { runCommand, startCommand } from "../automation/command-process";

const numbers = { taxpayerNumber: "47-3829156", routingNumber: "011401533", accountNumber: "000918273645" };
const changed = "000918273646";

/** The numbers as they could be written: as they are, without hyphens, and encoded. */
const forms = [...Object.values(numbers), changed].flatMap((number) => [
  number,
  number.replaceAll("-", ""),
  Buffer.from(number).toString("base64").replaceAll("=", ""),
  Buffer.from(number).toString("hex"),
]);

/** A user's machine with the program on it: everything that is written to it stands below one folder. */
function openMachine() {
  const home = mkdtempSync(join(tmpdir(), "secret-numbers-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const project = join(home, "project");
  cpSync(join(__dirname, "secret-numbers"), project, { recursive: true });
  const modules = join(home, "node_modules");
  mkdirSync(modules);
  mkdirSync(join(home, "tmp"));
  symlinkSync(resolve("."), join(modules, "pulumi-aws-marketplace"));
  symlinkSync(resolve("node_modules/@pulumi"), join(modules, "@pulumi"));
  const said: string[] = [];
  const environment = (market?: RunningMarketplace, more: Readonly<Record<string, string>> = {}) => ({
    HOME: home,
    TMPDIR: join(home, "tmp"),
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of the test",
    ...(market && {
      AWS_CONFIG_FILE: market.configFile,
      AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
      AWS_ENDPOINT_URL: market.endpoint,
      AWS_PROFILE: "buyer",
      AWS_REGION: market.region,
    }),
    ...more,
  });
  return {
    home,
    project,
    said,
    environment,
    /** Runs `marketplace`; tells its exit code and what it printed. */
    async marketplace(
      args: readonly string[],
      market?: RunningMarketplace,
      more: Readonly<Record<string, string>> = {},
    ) {
      const { code, stdout, stderr } = await runCommand(
        [...args, "--cwd", project, "--engine", "embedded"],
        environment(market, more),
      );
      said.push(stdout, stderr);
      return { code, said: stdout + stderr };
    },
  };
}

async function openMarket(latency: "none" | "realistic", dataDir: string): Promise<RunningMarketplace> {
  const market = await startMarketplace({ latency, dataDir });
  onTestFinished(() => market.close());
  return market;
}

/** Files below a folder that hold one of the numbers; links are not followed. */
function leaksBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return leaksBelow(path);
    if (!entry.isFile()) return [];
    const content = readFileSync(path, "latin1");
    return forms.some((form) => content.includes(form)) ? [path] : [];
  });
}

test("tax and bank numbers are in nothing that a run prints or leaves behind", { timeout: 120_000 }, async () => {
  const machine = openMachine();
  const { marketplace, home, said } = machine;
  const data = join(home, "data");
  const market = await openMarket("none", data);
  for (const [name, number] of Object.entries(numbers)) {
    expect(await marketplace(["config", "set", "--secret", name, number])).toMatchObject({ code: 0 });
  }
  const pack = ["--policy-pack", resolve("policies")];

  expect(await marketplace(["preview", "--json", "--diff", ...pack], market)).toMatchObject({ code: 0 });
  const made = await marketplace(["up", "--yes", "--skip-preview", "--diff"], market);
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining("[secret]") });
  expect(await marketplace(["config", "set", "--secret", "accountNumber", changed])).toMatchObject({ code: 0 });
  const updated = await marketplace(["up", "--yes", "--skip-preview", "--refresh", "--json"], market);
  expect(updated).toMatchObject({ code: 0, said: expect.stringContaining('"update": 1') });
  for (const [MISTAKE, property] of [
    ["taxpayerNumber", "tax.taxpayerNumber"],
    ["routingNumber", "bank.routingNumber"],
    ["legalName", "legalName"],
  ] as const) {
    const refused = await marketplace(["up", "--yes", "--skip-preview"], market, { MISTAKE });
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining(property) });
  }
  expect(await marketplace(["stack", "output", "--json"])).toMatchObject({
    code: 0,
    said: expect.stringContaining("paid"),
  });
  expect(await marketplace(["stack", "export"])).toMatchObject({ code: 0, said: expect.stringContaining("Northwind") });
  expect(await marketplace(["destroy", "--yes"], market)).toMatchObject({ code: 0 });

  expect(leaksBelow(home)).toEqual([]);
  expect(forms.filter((form) => said.some((text) => text.includes(form)))).toEqual([]);
  expect(said.join("\n")).toContain("Northwind");
});

test("nor in what a run leaves that is killed while it registers", { timeout: 60_000 }, async () => {
  const machine = openMachine();
  const { marketplace, home, project } = machine;
  const market = await openMarket("realistic", join(home, "data"));
  for (const [name, number] of Object.entries(numbers)) await marketplace(["config", "set", "--secret", name, number]);
  const up = startCommand(
    ["up", "--yes", "--skip-preview", "--cwd", project, "--engine", "embedded"],
    machine.environment(market),
  );
  const journal = join(project, ".marketplace/stacks/registration/dev.json.journal");
  for (let tries = 0; tries < 400; tries++) {
    if (existsSync(journal) && readFileSync(journal, "utf8").includes("Northwind")) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  up.kill("SIGKILL");
  const { stdout, stderr } = await up.finished;
  expect(readFileSync(journal, "utf8")).toContain("Northwind Software, Inc.");
  expect(leaksBelow(home)).toEqual([]);
  expect(forms.filter((form) => (stdout + stderr).includes(form))).toEqual([]);
});
