import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";

import { BuiltinProvider, type StackReader } from "./builtin-provider";
import type { StackConfig } from "../config";
import { EngineError } from "../error";
import type { Events } from "../events";
import { GrpcProvider } from "./grpc-provider";
import { nodeArguments, nodeEnvironment } from "../program/node-process";
import { startPlugin } from "./plugin-process";
import type { Project } from "../project";
import type { Provider } from "./provider";
import type { ResourceState } from "../state/resource-state";

export interface PluginSetting {
  readonly project: Project;
  readonly stack: string;
  readonly dryRun: boolean;
  readonly config: StackConfig;
  readonly env: Record<string, string | undefined>;
  readonly events: Events;
  /** Where the engine listens; known once its server runs. */
  readonly engineAddress: () => string;
  readonly readStack: StackReader;
  readonly findResource: (urn: string) => ResourceState | undefined;
}

/** The packages whose providers run with the whole of the stack's configuration. */
export function isDynamic(pkg: string): boolean {
  return pkg === "pulumi-nodejs" || pkg === "pulumi-python";
}

/**
 * Starts the provider of a package: the built-in one, Node's dynamic provider, or a plugin that
 * Pulumi.yaml names under `plugins.providers`.
 * @throws EngineError for any other package
 */
export async function startProvider(setting: PluginSetting, pkg: string): Promise<Provider> {
  if (pkg === "pulumi") return new BuiltinProvider(setting.readStack, setting.findResource);
  const { command, args, cwd, script = "" } = commandFor(setting, pkg);
  const plugin = await startPlugin({
    command,
    args: [...args, setting.engineAddress()],
    cwd,
    env: pluginEnv(setting, script),
    label: `The provider of ${pkg}`,
    onOutput: (line, stream) => setting.events.say(stream === "stderr" ? "info#err" : "info", line),
  });
  return new GrpcProvider(plugin);
}

interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Of Pulumi's SDK, where it is one. */
  readonly script?: string;
}

function commandFor({ project }: PluginSetting, pkg: string): Command {
  const node = (script: string, cwd: string, ...args: string[]): Command => ({
    command: process.execPath,
    args: nodeArguments(sdkScript(project.programDir, script), ...args),
    cwd,
    script,
  });
  if (pkg === "pulumi-nodejs") return node("dynamic-provider", project.programDir);
  const plugin = project.providerPlugins.find(({ name }) => name === pkg);
  if (!plugin) {
    throw new EngineError(
      `The embedded engine has no provider for package ${pkg}: it runs dynamic providers, and plugins that Pulumi.yaml names under plugins.providers. Use the Pulumi CLI for others.`,
    );
  }
  const executable = join(plugin.path, `pulumi-resource-${pkg}`);
  if (existsSync(executable)) return { command: executable, args: [], cwd: project.programDir };
  if (pluginRuntime(plugin.path) === "nodejs") return node("run-plugin", project.programDir, plugin.path);
  throw new EngineError(
    `${plugin.path} holds neither pulumi-resource-${pkg} nor a PulumiPlugin.yaml with \`runtime: nodejs\`. Use the Pulumi CLI for plugins of other kinds.`,
  );
}

function pluginRuntime(folder: string): string | undefined {
  const file = join(folder, "PulumiPlugin.yaml");
  if (!existsSync(file)) return undefined;
  const { runtime } = (parse(readFileSync(file, "utf8")) ?? {}) as { runtime?: string | { name?: string } };
  return typeof runtime === "string" ? runtime : runtime?.name;
}

/** @throws EngineError when the project has no Pulumi SDK */
export function sdkScript(programDir: string, script: string): string {
  try {
    return createRequire(join(programDir, "program.js")).resolve(`@pulumi/pulumi/cmd/${script}`);
  } catch {
    throw new EngineError(
      `The Pulumi SDK is not installed in ${programDir}. Run \`npm install @pulumi/pulumi\` there.`,
    );
  }
}

export function pluginEnv(
  { project, stack, dryRun, config, env }: PluginSetting,
  script: string,
): Record<string, string | undefined> {
  return {
    ...nodeEnvironment(env, script),
    PULUMI_PROJECT: project.name,
    PULUMI_NODEJS_PROJECT: project.name,
    PULUMI_STACK: stack,
    PULUMI_NODEJS_STACK: stack,
    PULUMI_NODEJS_DRY_RUN: String(dryRun),
    PULUMI_CONFIG: JSON.stringify(config.values),
  };
}
