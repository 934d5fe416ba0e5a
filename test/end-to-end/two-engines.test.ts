import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { exportState, importState, run, type RunOptions } from "../../engine/index";
import { runCommand, startCommand } from "../automation/command-process";
import { caseOf, Cloud, passphrase } from "../engine/differential/case";
import { CliHome, findPulumi } from "../engine/differential/cli";
import { recordOf, type Deployment, type PhaseRecord } from "../engine/differential/record";

const pulumi = findPulumi();
if (!pulumi) console.warn("Skipped: pulumi is not on PATH, so states were not moved between the engines.");

const scratch = mkdtempSync(join(tmpdir(), "two-engines-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

/** One program on both engines. What they do is done to the same cloud, so a move between them must change nothing. */
class Both {
  readonly cli: CliHome;
  readonly #file = join(mkdtempSync(join(scratch, "move-")), "state.json");

  constructor(
    readonly projectDir: string,
    readonly stack: string,
    readonly env: Record<string, string>,
  ) {
    this.cli = new CliHome(pulumi ?? "", projectDir);
    onTestFinished(() => this.cli.remove());
    this.ok("stack", "init", stack);
  }

  get location() {
    return { projectDir: this.projectDir, stack: this.stack, stateDir: join(this.cli.dir, "embedded"), passphrase };
  }

  ok(...args: string[]): void {
    const { status, output } = this.cli.run(args, this.env);
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${output}`);
  }

  async embedded(
    operation: RunOptions["operation"],
  ): Promise<{ record: PhaseRecord; changes: Record<string, number> }> {
    const events: EngineEvent[] = [];
    const onEvent = (event: EngineEvent): void => void events.push(event);
    const { changes, result } = await run({ ...this.location, operation, env: this.env, onEvent });
    const { deployment } = (await exportState({ ...this.location, showSecrets: true })) as { deployment: Deployment };
    return { record: recordOf({ operation, phase: 0 }, events, deployment, [], result === "succeeded"), changes };
  }

  /** `pulumi up` itself, nothing of ours in between. */
  up(): PhaseRecord {
    const log = join(this.cli.dir, "events.jsonl");
    rmSync(log, { force: true });
    this.ok("up", "--yes", "--skip-preview", "--stack", this.stack, "--event-log", log);
    const lines = readFileSync(log, "utf8").trim().split("\n");
    const events = lines.map((line) => JSON.parse(line) as EngineEvent);
    return recordOf({ operation: "up", phase: 0 }, events, this.cli.export(this.stack), [], true);
  }

  async moveToCliWithoutChanges(): Promise<void> {
    writeFileSync(this.#file, JSON.stringify(await exportState(this.location)));
    this.ok("stack", "import", "--stack", this.stack, "--file", this.#file);
    this.ok("preview", "--stack", this.stack, "--expect-no-changes");
  }

  /** The operations that the embedded engine plans on the state the CLI left. */
  async plannedAfterMoveFromCli(): Promise<string[]> {
    this.ok("stack", "export", "--stack", this.stack, "--file", this.#file);
    await importState(this.location, JSON.parse(readFileSync(this.#file, "utf8")));
    const { changes } = await this.embedded("preview");
    return Object.keys(changes);
  }
}

describe.skipIf(!pulumi)("state moves between the engines, and the next preview is empty", () => {
  test.each(["components", "secrets", "values", "config"])("%s", { timeout: 240_000 }, async (name) => {
    const tried = caseOf(name);
    const cloud = new Cloud();
    onTestFinished(() => cloud.remove());
    const last = tried.phases.findLast(({ operation }) => operation === "up");
    if (!last) throw new Error(`${name} never goes up`);
    const both = new Both(tried.projectDir, tried.stack, cloud.environment(name, last));

    expect((await both.embedded("up")).record.result).toBe("succeeded");
    await both.moveToCliWithoutChanges();
    both.ok("up", "--yes", "--skip-preview", "--stack", tried.stack);
    expect(await both.plannedAfterMoveFromCli()).toEqual(["same"]);
  });
});

describe.skipIf(!pulumi)("examples/paid-ami", () => {
  test(
    "goes up alike on the embedded engine, on the Pulumi CLI, and on the Pulumi CLI driven by marketplace",
    { timeout: 400_000 },
    async () => {
      const embedded = await seller();
      const planned = await embedded.embedded("up");
      expect(planned.record.result).toBe("succeeded");

      const direct = await seller();
      const applied = direct.up();
      const named = namesHidden(planned.record);
      expect(namesHidden(applied)).toEqual(named);

      const driven = await seller();
      const { code, stderr } = await runCommand(
        ["up", "--yes", "--engine", "pulumi", "--stack", driven.stack, "--cwd", driven.projectDir],
        { ...driven.cli.environment, ...driven.env },
      );
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const exported = driven.cli.export(driven.stack);
      const { state } = recordOf({ operation: "up", phase: 0 }, [], exported, [], true);
      expect(namesHidden(state)).toEqual((named as PhaseRecord).state);

      await embedded.moveToCliWithoutChanges();
      expect(await direct.plannedAfterMoveFromCli()).toEqual(["same"]);
    },
  );
});

interface Market {
  readonly endpoint: string;
  readonly region: string;
  readonly accounts: readonly { name: string; accessKeyId: string; secretAccessKey: string }[];
}

/** The example, prepared in a marketplace of its own. */
async function seller(): Promise<Both> {
  // In a process of its own: this one waits for commands with its hands tied.
  const data = mkdtempSync(join(scratch, "market-"));
  const backend = startCommand(["backend", "start", "--port", "0", "--data", data, "--latency", "none", "--json"]);
  onTestFinished(async () => {
    backend.kill("SIGTERM");
    await backend.finished;
  });
  const market = JSON.parse(await backend.firstLine) as Market;
  const account = market.accounts.find(({ name }) => name === "seller");
  if (!account) throw new Error("the marketplace has no seller");
  // Beside the example, from where this package is found by its name.
  const examples = join(__dirname, "../../examples");
  const dir = mkdtempSync(join(examples, ".two-engines-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  cpSync(join(examples, "paid-ami"), dir, {
    recursive: true,
    filter: (file) => !/Pulumi\.\w+\.yaml$|\.marketplace/u.test(file),
  });
  const env = {
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
    AWS_ACCESS_KEY_ID: account.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
  };
  const both = new Both(dir, "seller", env);
  const prepared = await runCommand(["example", "prepare", "--cwd", dir, "--stack", "seller", "--engine", "embedded"], {
    ...both.cli.environment,
    ...env,
  });
  expect(prepared).toMatchObject({ code: 0 });
  return both;
}

/** Each marketplace gives its own names and times to what is made in it. */
function namesHidden<T>(record: T): unknown {
  const text = JSON.stringify(record)
    .replaceAll(/\b(prod|offer|ami|snap|cs|dim|ver|do|term|resale|agmt|rsrc)-[a-z0-9]{6,}/gu, "$1-…")
    .replaceAll(/"productCode":"[a-z0-9]+"/gu, '"productCode":"…"')
    .replaceAll(/127\.0\.0\.1:\d+/gu, "127.0.0.1:…")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, "…");
  return JSON.parse(text);
}
