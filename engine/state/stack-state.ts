import { rmSync } from "node:fs";

import { takeLock } from "./lock";
import type { StackLocation, StackOutput } from "../options";
import { openSession } from "../session";
import { Snapshot } from "./snapshot";
import { stackOutputs } from "./stack-outputs";
import { parseCheckpoint, writeCheckpoint, type Checkpoint } from "./state-file";
import {
  isMap,
  isSecret,
  mapValues,
  SECRET,
  SIGNATURE,
  some,
  type PropertyMap,
  type PropertyValue,
} from "../values/values";

const noLock = () => undefined;

export interface ExportLocation extends StackLocation {
  /** Secrets in the clear, as `pulumi stack export --show-secrets` writes them. */
  readonly showSecrets?: boolean;
}

/**
 * The stack's state as `pulumi stack import` takes it, secrets encrypted unless asked for otherwise.
 * @throws EngineError
 */
export function exportState(location: ExportLocation): Promise<Checkpoint> {
  const { checkpoint, secrets } = openSession(location, process.env, noLock);
  const { resources } = checkpoint.deployment;
  if (!location.showSecrets || !resources) return Promise.resolve(checkpoint);
  const clear = (stored: PropertyMap) =>
    (some(stored, isSecret) ? plaintext(secrets.get().open(stored, "")) : stored) as PropertyMap;
  return Promise.resolve({
    ...checkpoint,
    deployment: { ...checkpoint.deployment, resources: resources.map(clear) },
  });
}

function plaintext(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(plaintext);
  if (!isMap(value)) return value;
  if (value[SIGNATURE] !== SECRET) return mapValues(value, plaintext);
  return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(plaintext(value["value"] ?? null)) };
}

/**
 * Makes an export, of this engine or of `pulumi stack export`, the stack's state.
 * @throws EngineError when it is no export, or the stack is in use
 */
export function importState(location: StackLocation, exported: unknown): Promise<void> {
  const checkpoint = parseCheckpoint(JSON.stringify(exported), "The export");
  let release: (() => void) | undefined;
  try {
    const { paths } = openSession(location, process.env, (found) => {
      const lock = takeLock(found.lock, location.stack);
      release = lock.release;
      return lock.takenOver;
    });
    writeCheckpoint(paths, checkpoint);
    rmSync(paths.journal, { force: true });
    return Promise.resolve();
  } finally {
    release?.();
  }
}

/** What the stack exports, secrets in the clear. @throws EngineError without the passphrase they need */
export function readOutputs(location: StackLocation): Promise<Record<string, StackOutput>> {
  const session = openSession(location, process.env, noLock);
  return Promise.resolve(stackOutputs(new Snapshot(session.checkpoint, session.secrets, undefined).base));
}
