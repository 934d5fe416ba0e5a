import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { caseOf, Cloud, passphrase, scratch, stacksOf, urnOf, type Phase } from "./case";
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
  constructor(
    readonly pulumi: string,
    readonly projectDir: string,
  ) {}

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
      cwd: this.projectDir,
      env: { ...this.environment, ...environment },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    return { status, output: stdout + stderr };
  }

  export(stack: string): Deployment {
    const text = execFileSync(this.pulumi, ["stack", "export", "--show-secrets", "--stack", stack], {
      cwd: this.projectDir,
      env: this.environment,
      encoding: "utf8",
    });
    return (JSON.parse(text) as { deployment: Deployment }).deployment;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
    // What `stack init` writes beside the program; the configuration of a case is kept.
    for (const name of ["dev", "base"]) rmSync(join(this.projectDir, `Pulumi.${name}.yaml`), { force: true });
  }
}

/** Runs every phase of a case on the CLI. */
export function runOnCli(pulumi: string, name: string): PhaseRecord[] {
  const tried = caseOf(name);
  const home = new CliHome(pulumi, tried.projectDir);
  const cloud = new Cloud();
  try {
    for (const stack of stacksOf(tried)) {
      const made = home.run(["stack", "init", stack]);
      if (made.status !== 0) throw new Error(made.output);
    }
    return tried.phases.map((phase) => {
      const stack = phase.stack ?? tried.stack;
      cloud.apply(phase.drift);
      const log = join(home.dir, "events.jsonl");
      rmSync(log, { force: true });
      const { status, output } = home.run(argsOf(phase, stack, log), cloud.environment(name, phase));
      if (!existsSync(log)) throw new Error(output);
      const events = readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as EngineEvent);
      return recordOf(phase, events, home.export(stack), cloud.list(), status === 0);
    });
  } finally {
    cloud.remove();
    home.remove();
  }
}

function argsOf(phase: Phase, stack: string, log: string): string[] {
  return [
    phase.operation,
    "--stack",
    stack,
    "--event-log",
    log,
    "--parallel",
    String(phase.parallel ?? 1),
    ...(phase.operation === "preview" ? [] : ["--yes", "--skip-preview"]),
    ...(phase.refresh ? ["--refresh"] : []),
    ...(phase.target ?? []).flatMap((thing) => ["--target", urnOf(stack, thing)]),
    ...(phase.replace ?? []).flatMap((thing) => ["--replace", urnOf(stack, thing)]),
  ];
}
