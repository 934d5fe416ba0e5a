import { existsSync } from "node:fs";
import { join } from "node:path";

import { EngineError } from "./error";
import { parseYaml, type Project } from "./project";
import { Secrets, type SecretsHolder } from "./state/secrets";

/** A stack's configuration: values as strings, as programs read them, and which of them are secret. */
export interface StackConfig {
  readonly values: Record<string, string>;
  readonly secretKeys: readonly string[];
}

interface StackFile {
  config?: Record<string, unknown>;
  encryptionsalt?: unknown;
  secretsprovider?: unknown;
}

function readStackFile(project: Project, stack: string): { file: string; content: StackFile } {
  const file = ["yaml", "yml"]
    .map((ending) => join(project.root, `Pulumi.${stack}.${ending}`))
    .find((path) => existsSync(path));
  if (!file) return { file: `Pulumi.${stack}.yaml`, content: {} };
  return { file, content: (parseYaml(file) as StackFile | null) ?? {} };
}

/** The salt in Pulumi.<stack>.yaml, if the stack has its secrets there. */
export function configSalt(project: Project, stack: string): string | undefined {
  const salt = readStackFile(project, stack).content.encryptionsalt;
  return typeof salt === "string" ? salt : undefined;
}

/**
 * Defaults of Pulumi.yaml, then Pulumi.<stack>.yaml, then what the caller gave.
 * @throws EngineError for a required value that is missing, or a secret that cannot be decrypted
 */
export function loadConfig(
  project: Project,
  stack: string,
  holder: SecretsHolder,
  passphrase: string | undefined,
  given: Record<string, string> = {},
): StackConfig {
  const { file, content } = readStackFile(project, stack);
  const found = new Map<string, { value: string; secret: boolean }>();
  const required: string[] = [];
  const key = (name: string) =>
    name.includes(":") ? name.replace(/^([^:]+):config:/, "$1:") : `${project.name}:${name}`;
  for (const [name, declared] of Object.entries(project.config)) {
    const value = declaredValue(declared);
    if (value === undefined) required.push(key(name));
    else found.set(key(name), { value: toText(value), secret: false });
  }
  const decrypt = lazily(() => decrypter(file, content, holder, passphrase));
  for (const [name, value] of Object.entries(content.config ?? {})) {
    found.set(
      key(name),
      isSecure(value)
        ? { value: toText(open(value, decrypt())), secret: true }
        : { value: toText(value), secret: false },
    );
  }
  for (const [name, value] of Object.entries(given)) {
    found.set(key(name), { value, secret: found.get(key(name))?.secret ?? false });
  }
  const missing = required.filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw new EngineError(
      `Stack ${stack} is missing configuration that Pulumi.yaml declares: ${missing.join(", ")}. Add it under \`config:\` in Pulumi.${stack}.yaml.`,
    );
  }
  return {
    values: Object.fromEntries([...found].map(([name, { value }]) => [name, value])),
    secretKeys: [...found].filter(([, { secret }]) => secret).map(([name]) => name),
  };
}

/** `name: value`, `name: { value }` and `name: { type, default }` all declare; only the type alone leaves it open. */
function declaredValue(declared: unknown): unknown {
  if (typeof declared !== "object" || declared === null || Array.isArray(declared)) return declared ?? undefined;
  const { value, default: fallback } = declared as { value?: unknown; default?: unknown };
  return value ?? fallback;
}

/** Structured values as the Pulumi CLI writes them: keys in order, and safe inside a web page, as Go's JSON is. */
function toText(value: unknown): string {
  if (typeof value === "string") return value;
  const text = JSON.stringify(inOrder(value));
  return text.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}

function isSecure(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSecure);
  if (typeof value !== "object" || value === null) return false;
  return isCiphertext(value) || Object.values(value).some(isSecure);
}

function isCiphertext(value: object): value is { secure: string } {
  return Object.keys(value).length === 1 && typeof (value as { secure?: unknown }).secure === "string";
}

function open(value: unknown, secrets: Secrets): unknown {
  if (Array.isArray(value)) return value.map((item) => open(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  if (isCiphertext(value)) return secrets.decrypt(value.secure);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, open(item, secrets)]));
}

function decrypter(file: string, content: StackFile, holder: SecretsHolder, passphrase: string | undefined): Secrets {
  if (typeof content.secretsprovider === "string" && !content.secretsprovider.startsWith("passphrase")) {
    throw new EngineError(
      `${file} keeps its secrets with ${content.secretsprovider}; the embedded engine knows passphrases only. Use the Pulumi CLI.`,
    );
  }
  if (typeof content.encryptionsalt !== "string") {
    throw new EngineError(`${file} has secure values but no encryptionsalt, so they cannot be decrypted.`);
  }
  if (content.encryptionsalt === holder.salt) return holder.get();
  if (passphrase === undefined) {
    throw new EngineError(`${file} has secure values. Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.`);
  }
  return new Secrets(passphrase, content.encryptionsalt);
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
