import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createRequire } from "node:module";

/** One run of a case's program. */
export interface Phase {
  readonly operation: "preview" | "up" | "refresh" | "destroy";
  readonly phase: number;
  readonly parallel?: number;
  readonly refresh?: boolean;
  /** Names of toy things. */
  readonly target?: readonly string[];
  readonly replace?: readonly string[];
  /** Another stack than the case's own. */
  readonly stack?: string;
  /** Its steps differ from run to run: only what holds in each is recorded. */
  readonly racy?: boolean;
  /** What happens in the cloud before the run. */
  readonly drift?: { readonly change: Record<string, Record<string, unknown>>; readonly remove: readonly string[] };
}

const programs = join(__dirname, "..", "programs");
export const project = "two-engines";
export const passphrase = "correct horse";

export const caseNames: readonly string[] = readdirSync(join(programs, "cases"))
  .map((file) => basename(file, ".js"))
  .toSorted();

export interface Case {
  readonly name: string;
  readonly projectDir: string;
  readonly stack: string;
  readonly phases: readonly Phase[];
}

export function caseOf(name: string): Case {
  const load = createRequire(join(programs, "run.js"));
  const {
    folder = "",
    stack = "dev",
    phases,
  } = load(`./cases/${name}`) as {
    phases: readonly Phase[];
    folder?: string;
    stack?: string;
  };
  return { name, projectDir: join(programs, folder), stack, phases };
}

/** Every stack that a case's phases run on. */
export const stacksOf = ({ stack, phases }: Case): string[] => [
  ...new Set(phases.map((phase) => phase.stack ?? stack)),
];

/** The toy cloud of one case: a folder that the provider writes and that we look into from outside. */
export class Cloud {
  readonly dir = mkdtempSync(join(tmpdir(), "toy-cloud-"));

  apply(drift: Phase["drift"]): void {
    for (const [id, change] of Object.entries(drift?.change ?? {})) {
      const file = join(this.dir, `${id}.json`);
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...change }));
    }
    for (const id of drift?.remove ?? []) {
      renameSync(join(this.dir, `${id}.json`), join(this.dir, `${id}.json.gone`));
    }
  }

  /** The ids of what exists. */
  list(): string[] {
    return readdirSync(this.dir)
      .filter((file) => file.endsWith(".json"))
      .map((file) => basename(file, ".json"))
      .toSorted();
  }

  environment(name: string, phase: Phase): Record<string, string> {
    return {
      CASE: name,
      PHASE: String(phase.phase),
      CLOUD_DIR: this.dir,
      CLOUD_PROVIDER: join(programs, "cloud.js"),
    };
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export const urnOf = (stack: string, thing: string): string =>
  `urn:pulumi:${stack}::${project}::pulumi-nodejs:dynamic/toy:Thing::${thing}`;

export function scratch(prefix: string): string {
  const dir = mkdtempSync(join(tmpdir(), prefix));
  mkdirSync(dir, { recursive: true });
  return dir;
}
