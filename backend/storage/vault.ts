import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

const algorithm = "aes-256-gcm";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Keeps texts that nobody should read who finds the data. */
export interface Vault {
  /** Encrypted with AES-256-GCM; another text each time. */
  seal(text: string): string;
  /** @throws Error when the text was sealed with another key, or changed since */
  open(sealed: string): string;
  /** The same for the same text, and of no use without the key. */
  fingerprint(text: string): string;
}

/**
 * A vault whose key lies beside the data, in a file that only its owner may read; made at the first use. Without a folder
 * the key is gone with the process, as the data is.
 */
export function openVault(dir?: string): Vault {
  let known: Buffer | undefined;
  const key = () => (known ??= dir === undefined ? randomBytes(keyBytes) : keyIn(join(dir, "secrets.key")));
  return {
    seal(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key(), nonce);
      const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString("base64");
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv(algorithm, key(), bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
    },
    fingerprint: (text) => createHmac("sha256", key()).update(text).digest("base64url"),
  };
}

function keyIn(file: string): Buffer {
  if (!existsSync(file)) writeKey(file);
  const key = readFileSync(file);
  if (key.length === keyBytes) return key;
  throw new Error(`${file} holds no key of ${keyBytes} bytes. Put back the one that was there with the data.`);
}

/** Whole or not at all, and on disk before anything is sealed with it. */
function writeKey(file: string): void {
  const draft = `${file}.${process.pid}`;
  const opened = openSync(draft, "w", 0o600);
  try {
    writeSync(opened, randomBytes(keyBytes));
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(draft, file);
}
