import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, parseDocument } from "yaml";
import { findPassphrase, Secrets } from "../../engine/state/secrets";
import { UserError } from "../user-error";

/** `Pulumi.<stack>.yaml` beside Pulumi.yaml: the stack's configuration, secrets encrypted under a passphrase. */
export function settingsFile(projectDir: string, stack: string): string {
  return join(projectDir, `Pulumi.${stack}.yaml`);
}

/** A configuration value in the clear, or undefined. A secret needs the passphrase. */
export function readSetting(projectDir: string, stack: string, key: string): string | undefined {
  const settings = open(settingsFile(projectDir, stack));
  const value: unknown = toPlain(settings)["config"];
  const found = value !== null && typeof value === "object" ? (value as Record<string, unknown>)[key] : undefined;
  if (found === undefined || found === null) return undefined;
  if (typeof found !== "object") return `${found as string | number | boolean}`;
  if (!("secure" in found) || typeof found.secure !== "string") return JSON.stringify(found);
  return secretsOf(settings).decrypt(found.secure);
}

/** Writes one value and leaves everything else in the file, comments included, as it was. */
export function writeSetting(projectDir: string, stack: string, key: string, value: string, secret: boolean): void {
  const file = settingsFile(projectDir, stack);
  const settings = open(file);
  if (secret) {
    const secrets = secretsOf(settings);
    settings.set("encryptionsalt", secrets.salt);
    settings.setIn(["config", key], settings.createNode({ secure: secrets.encrypt(value) }));
  } else {
    settings.setIn(["config", key], value);
  }
  const fresh = `${file}.new`;
  writeFileSync(fresh, settings.toString());
  renameSync(fresh, file);
}

function open(file: string): Document {
  const settings = parseDocument(existsSync(file) ? readFileSync(file, "utf8") : "");
  const [error] = settings.errors;
  if (error !== undefined) throw new UserError(`${file} is not YAML: ${error.message.split("\n")[0]}`);
  return settings;
}

function toPlain(settings: Document): Readonly<Record<string, unknown>> {
  const plain: unknown = settings.toJS();
  return typeof plain === "object" && plain !== null ? { ...plain } : {};
}

function secretsOf(settings: Document): Secrets {
  const passphrase = findPassphrase(undefined, process.env);
  if (passphrase === undefined) {
    throw new UserError("A secret needs a passphrase. Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.");
  }
  const salt = settings.get("encryptionsalt");
  return new Secrets(passphrase, typeof salt === "string" ? salt : undefined);
}
