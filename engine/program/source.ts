import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

import type { StackConfig } from "../config";
import type { Events } from "../events";
import { nodeArguments, nodeEnvironment } from "./node-process";
import { guard, OWN_GROUP } from "../plugins/plugin-process";
import { sdkScript } from "../plugins/plugins";
import type { Project } from "../project";

/** The program exits with this code after it has told the user what was wrong. */
const ALREADY_TOLD = 32;

export interface SourceSetting {
  readonly project: Project;
  readonly stack: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly config: StackConfig;
  readonly env: Record<string, string | undefined>;
  readonly events: Events;
  readonly address: string;
}

/** The program, in a process of its own. */
export interface Source {
  /** How it ended: nothing when all is well, or the reason; an empty one has been told already. */
  readonly exited: Promise<string | undefined>;
  kill(): void;
}

export function startProgram(setting: SourceSetting): Source {
  const { project, events } = setting;
  const args = [
    ...project.nodeArgs,
    ...nodeArguments(sdkScript(project.programDir, "run")),
    `--monitor=${setting.address}`,
    `--engine=${setting.address}`,
    "--organization=organization",
    `--project=${project.name}`,
    `--root-directory=${project.root}`,
    `--stack=${setting.stack}`,
    `--pwd=${project.programDir}`,
    ...(setting.dryRun ? ["--dry-run"] : []),
    `--parallel=${setting.parallel}`,
    project.entryPoint,
  ];
  const child = spawn(process.execPath, args, {
    cwd: project.programDir,
    detached: OWN_GROUP,
    env: {
      ...nodeEnvironment(setting.env, "run"),
      PULUMI_CONFIG: JSON.stringify(legacyKeys(setting.config.values)),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(setting.config.secretKeys),
      ...(project.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
      ...(project.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig } : {}),
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  guard(child);
  child.stdin.on("error", () => {});
  createInterface({ input: child.stdout }).on("line", (line) => events.say("info", line));
  createInterface({ input: child.stderr }).on("line", (line) => events.say("info#err", line));
  return { exited: ending(child), kill: () => void child.kill("SIGKILL") };
}

function ending(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`The program cannot be started: ${error.message}`));
    child.once("close", (code, signal) => {
      if (code === 0) resolve(undefined);
      else if (code === ALREADY_TOLD) resolve("");
      else resolve(signal ? `Program ended by ${signal}` : `Program exited with non-zero exit code: ${code}`);
    });
  });
}

/** SDKs read configuration by `namespace:config:name`. */
function legacyKeys(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key.replace(":", ":config:"), value]));
}
