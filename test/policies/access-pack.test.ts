import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { IAMClient, ListGroupsCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { executableOnPath } from "../../automation/engines/choose-engine";
import { type RunningMarketplace, startMarketplace } from "../../backend/index";
import { run } from "../../engine/index";
import { runCommand } from "../automation/command-process";

const projectDir = join(__dirname, "fixtures/access");
const pack = resolve("policies");
const scratch = mkdtempSync(join(tmpdir(), "access-pack-"));
const config = { "group-level": { highest: { contractors: "view" } } };

let market: RunningMarketplace;
let env: Record<string, string>;
beforeAll(async () => {
  market = await startMarketplace();
  writeFileSync(join(scratch, "policies.json"), JSON.stringify(config));
  env = {
    AWS_CONFIG_FILE: market.configFile,
    AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
    AWS_PROFILE: "buyer",
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
    MARKETPLACE_POLICY_CONFIG: join(scratch, "policies.json"),
  };
});
afterAll(async () => {
  await market.close();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
});

async function onEmbedded(operation: "preview" | "up", about: Record<string, string>) {
  const violated: string[] = [];
  const { result } = await run({
    operation,
    projectDir,
    stack: "dev",
    stateDir: scratch,
    policyPacks: [pack],
    env: { ...env, ...about },
    onEvent: ({ policyEvent }) => {
      if (policyEvent) violated.push(`${policyEvent.policyName}: ${policyEvent.message.trim()}`);
    },
  });
  return { result, violated: violated.toSorted() };
}

const groups = async () => {
  const iam = new IAMClient({ endpoint: market.endpoint, region: market.region, credentials: buyer() });
  const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
  iam.destroy();
  return Groups.map(({ GroupName }) => GroupName).toSorted();
};

const buyer = () => {
  const { accessKeyId = "", secretAccessKey = "" } = market.accounts.find(({ name }) => name === "buyer") ?? {};
  return { accessKeyId, secretAccessKey };
};

const broken: readonly (readonly [what: string, about: Record<string, string>, violated: readonly RegExp[]])[] = [
  ["who keeps to the levels, each person in one group", {}, []],
  [
    "a group above its highest level",
    { LEVEL: "full-control" },
    [/^group-level: .*contractors has level full-control, and view is its highest/s],
  ],
  [
    "a person in two groups",
    { READERS: "ana,li" },
    [/^one-group: .*li is in "buyers" and "contractors": a person is in exactly one/s],
  ],
];

test.each(broken)("preview judges a whole stack: %s", async (_what, about, violated) => {
  expect(await onEmbedded("preview", about)).toEqual({
    result: violated.length === 0 ? "succeeded" : "failed",
    violated: violated.map((text) => expect.stringMatching(text) as string),
  });
  expect(await groups()).toEqual(["Administrators"]);
});

test.skipIf(executableOnPath("pulumi", process.env) === undefined)(
  "the Pulumi CLI says the same with --policy-pack (skipped where pulumi is not on PATH)",
  { timeout: 120_000 },
  async () => {
    mkdirSync(join(scratch, "state"), { recursive: true });
    const places = {
      ...env,
      PULUMI_HOME: join(scratch, "home"),
      PULUMI_BACKEND_URL: `file://${join(scratch, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "correct horse",
    };
    for (const [, about, violated] of broken) {
      const args = ["preview", "--json", "--cwd", projectDir, "--engine", "pulumi", "--policy-pack", pack];
      const { stdout } = await runCommand(args, { ...places, ...about });
      const report = JSON.parse(stdout) as { policyViolations?: { policy: string; message: string }[] };
      const said = (report.policyViolations ?? []).map(({ policy, message }) => `${policy}: ${message.trim()}`);
      expect(said).toEqual(violated.map((text) => expect.stringMatching(text) as string));
    }
  },
);
