import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";

import { EngineError } from "./error";

/** What Pulumi.yaml says, as far as running a Node program goes. */
export interface Project {
  readonly name: string;
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  /** The folder the program runs in, and what to run there. */
  readonly programDir: string;
  readonly entryPoint: string;
  readonly typescript: boolean;
  readonly tsconfig?: string;
  readonly nodeArgs: readonly string[];
  readonly config: Record<string, unknown>;
  readonly providerPlugins: readonly { readonly name: string; readonly path: string }[];
}

interface ProjectFile {
  name?: unknown;
  main?: unknown;
  runtime?: unknown;
  config?: unknown;
  plugins?: { providers?: { name?: unknown; path?: unknown }[] };
}

/** @throws EngineError when there is no project, or not one of Node's */
export function readProject(projectDir: string): Project {
  const root = resolve(projectDir);
  const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(root, name)).find((path) => existsSync(path));
  if (!file) throw new EngineError(`No Pulumi.yaml in ${root}. Run this from a project folder, or name one.`);
  const project = parseYaml(file) as ProjectFile | null;
  if (typeof project?.name !== "string") throw new EngineError(`${file} has no name. Add a line \`name: my-project\`.`);
  const { name, options } = runtimeOf(project.runtime);
  if (name !== "nodejs") {
    throw new EngineError(
      `${file} asks for the runtime ${name || "(none)"}; the embedded engine runs nodejs only. Use the Pulumi CLI.`,
    );
  }
  const main = typeof project.main === "string" ? resolve(root, project.main) : root;
  const isFile = existsSync(main) && statSync(main).isFile();
  return {
    name: project.name,
    root,
    programDir: isFile ? dirname(main) : main,
    entryPoint: isFile ? basename(main) : ".",
    typescript: options["typescript"] !== false,
    ...(typeof options["tsconfig"] === "string" ? { tsconfig: options["tsconfig"] } : {}),
    nodeArgs: typeof options["nodeargs"] === "string" ? options["nodeargs"].split(/\s+/).filter(Boolean) : [],
    config: (project.config as Record<string, unknown> | undefined) ?? {},
    providerPlugins: (project.plugins?.providers ?? []).flatMap(({ name: plugin, path }) =>
      typeof plugin === "string" && typeof path === "string" ? [{ name: plugin, path: resolve(root, path) }] : [],
    ),
  };
}

function runtimeOf(runtime: unknown): { name: string; options: Record<string, unknown> } {
  if (typeof runtime === "string") return { name: runtime, options: {} };
  const { name, options } = (runtime ?? {}) as { name?: unknown; options?: Record<string, unknown> };
  return { name: typeof name === "string" ? name : "", options: options ?? {} };
}

/** @throws EngineError with the place of the mistake */
export function parseYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new EngineError(`${file} cannot be read as YAML: ${(error as Error).message}`);
  }
}
