import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { Cloud, passphrase, phasesOf, projectDir, scratch, urnOf, type Phase } from "./case";
import { recordOf, type Deployment, type PhaseRecord } from "./record";

/** The Pulumi CLI: PULUMI_BIN, or the first one on PATH. */
export function findPulumi(): string | undefined {
  const candidates = [
    process.env.PULUMI_BIN,
    ...(process.env.PATH ?? "").split(delimiter).map((dir) => join(dir, "pulumi")),
  ];
  return candidates.find((file) => file !== undefined && file !== "" && existsSync(file));
}

/** A place of its own for the CLI's state, offline. */
export class CliHome {
  readonly dir = scratch("pulumi-home-");
  constructor(readonly pulumi: string) {}

  get environment(): Record<string, string> {
    return {
      ...(process.env as Record<string, string>),
      PATH: [dirname(process.execPath), dirname(this.pulumi), process.env.PATH ?? ""].join(delimiter),
      PULUMI_HOME: this.dir,
      PULUMI_BACKEND_URL: `file://${this.dir}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_DIY_BACKEND_NO_LEGACY_WARNING: "true",
    };
  }

  run(args: readonly string[], environment: Record<string, string> = {}): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(this.pulumi, [...args, "--non-interactive"], {
      cwd: projectDir,
      env: { ...this.environment, ...environment },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    return { status, output: stdout + stderr };
  }

  export(stack: string): Deployment {
    const text = execFileSync(this.pulumi, ["stack", "export", "--show-secrets", "--stack", stack], {
      cwd: projectDir,
      env: this.environment,
      encoding: "utf8",
    });
    return (JSON.parse(text) as { deployment: Deployment }).deployment;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
    for (const name of ["dev"]) rmSync(join(projectDir, `Pulumi.${name}.yaml`), { force: true });
  }
}

export const CASE_STACK = "dev";

/** Runs every phase of a case on the CLI. */
export function runOnCli(pulumi: string, name: string): PhaseRecord[] {
  const home = new CliHome(pulumi);
  const cloud = new Cloud();
  try {
    const made = home.run(["stack", "init", CASE_STACK]);
    if (made.status !== 0) throw new Error(made.output);
    return phasesOf(name).map((phase) => {
      cloud.apply(phase.drift);
      const log = join(home.dir, "events.jsonl");
      rmSync(log, { force: true });
      const { status, output } = home.run(argsOf(phase, log), cloud.environment(name, phase));
      if (!existsSync(log)) throw new Error(output);
      const events = readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as EngineEvent);
      return recordOf(phase.operation, events, home.export(CASE_STACK), cloud.list(), status === 0);
    });
  } finally {
    cloud.remove();
    home.remove();
  }
}

function argsOf(phase: Phase, log: string): string[] {
  return [
    phase.operation,
    "--stack",
    CASE_STACK,
    "--event-log",
    log,
    "--parallel",
    String(phase.parallel ?? 1),
    ...(phase.operation === "preview" ? [] : ["--yes", "--skip-preview"]),
    ...(phase.refresh ? ["--refresh"] : []),
    ...(phase.target ?? []).flatMap((thing) => ["--target", urnOf(CASE_STACK, thing)]),
  ];
}
