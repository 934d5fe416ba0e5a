import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

import { EngineError } from "../error";
import type { PropertyMap } from "../values/values";

/** A checkpoint as `pulumi stack export` writes it. */
export interface Checkpoint {
  readonly version: number;
  readonly deployment: Deployment;
}

export interface Deployment {
  readonly manifest?: PropertyMap;
  readonly secrets_providers?: { readonly type: string; readonly state?: { readonly salt?: string } };
  readonly resources?: readonly PropertyMap[];
  readonly pending_operations?: readonly StoredOperation[];
  readonly metadata?: PropertyMap;
}

export interface StoredOperation {
  readonly type: string;
  readonly resource: PropertyMap;
}

/** Where one stack's files are. */
export interface StatePaths {
  readonly checkpoint: string;
  readonly backup: string;
  readonly journal: string;
  readonly lock: string;
  /** What is only kept to be faster; any run may do without it. */
  readonly cache: string;
}

export function statePaths(projectDir: string, project: string, stack: string, stateDir?: string): StatePaths {
  const root = resolve(stateDir ?? join(projectDir, ".marketplace"));
  const folder = join(root, "stacks", project);
  const checkpoint = join(folder, `${stack}.json`);
  return {
    checkpoint,
    backup: `${checkpoint}.bak`,
    journal: `${checkpoint}.journal`,
    lock: join(folder, `${stack}.lock`),
    cache: join(root, "cache"),
  };
}

/**
 * The checkpoint and a digest of its text, by which a journal knows that it belongs to it.
 * @throws EngineError when the file is not a checkpoint this engine can read
 */
export function readCheckpoint(file: string): { checkpoint: Checkpoint; digest: string } {
  if (!existsSync(file)) return { checkpoint: { version: 3, deployment: {} }, digest: "" };
  const text = readFileSync(file, "utf8");
  return { checkpoint: parseCheckpoint(text, file), digest: digestOf(text) };
}

export function parseCheckpoint(text: string, source: string): Checkpoint {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new EngineError(
      `${source} is not JSON. Put back the copy beside it that ends in .bak, or import a good export.`,
    );
  }
  const checkpoint = parsed as Partial<Checkpoint>;
  if (checkpoint.version !== 3 || typeof checkpoint.deployment !== "object" || checkpoint.deployment === null) {
    throw new EngineError(
      `${source} is not a version 3 deployment. Write one with \`pulumi stack export\` of a current Pulumi CLI.`,
    );
  }
  return checkpoint as Checkpoint;
}

/** Replaces the checkpoint in one stroke, keeping the one before as `.bak`. On the disk when it returns. */
export function writeCheckpoint(paths: StatePaths, checkpoint: Checkpoint): string {
  mkdirSync(dirname(paths.checkpoint), { recursive: true });
  const text = `${JSON.stringify(checkpoint, null, 1)}\n`;
  const fresh = `${paths.checkpoint}.new`;
  const handle = openSync(fresh, "w", 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (existsSync(paths.checkpoint)) copyFileSync(paths.checkpoint, paths.backup);
  renameSync(fresh, paths.checkpoint);
  syncFolder(dirname(paths.checkpoint));
  return digestOf(text);
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the rename is all there is.
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
