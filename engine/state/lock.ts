import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";

import { EngineError } from "../error";

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/**
 * Takes the stack for this process, so that two runs never change it at once. The lock of a process
 * that died on this machine is taken over.
 * @returns how to let go, and whose lock was taken over, if anyone's
 * @throws EngineError while another process holds it
 */
export function takeLock(file: string, stack: string): { release: () => void; takenOver?: string } {
  mkdirSync(dirname(file), { recursive: true });
  const release = () => rmSync(file, { force: true });
  if (claim(file)) return { release };
  const owner = readOwner(file);
  if (owner && owner.host === hostname() && !isAlive(owner.pid)) {
    moveAside(file, owner);
    if (claim(file)) {
      return { release, takenOver: `process ${owner.pid}, which began at ${owner.since} and is gone` };
    }
  }
  const holder = owner ? `process ${owner.pid} on ${owner.host} since ${owner.since}` : "another process";
  throw new EngineError(
    `Stack ${stack} is in use by ${holder}. Wait until it is done; if it is not running any more, delete ${file}.`,
  );
}

function claim(file: string): boolean {
  const owner: Owner = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    writeFileSync(file, JSON.stringify(owner), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Two who see the same dead owner must not both win: only one can move this very file away. */
function moveAside(file: string, dead: Owner): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readOwner(aside);
  if (moved && (moved.pid !== dead.pid || moved.since !== dead.since)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
