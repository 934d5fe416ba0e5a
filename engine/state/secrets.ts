import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { EngineError } from "../error";
import { isMap, isSecret, makeSecret, mapValues, SECRET, SIGNATURE, type PropertyValue } from "../values/values";

/**
 * Secrets at rest, as the Pulumi CLI's passphrase provider keeps them: AES-256-GCM under a key that
 * PBKDF2-SHA256 makes in a million rounds from the passphrase and the salt
 * ("v1:<salt>:<proof>", where the proof is the word "pulumi", encrypted).
 */
export class Secrets {
  readonly salt: string;
  readonly #key: Buffer;
  /** Old ciphertext by place and plaintext, so that an unchanged secret leaves an unchanged state. */
  readonly #known = new Map<string, string>();

  /** @throws EngineError when the passphrase is not the one the salt was made with */
  constructor(passphrase: string, salt?: string) {
    const bytes = salt ? Buffer.from(salt.split(":")[1] ?? "", "base64") : randomBytes(8);
    this.#key = deriveKey(passphrase, bytes);
    this.salt = salt ?? `v1:${bytes.toString("base64")}:${this.encrypt("pulumi")}`;
    if (salt) this.#prove(salt);
  }

  #prove(salt: string): void {
    const proof = salt.split(":").slice(2).join(":");
    try {
      if (this.decrypt(proof) === "pulumi") return;
    } catch {
      // A wrong key fails the authentication tag: told below in the user's words.
    }
    throw new EngineError(
      "The passphrase is not the one these secrets were encrypted with. Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to it.",
    );
  }

  encrypt(plaintext: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  }

  /** @throws when the text is not ours */
  decrypt(ciphertext: string): string {
    const [, nonce = "", data = ""] = ciphertext.split(":");
    const sealed = Buffer.from(data, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.#key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString("utf8");
  }

  /** A value with every secret encrypted; `place` keeps equal secrets in different places from looking equal. */
  seal(value: PropertyValue, place: string): PropertyValue {
    if (Array.isArray(value)) return value.map((item, i) => this.seal(item, `${place}/${i}`));
    if (!isMap(value)) return value;
    if (value[SIGNATURE] !== SECRET) {
      const sealed: Record<string, PropertyValue> = {};
      for (const key in value) sealed[key] = this.seal(value[key] as PropertyValue, `${place}/${key}`);
      return sealed;
    }
    const plaintext = JSON.stringify(this.seal(value["value"] ?? null, `${place}/value`));
    const known = `${place}\n${plaintext}`;
    let ciphertext = this.#known.get(known);
    if (ciphertext === undefined) this.#known.set(known, (ciphertext = this.encrypt(plaintext)));
    return { [SIGNATURE]: SECRET, ciphertext };
  }

  /** The other way around; also takes secrets that `pulumi stack export --show-secrets` wrote in the clear. */
  open(value: PropertyValue, place: string): PropertyValue {
    if (Array.isArray(value)) return value.map((item, i) => this.open(item, `${place}/${i}`));
    if (!isMap(value)) return value;
    if (value[SIGNATURE] !== SECRET) {
      const opened: Record<string, PropertyValue> = {};
      for (const key in value) opened[key] = this.open(value[key] as PropertyValue, `${place}/${key}`);
      return opened;
    }
    const { ciphertext, plaintext } = value;
    if (typeof plaintext === "string") return makeSecret(JSON.parse(plaintext) as PropertyValue);
    if (typeof ciphertext !== "string") return value;
    const text = this.decrypt(ciphertext);
    this.#known.set(`${place}\n${text}`, ciphertext);
    return makeSecret(this.open(JSON.parse(text) as PropertyValue, `${place}/value`));
  }
}

/** Keys by digests of what they are made from: one command opens the same stack several times. */
const derived = new Map<string, Buffer>();

function deriveKey(passphrase: string, salt: Buffer): Buffer {
  const name = createHash("sha256").update(salt).update(passphrase).digest("hex");
  let key = derived.get(name);
  if (!key) derived.set(name, (key = pbkdf2Sync(passphrase, salt, 1_000_000, 32, "sha256")));
  return key;
}

/** A value with every secret hidden, for events and logs. */
export function blind(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(blind);
  if (isSecret(value)) return "[secret]";
  return isMap(value) ? mapValues(value, blind) : value;
}

/** The passphrase the user gave, by option or environment; an empty one counts, as it does for the CLI. */
export function findPassphrase(given: string | undefined, env: Record<string, string | undefined>): string | undefined {
  if (given !== undefined) return given;
  if (env["PULUMI_CONFIG_PASSPHRASE"] !== undefined) return env["PULUMI_CONFIG_PASSPHRASE"];
  const file = env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (!file) return undefined;
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new EngineError(`Cannot read ${file}, which PULUMI_CONFIG_PASSPHRASE_FILE names.`);
  }
}

/** Makes the key only when the first secret needs it: deriving it takes a good part of a second. */
export class SecretsHolder {
  #secrets: Secrets | undefined;

  constructor(
    private readonly passphrase: string | undefined,
    private saltFound: string | undefined,
  ) {}

  get salt(): string | undefined {
    return this.#secrets?.salt ?? this.saltFound;
  }

  get available(): boolean {
    return this.passphrase !== undefined;
  }

  /** @throws EngineError without a passphrase, or with a wrong one */
  get(): Secrets {
    if (this.#secrets) return this.#secrets;
    if (this.passphrase === undefined) {
      throw new EngineError(
        "This stack holds secrets, and there is no passphrase to protect them with. Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
      );
    }
    return (this.#secrets = new Secrets(this.passphrase, this.saltFound));
  }
}
