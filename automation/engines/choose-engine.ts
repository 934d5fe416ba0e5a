import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { UserError } from "../user-error";
import type { Engine } from "./engine";

export type EngineChoice = "auto" | "embedded" | "pulumi";
export const engineChoices: readonly EngineChoice[] = ["auto", "embedded", "pulumi"];

export interface ChosenEngine {
  readonly engine: Engine;
  /** Why this one, in a few words: `no pulumi on PATH`. */
  readonly because: string;
}

/**
 * `auto` takes the Pulumi CLI where it is on PATH and has somewhere to keep state (logged in, PULUMI_BACKEND_URL, or the
 * project's own backend), else the embedded engine. Throws UserError when `pulumi` is asked for and absent.
 */
export async function chooseEngine(
  choice: EngineChoice,
  env: NodeJS.ProcessEnv = process.env,
  projectBackend?: string,
): Promise<ChosenEngine> {
  const cli = executableOnPath("pulumi", env);
  if (choice === "embedded") return { engine: await embedded(), because: "as asked" };
  if (choice === "pulumi") {
    if (cli === undefined) {
      throw new UserError(
        "There is no pulumi on PATH. Install the Pulumi CLI, or use --engine embedded, which needs nothing.",
      );
    }
    return { engine: await pulumi(), because: "as asked" };
  }
  if (cli === undefined) return { engine: await embedded(), because: "no pulumi on PATH" };
  if (hasBackend(env) || projectBackend !== undefined) return { engine: await pulumi(), because: "pulumi is on PATH" };
  return { engine: await embedded(), because: "pulumi is on PATH but not logged in" };
}

/** The first file of that name on PATH that may be executed. */
export function executableOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Logged in, as `pulumi login` leaves it in credentials.json, or told by the environment where state lives. */
function hasBackend(env: NodeJS.ProcessEnv): boolean {
  if (env["PULUMI_BACKEND_URL"] || env["PULUMI_ACCESS_TOKEN"]) return true;
  const file = join(env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "credentials.json");
  if (!existsSync(file)) return false;
  try {
    const credentials: unknown = JSON.parse(readFileSync(file, "utf8"));
    return (
      typeof credentials === "object" && credentials !== null && "current" in credentials && credentials.current !== ""
    );
  } catch {
    return false;
  }
}

async function embedded(): Promise<Engine> {
  return (await import("./embedded.js")).embeddedEngine;
}

async function pulumi(): Promise<Engine> {
  return (await import("./pulumi.js")).pulumiEngine;
}
