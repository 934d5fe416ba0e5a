import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { UserError, exitCodes } from "../user-error";

export interface Project {
  /** The folder that holds Pulumi.yaml. */
  readonly dir: string;
  readonly name: string;
  /** `backend: url` of Pulumi.yaml: where the Pulumi CLI keeps this project's state. */
  readonly backend?: string;
  /** The settings that `config` of Pulumi.yaml declares, without the project's name: `amiId`. */
  readonly settings: readonly string[];
}

/** The project of a folder: its own Pulumi.yaml or the nearest above, as the Pulumi CLI looks for it. */
export function findProject(cwd: string): Project {
  const start = resolve(cwd);
  if (!existsSync(start))
    throw new UserError(`There is no folder ${start}. Pass --cwd with a project folder.`, exitCodes.usage);
  for (let dir = start; ; dir = dirname(dir)) {
    const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(dir, name)).find((path) => existsSync(path));
    if (file !== undefined) return readProject(dir, file);
    if (dirname(dir) === dir) break;
  }
  throw new UserError(`No Pulumi.yaml in ${start} or above. Run this from a project folder, or pass --cwd.`);
}

function readProject(dir: string, file: string): Project {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError(
      `${file} is not YAML: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
    );
  }
  const settings = asMap(content);
  const name = settings["name"];
  if (typeof name !== "string" || name === "")
    throw new UserError(`${file} has no name. Add a line such as "name: my-listing".`);
  const backend = asMap(settings["backend"])["url"];
  const own = `${name}:`;
  const declared = Object.keys(asMap(settings["config"])).map((key) =>
    key.startsWith(own) ? key.slice(own.length) : key,
  );
  return { dir, name, settings: declared, ...(typeof backend === "string" && { backend }) };
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
