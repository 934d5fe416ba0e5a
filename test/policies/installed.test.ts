import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { executableOnPath } from "../../automation/engines/choose-engine";
import { type RunningMarketplace, startMarketplace } from "../../backend/index";

const ours = "pulumi-aws-marketplace";
const project = mkdtempSync(join(tmpdir(), "installed-"));
let market: RunningMarketplace;

/** A project as npm leaves it: our package from its tarball, and what it depends on beside it. */
beforeAll(async () => {
  market = await startMarketplace();
  const modules = join(project, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync("node_modules").filter((each) => !each.startsWith(".") && each !== ours)) {
    symlinkSync(resolve("node_modules", name), join(modules, name));
  }
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", project], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename = "" } = {}] = JSON.parse(packed) as { filename?: string }[];
  execFileSync("tar", ["xzf", join(project, filename), "-C", project]);
  cpSync(join(project, "package"), join(modules, ours), { recursive: true });
  cpSync(join(__dirname, "fixtures/listing/index.js"), join(project, "index.js"));
  cpSync(join(__dirname, "fixtures/listing/Pulumi.yaml"), join(project, "Pulumi.yaml"));
}, 60_000);
afterAll(async () => {
  await market.close();
  rmSync(project, { recursive: true, force: true, maxRetries: 5 });
});

function preview(about: Record<string, string>, engine: string) {
  const command = join("node_modules", ours, "dist/automation/main.js");
  const pack = join("node_modules", ours, "policies");
  const env = {
    ...process.env,
    AWS_CONFIG_FILE: market.configFile,
    AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
    AWS_PROFILE: "seller",
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
    PULUMI_HOME: join(project, "home"),
    PULUMI_BACKEND_URL: `file://${join(project, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "correct horse",
    ...about,
  };
  mkdirSync(join(project, "state"), { recursive: true });
  const args = [command, "preview", "--json", "--engine", engine, "--stack", "dev", "--policy-pack", pack];
  let stdout = "";
  try {
    stdout = execFileSync(process.execPath, args, {
      cwd: project,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    // A refused preview ends with another code than 0; the report is there all the same.
    stdout = String((error as { readonly stdout?: unknown }).stdout);
  }
  const { result, policyViolations = [] } = JSON.parse(stdout) as {
    result: string;
    policyViolations?: { policy: string; level: string }[];
  };
  return { result, violated: policyViolations.map(({ policy, level }) => `${level} ${policy}`) };
}

/** Without the CLI on PATH there is one engine to try. */
const engines = executableOnPath("pulumi", process.env) === undefined ? ["embedded"] : ["embedded", "pulumi"];

test.each(engines)("program, command and pack run from the installed package, on %s", { timeout: 90_000 }, (engine) => {
  expect(preview({}, engine)).toEqual({ result: "succeeded", violated: ["advisory unagreed-price"] });
  const { result, violated } = preview({ CIDR: "0.0.0.0/0", SUPPORT: "We answer soon." }, engine);
  expect(result).toBe("failed");
  expect(violated.toSorted()).toEqual(["advisory unagreed-price", "mandatory open-ports", "mandatory support-contact"]);
});
