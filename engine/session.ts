import { configSalt, loadConfig, type StackConfig } from "./config";
import { EngineError } from "./error";
import { Journal } from "./state/journal";
import { withCompileCache } from "./program/node-process";
import type { StackLocation } from "./options";
import { readProject, type Project } from "./project";
import { findPassphrase, SecretsHolder } from "./state/secrets";
import { replay } from "./state/snapshot";
import { readCheckpoint, statePaths, writeCheckpoint, type Checkpoint, type StatePaths } from "./state/state-file";

/** One stack of one project, opened: where its files are, what it remembers, and what guards its secrets. */
export interface Session {
  readonly project: Project;
  readonly stack: string;
  readonly paths: StatePaths;
  readonly env: Record<string, string | undefined>;
  readonly secrets: SecretsHolder;
  readonly passphrase: string | undefined;
  /** Lines for the user about what was found. */
  readonly notes: string[];
  checkpoint: Checkpoint;
  /** Of the checkpoint file; a journal names it to say what it goes on from. */
  digest: string;
}

/**
 * Opens a stack. What a crashed run left in its journal is part of what the stack remembers.
 * @param lock takes the stack before anything of it is read; says whose stale lock it took over
 * @throws EngineError when the project or the state cannot be read
 */
export function openSession(
  location: StackLocation,
  env: Record<string, string | undefined>,
  lock: (paths: StatePaths, project: Project) => string | undefined,
): Session {
  const project = readProject(location.projectDir);
  if (!/^[\w.-]+$/.test(location.stack)) {
    throw new EngineError(
      `"${location.stack}" is no name for a stack: letters, digits, dots, dashes and underscores only.`,
    );
  }
  const paths = statePaths(project.root, project.name, location.stack, location.stateDir);
  const notes: string[] = [];
  const takenOver = lock(paths, project);
  if (takenOver) notes.push(`Took over the lock of ${takenOver}.`);
  const { checkpoint, digest } = readCheckpoint(paths.checkpoint);
  const provider = checkpoint.deployment.secrets_providers;
  if (provider && provider.type !== "passphrase") {
    throw new EngineError(
      `The state keeps its secrets with ${provider.type}; the embedded engine knows passphrases only. Use the Pulumi CLI.`,
    );
  }
  const passphrase = findPassphrase(location.passphrase, env);
  const salt = provider?.state?.salt ?? configSalt(project, location.stack);
  return {
    project,
    stack: location.stack,
    paths,
    env: withCompileCache(env, paths.cache),
    secrets: new SecretsHolder(passphrase, salt),
    passphrase,
    notes,
    checkpoint: replay(checkpoint, digest, Journal.read(paths.journal)),
    digest,
  };
}

/** Folds the journal of a crashed run into the checkpoint. Only for the holder of the lock. */
export async function settleJournal(session: Session): Promise<void> {
  const entries = Journal.read(session.paths.journal);
  if (entries.length === 0) return;
  session.digest = writeCheckpoint(session.paths, session.checkpoint);
  session.notes.push("The last run was cut short. What it had done was taken from its journal.");
  await new Journal(session.paths.journal).discard();
}

export function sessionConfig(session: Session, given?: Record<string, string>): StackConfig {
  return loadConfig(session.project, session.stack, session.secrets, session.passphrase, given);
}
