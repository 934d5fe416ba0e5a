import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { ratio, seconds, table } from "./table.mts";

type Program = "by-reference" | "plain";
type Run = { readonly operation: "preview" | "up"; readonly value: string };

/** What a person does with a stack, in order. */
const RUNS: Readonly<Record<string, Run>> = {
  "preview of a new stack": { operation: "preview", value: "one" },
  "up of a new stack": { operation: "up", value: "one" },
  "preview, nothing changed": { operation: "preview", value: "one" },
  "up, nothing changed": { operation: "up", value: "one" },
  "up, all changed": { operation: "up", value: "two" },
};

interface Engine {
  readonly name: string;
  readonly program: Program;
  run(cwd: string, operation: Run["operation"], env: NodeJS.ProcessEnv): void;
  exportState(cwd: string): string;
}

const passphrase = { PULUMI_CONFIG_PASSPHRASE: "bench" };
const marketplace = resolve("dist/automation/main.js");

function execute(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

const embedded = (program: Program): Engine => {
  const common = ["--stack", "bench"];
  return {
    name: `embedded, ${program}`,
    program,
    run(cwd, operation, env) {
      const args = [
        marketplace,
        operation,
        "--engine",
        "embedded",
        ...common,
        ...(operation === "up" ? ["--yes"] : []),
      ];
      execute(process.execPath, args, cwd, { ...env, ...passphrase });
    },
    exportState: (cwd) =>
      execute(process.execPath, [marketplace, "stack", "export", "--engine", "embedded", ...common], cwd, {
        ...process.env,
        ...passphrase,
      }),
  };
};

function cli(pulumi: string, program: Program): Engine {
  const withHome = (cwd: string): NodeJS.ProcessEnv => {
    const home = join(cwd, ".pulumi-home");
    mkdirSync(home, { recursive: true });
    return {
      ...passphrase,
      PATH: [dirname(process.execPath), dirname(pulumi), process.env.PATH].join(delimiter),
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${home}`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  };
  return {
    name: `Pulumi CLI, ${program}`,
    program,
    run(cwd, operation, env) {
      const full = { ...env, ...withHome(cwd) };
      spawnSync(pulumi, ["stack", "init", "bench", "--non-interactive"], { cwd, env: full });
      const yes = operation === "up" ? ["--yes", "--skip-preview"] : [];
      execute(pulumi, [operation, "--stack", "bench", "--non-interactive", ...yes], cwd, full);
    },
    exportState: (cwd) =>
      execFileSync(pulumi, ["stack", "export", "--stack", "bench"], {
        cwd,
        env: { ...process.env, ...withHome(cwd) },
        encoding: "utf8",
        maxBuffer: 1 << 28,
      }),
  };
}

function findPulumi(): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((dir) => join(dir, "pulumi"))
    .find((file) => existsSync(file));
}

interface Figures {
  readonly times: Map<string, number>;
  readonly stateBytes: number;
}

function measure(engine: Engine, count: number): Figures {
  // Below node_modules, so that a copied program still finds its packages.
  mkdirSync("node_modules/.cache", { recursive: true });
  const cwd = mkdtempSync(resolve("node_modules/.cache/bench-"));
  try {
    cpSync(`bench/programs/${engine.program}`, join(cwd, "program"), { recursive: true });
    cpSync("bench/programs/cloud.js", join(cwd, "cloud.js"));
    const times = new Map<string, number>();
    for (const [name, { operation, value }] of Object.entries(RUNS)) {
      const start = performance.now();
      engine.run(join(cwd, "program"), operation, { ...process.env, COUNT: String(count), VALUE: value });
      times.set(name, performance.now() - start);
    }
    const { deployment } = JSON.parse(engine.exportState(join(cwd, "program"))) as {
      deployment: { resources: object[] };
    };
    const things = deployment.resources.filter(
      (resource) => "type" in resource && String(resource.type).includes("dynamic"),
    );
    return { times, stateBytes: JSON.stringify(things).length / things.length };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/**
 * Whole commands, each once: ours with the provider by reference beside the CLI with one plain dynamic provider for each
 * resource, which is what a program without this package would write.
 */
export function benchEngines(counts: readonly number[]): void {
  const pulumi = findPulumi();
  const ours = embedded("by-reference");
  const naive = embedded("plain");
  const peers = pulumi ? [cli(pulumi, "plain"), cli(pulumi, "by-reference")] : [];
  if (!pulumi) console.log("pulumi is not on PATH: the embedded engine is measured alone");
  for (const count of counts) {
    const engines = [ours, naive, ...peers];
    const figures = engines.map((engine) => measure(engine, count));
    const rows = Object.keys(RUNS).map((name) => {
      const [mine = 0, ...others] = figures.map(({ times }) => times.get(name) ?? Number.NaN);
      return [name, seconds(mine), ...others.map((other) => `${seconds(other)} (${ratio(mine, other)})`)];
    });
    const perResource = figures.map(({ times }) => `${((times.get("up of a new stack") ?? 0) / count).toFixed(1)} ms`);
    rows.push(["up, for each resource", ...perResource]);
    rows.push(["state, for each resource", ...figures.map(({ stateBytes }) => `${stateBytes.toFixed(0)} B`)]);
    console.log(`\n${count} resources`);
    console.log(table(["", ...engines.map(({ name }) => name)], rows));
  }
}
