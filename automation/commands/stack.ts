import { readFileSync, writeFileSync } from "node:fs";
import { scalarText } from "../display/property-value";
import { propertyLines } from "../display/property-lines";
import { chooseEngine, type EngineChoice } from "../engines/choose-engine";
import type { Engine, StackOutput, StackPlace } from "../engines/engine";
import { chooseStack } from "../project/choose-stack";
import { findProject } from "../project/project";
import type { Host } from "../terminal/host";
import { type ExitCode, exitCodes, UserError } from "../user-error";

/** The switches of every command that works on a stack without deploying. */
export interface StackOptions {
  readonly cwd?: string;
  readonly stack?: string;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

export async function openStack(
  options: StackOptions,
): Promise<{ readonly engine: Engine; readonly place: StackPlace }> {
  const project = findProject(options.cwd ?? ".");
  const { engine } = await chooseEngine(options.engine, process.env, project.backend);
  return { engine, place: await chooseStack(engine, project, options.stack) };
}

/** Shows all outputs of a stack, or the one named, secrets masked unless asked for. */
export async function showOutputs(
  name: string | undefined,
  options: StackOptions & { readonly showSecrets?: boolean },
  host: Host,
): Promise<ExitCode> {
  const { engine, place } = await openStack(options);
  const outputs = await engine.outputs(place);
  const visible = Object.fromEntries(Object.entries(outputs).map(([key, output]) => [key, shown(output, options)]));
  if (name !== undefined) {
    if (!Object.hasOwn(visible, name)) {
      throw new UserError(
        `Stack ${place.stack} has no output "${name}". It has: ${Object.keys(visible).join(", ") || "none"}.`,
      );
    }
    const value = visible[name];
    if (options.json === true) host.line(JSON.stringify(value, undefined, 2));
    else
      host.line(
        typeof value === "object" ? JSON.stringify(value) : typeof value === "string" ? value : scalarText(value),
      );
  } else if (options.json === true) {
    host.line(JSON.stringify(visible, undefined, 2));
  } else if (Object.keys(visible).length === 0) {
    host.line(`Stack ${place.stack} has no outputs. Run marketplace up first.`);
  } else {
    for (const line of propertyLines(visible, "")) host.line(line);
  }
  return exitCodes.ok;
}

function shown({ value, secret }: StackOutput, options: { readonly showSecrets?: boolean }): unknown {
  return secret && options.showSecrets !== true ? "[secret]" : value;
}

/** Prints the stack's state, or writes it to a file, as `pulumi stack import` takes it. */
export async function exportStack(options: StackOptions & { readonly file?: string }, host: Host): Promise<ExitCode> {
  const { engine, place } = await openStack(options);
  const state = await engine.exportState(place);
  if (state === undefined) throw new UserError(`Stack ${place.stack} has no state yet. Run marketplace up first.`);
  const text = JSON.stringify(state, undefined, 4);
  if (options.file === undefined) {
    host.line(text);
    return exitCodes.ok;
  }
  writeFileSync(options.file, `${text}\n`, { mode: 0o600 });
  host.line(`Wrote the state of ${place.stack} to ${options.file}.`);
  return exitCodes.ok;
}

/** Replaces the stack's state by what an export wrote, from a file or stdin. */
export async function importStack(options: StackOptions & { readonly file?: string }, host: Host): Promise<ExitCode> {
  const { engine, place } = await openStack(options);
  await engine.importState(place, parsedState(options.file));
  host.line(`Imported the state of ${place.stack}. The next preview shows where the program differs.`);
  return exitCodes.ok;
}

function parsedState(file: string | undefined): object {
  const source = file ?? "stdin";
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file ?? 0, "utf8"));
  } catch (error) {
    throw new UserError(
      `Cannot read a state from ${source}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (typeof content !== "object" || content === null || !("deployment" in content)) {
    throw new UserError(`${source} holds no state: it needs a "deployment". Write one with stack export.`);
  }
  return content;
}

/** The stacks of a project, the selected one starred. */
export async function listStacks(options: StackOptions, host: Host): Promise<ExitCode> {
  const project = findProject(options.cwd ?? ".");
  const { engine } = await chooseEngine(options.engine, process.env, project.backend);
  const stacks = await engine.stacks(project.dir, project.name);
  if (options.json === true) host.line(JSON.stringify(stacks, undefined, 2));
  else if (stacks.length === 0)
    host.line(`Project ${project.name} has no stacks yet. marketplace up makes one named dev.`);
  else for (const { name, selected } of stacks) host.line(`${name}${selected ? "*" : ""}`);
  return exitCodes.ok;
}
