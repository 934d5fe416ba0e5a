import { readFileSync } from "node:fs";
import type { Host } from "../terminal/host";
import { type ExitCode, exitCodes, UserError } from "../user-error";
import { openStack, type StackOptions } from "./stack";

/** Prints one configuration value of a stack. */
export async function getConfig(key: string, options: StackOptions, host: Host): Promise<ExitCode> {
  const { engine, place } = await openStack(options);
  const value = await engine.getConfig(place, fullKey(key, place.project));
  if (value === undefined) {
    throw new UserError(
      `Stack ${place.stack} has no configuration "${key}". Set it with marketplace config set ${key} VALUE.`,
    );
  }
  host.line(options.json === true ? JSON.stringify({ value }) : value);
  return exitCodes.ok;
}

/** Writes one configuration value; without a value reads it from stdin, which keeps secrets out of the shell's history. */
export async function setConfig(
  key: string,
  value: string | undefined,
  options: StackOptions & { readonly secret?: boolean },
): Promise<ExitCode> {
  const { engine, place } = await openStack(options);
  const text = value ?? readFileSync(0, "utf8").replace(/\r?\n$/u, "");
  await engine.setConfig(place, fullKey(key, place.project), text, options.secret === true);
  return exitCodes.ok;
}

/** `amiId` is the project's own: `paid-ami:amiId`. */
function fullKey(key: string, project: string): string {
  if (key === "" || /\s/u.test(key)) throw new UserError(`"${key}" is no configuration key.`, exitCodes.usage);
  return key.includes(":") ? key : `${project}:${key}`;
}
