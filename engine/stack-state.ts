import { rmSync } from "node:fs";

import { takeLock } from "./lock";
import type { StackLocation, StackOutput } from "./options";
import { openSession } from "./session";
import { Snapshot } from "./snapshot";
import { stackOutputs } from "./stack-outputs";
import { parseCheckpoint, writeCheckpoint, type Checkpoint } from "./state-file";

const noLock = () => undefined;

/** The stack's state as `pulumi stack import` takes it, secrets encrypted. @throws EngineError */
export function exportState(location: StackLocation): Promise<Checkpoint> {
  return Promise.resolve(openSession(location, process.env, noLock).checkpoint);
}

/**
 * Makes an export, of this engine or of `pulumi stack export`, the stack's state.
 * @throws EngineError when it is no export, or the stack is in use
 */
export function importState(location: StackLocation, exported: unknown): Promise<void> {
  const checkpoint = parseCheckpoint(JSON.stringify(exported), "The export");
  let release = () => {};
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
    release();
  }
}

/** What the stack exports, secrets in the clear. @throws EngineError without the passphrase they need */
export function readOutputs(location: StackLocation): Promise<Record<string, StackOutput>> {
  const session = openSession(location, process.env, noLock);
  return Promise.resolve(stackOutputs(new Snapshot(session.checkpoint, session.secrets, undefined).base));
}
