import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { executableOnPath } from "../../automation/engines/choose-engine";
import { startMarketplace } from "../../backend/index";
import { run } from "../../engine/index";
import { runCommand } from "../automation/command-process";

const projectDir = join(__dirname, "fixtures/listing");
const pack = resolve("policies");

let env: Record<string, string>;
beforeAll(async () => {
  const market = await startMarketplace();
  env = {
    AWS_CONFIG_FILE: market.configFile,
    AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
    AWS_PROFILE: "seller",
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
  };
  return () => market.close();
});

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "policies-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A configuration file of the pack, in a folder that is gone after the test. */
function configFile(config: unknown): string {
  const file = join(scratchFolder(), "policies.json");
  writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
  return file;
}

const agreed = { agent: { model: "usage", hourly: { "m7i.large": "0.10" } } };
const priced = { "price-increase": { agreed, maxPercent: 20 }, "unagreed-price": { agreed } };

async function preview(about: Record<string, string>, operation: "preview" | "up" = "preview") {
  const said: string[] = [];
  const violated: string[] = [];
  const result = await run({
    operation,
    projectDir,
    stack: "dev",
    stateDir: scratchFolder(),
    policyPacks: [pack],
    env: { ...env, ...about },
    onEvent: ({ policyEvent, diagnosticEvent }) => {
      if (policyEvent) violated.push(`${policyEvent.enforcementLevel} ${policyEvent.policyName}`);
      if (diagnosticEvent) said.push(diagnosticEvent.message);
    },
  });
  return { ...result, violated: violated.toSorted(), said: said.join("\n") };
}

test("the pack lets a listing pass that does everything right", async () => {
  const plan = await preview({ MARKETPLACE_POLICY_CONFIG: configFile(priced), PRICE: "0.12" });
  expect(plan).toMatchObject({ result: "succeeded", violated: [], changes: { create: 2 } });
});

test("each broken rule is told in one preview, and up makes nothing", async () => {
  const broken = { PRICE: "0.13", CIDR: "0.0.0.0/0", SUPPORT: "We answer soon." };
  const about = { ...broken, MARKETPLACE_POLICY_CONFIG: configFile(priced) };
  const violated = ["mandatory open-ports", "mandatory price-increase", "mandatory support-contact"];
  expect(await preview(about)).toMatchObject({ result: "failed", violated });
  const refused = await preview(about, "up");
  expect(refused).toMatchObject({ result: "failed", violated });
  expect(refused.changes).not.toHaveProperty("create", 2);
});

test("without a configuration prices are only spoken of", async () => {
  expect(await preview({ PRICE: "100" })).toMatchObject({ result: "succeeded", violated: ["advisory unagreed-price"] });
});

test("levels can be set: one policy off, the rest advisory", async () => {
  const config = { all: "advisory", "unagreed-price": "disabled" };
  const plan = await preview({ CIDR: "0.0.0.0/0", MARKETPLACE_POLICY_CONFIG: configFile(config) });
  expect(plan).toMatchObject({ result: "succeeded", violated: ["advisory open-ports"] });
});

test.each([
  ["a policy that is not there", { "open-port": "disabled" }, /There is no policy open-port/],
  ["something that is no JSON", "{", /cannot be used/],
  [
    "a limit that is no number",
    { "price-increase": { maxPercent: "ten" } },
    /price-increase: maxPercent must be number/,
  ],
])("a run is refused whose configuration holds %s", async (_, config, reason) => {
  const told = await preview({ MARKETPLACE_POLICY_CONFIG: configFile(config) }).then(
    (plan) => `${plan.result}: ${plan.said}`,
    (error: unknown) => `failed: ${String(error)}`,
  );
  expect(told).toMatch(/^failed/);
  expect(told).toMatch(reason);
});

test.skipIf(executableOnPath("pulumi", process.env) === undefined)(
  "both engines say the same of the same pack",
  { timeout: 120_000 },
  async () => {
    const scratch = scratchFolder();
    mkdirSync(join(scratch, "state"));
    const about = {
      ...env,
      PULUMI_HOME: join(scratch, "home"),
      PULUMI_BACKEND_URL: `file://${join(scratch, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "correct horse",
      MARKETPLACE_POLICY_CONFIG: configFile(priced),
      PRICE: "0.13",
    };
    const violations = async (engine: string) => {
      const args = ["preview", "--json", "--cwd", projectDir, "--engine", engine, "--policy-pack", pack];
      const { stdout } = await runCommand(args, about);
      const report = JSON.parse(stdout) as { policyViolations: { policy: string; level: string; message: string }[] };
      return report.policyViolations.map(({ policy, level, message }) => ({ policy, level, message }));
    };
    const embedded = await violations("embedded");
    expect(embedded).toMatchObject([{ policy: "price-increase", level: "mandatory" }]);
    expect(await violations("pulumi")).toEqual(embedded);
  },
);
