import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { executableOnPath } from "../../../automation/engines/choose-engine";
import { runCommand } from "../command-process";

const fixtures = join(__dirname, "../fixtures");
/** A project beside the others, so that it finds their packages, and a home of its own for the CLI. */
function openProject() {
  const scratch = mkdtempSync(join(tmpdir(), "both-engines-test-"));
  const dir = mkdtempSync(join(fixtures, ".both-"));
  onTestFinished(() => {
    for (const folder of [scratch, dir]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  cpSync(join(fixtures, "slow"), dir, { recursive: true });
  mkdirSync(join(scratch, "state"));
  const env = {
    PULUMI_HOME: join(scratch, "home"),
    PULUMI_BACKEND_URL: `file://${join(scratch, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "correct horse",
  };
  return {
    scratch,
    marketplace: (engine: string, ...args: string[]) => runCommand([...args, "--cwd", dir, "--engine", engine], env),
  };
}

test.skipIf(executableOnPath("pulumi", process.env) === undefined)(
  "the same command shows the same on the Pulumi CLI and on the embedded engine, and state moves between them",
  { timeout: 120_000 },
  async () => {
    const { marketplace, scratch } = openProject();
    const plans = [await marketplace("embedded", "preview"), await marketplace("pulumi", "preview")];
    expect(plans.map(({ code }) => code)).toEqual([0, 0]);
    expect(shown(plans[0]?.stdout)).toEqual(shown(plans[1]?.stdout));

    expect(await marketplace("pulumi", "up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    const file = join(scratch, "exported.json");
    expect(await marketplace("pulumi", "stack", "export", "--file", file)).toMatchObject({ code: 0 });
    expect(await marketplace("embedded", "stack", "import", "--file", file)).toMatchObject({ code: 0 });
    const after = await marketplace("embedded", "preview", "--json");
    expect(JSON.parse(after.stdout)).toMatchObject({ changeSummary: { same: 3 } });
    expect(await marketplace("embedded", "stack", "ls")).toMatchObject({ stdout: "dev\n" });
  },
);

/** Without the line that names the engine. */
function shown(stdout = ""): string {
  return stdout.slice(stdout.indexOf("\n"));
}
