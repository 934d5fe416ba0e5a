import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { exportState, importState, readOutputs, run } from "../../engine/index";
import { readSetting, writeSetting } from "../project/stack-settings";
import type { Engine } from "./engine";

/** The engine of this package: the program's own folder holds the state, under .marketplace. */
export const embeddedEngine: Engine = {
  name: "embedded",

  async deploy(request) {
    const { operation, projectDir, stack, stateDir, env, config, parallel, signal, onEvent } = request;
    const { targets, replacements, refreshFirst, policyPacks } = request;
    const { result, durationSeconds } = await run({
      operation,
      projectDir,
      stack,
      stateDir,
      parallel,
      signal,
      onEvent,
      ...(env && { env: { ...env } }),
      ...(config && { config: { ...config } }),
      ...(targets?.length && { target: [...targets] }),
      ...(replacements?.length && { replace: [...replacements] }),
      ...(policyPacks?.length && { policyPacks: [...policyPacks] }),
      ...(refreshFirst === true && { refresh: true }),
    });
    return { result, durationSeconds };
  },

  async stacks(projectDir, project) {
    return stackNames(projectDir, project).map((name) => ({ name, selected: false }));
  },

  async outputs({ projectDir, stack }) {
    return readOutputs({ projectDir, stack });
  },

  async exportState({ projectDir, project, stack }) {
    return hasState(projectDir, project, stack) ? exportState({ projectDir, stack }) : undefined;
  },

  async importState({ projectDir, stack }, state) {
    await importState({ projectDir, stack }, state);
  },

  async getConfig({ projectDir, stack }, key) {
    return readSetting(projectDir, stack, key);
  },

  async setConfig({ projectDir, stack }, key, value, secret) {
    writeSetting(projectDir, stack, key, value, secret);
  },
};

/** Stacks with state, and those that only have settings yet. */
function stackNames(projectDir: string, project: string): string[] {
  const withState = listed(stateFolder(projectDir, project), /^(?<name>[^.].*)\.json$/u);
  const withSettings = listed(projectDir, /^Pulumi\.(?<name>.+)\.ya?ml$/u);
  return [...new Set([...withState, ...withSettings])].toSorted();
}

function listed(folder: string, pattern: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => pattern.exec(file)?.groups?.["name"] ?? []);
}

function stateFolder(projectDir: string, project: string): string {
  return join(projectDir, ".marketplace", "stacks", project);
}

/** A crash before the first checkpoint leaves a journal alone. */
function hasState(projectDir: string, project: string, stack: string): boolean {
  return [`${stack}.json`, `${stack}.json.journal`].some((file) =>
    existsSync(join(stateFolder(projectDir, project), file)),
  );
}
