import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { startCommand } from "../command-process";

// Below the package, so that the program finds Pulumi's SDK.
const fixtures = join(__dirname, "../fixtures");
const copies: string[] = [];
afterEach(() => {
  for (const dir of copies.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function slowProject(): string {
  const dir = mkdtempSync(join(fixtures, ".slow-"));
  copies.push(dir);
  cpSync(join(fixtures, "slow"), dir, { recursive: true });
  return dir;
}

test("Ctrl-C in the middle of up: what is in flight ends and is kept, nothing new starts, exit code 130", async () => {
  const dir = slowProject();
  const up = startCommand(["up", "--yes", "--skip-preview", "--cwd", dir, "--engine", "embedded"]);
  await up.firstLine;
  await inFlight(dir);
  up.pressCtrlC();
  const { code, stdout, stderr } = await up.finished;
  expect(stderr).toContain(
    "Stopping: nothing new is started, waiting for what is in flight: create of pulumi-nodejs:dynamic:Resource first.",
  );
  expect(stdout).toContain("first created");
  expect(stdout).not.toContain("second");
  expect(code).toBe(130);
  const state = JSON.parse(readFileSync(join(dir, ".marketplace/stacks/slow/dev.json"), "utf8"));
  const ids = state.deployment.resources
    .map(({ id }: { id?: string }) => id)
    .filter((id?: string) => id?.startsWith("made-"));
  expect(ids).toEqual(["made-first"]);
});

/** The engine writes down what it is about to make before it makes it. */
async function inFlight(dir: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      if (readFileSync(join(dir, ".marketplace/stacks/slow/dev.json.journal"), "utf8").includes("::first")) return;
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The first resource was never begun.");
}
