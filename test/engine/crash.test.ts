import * as fc from "fast-check";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { exportState, run, type RunOptions } from "../../engine/index";

const projectDir = join(__dirname, "fixtures", "crash");
const engine = join(__dirname, "..", "..", "dist", "engine", "index.js");

interface Attempt {
  readonly cloud: string;
  readonly stateDir: string;
}

/** Runs `up` in a process of its own and kills that when so many resources exist. */
async function killDuringUp(
  { cloud, stateDir }: Attempt,
  after: number,
  pause: number,
  env: Record<string, string> = {},
): Promise<void> {
  // Numbers of processes are used again: only this attempt's count.
  rmSync(join(cloud, "pids"), { recursive: true, force: true });
  const script = `require(${JSON.stringify(engine)}).run(${JSON.stringify({ operation: "up", projectDir, stack: "dev", stateDir, parallel: 4 })})`;
  const child = spawn(process.execPath, ["-e", script], {
    env: { ...process.env, CLOUD: cloud, ...env },
    stdio: "ignore",
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  while (made(cloud).length < after && child.exitCode === null) await delay(2);
  await delay(pause);
  child.kill("SIGKILL");
  await gone;
  // What the plugins still do after their engine's death is over within moments.
  for (let i = 0; i < 1000 && livePlugins(cloud).length > 0; i++) await delay(10);
}

function made(cloud: string): string[] {
  return readdirSync(cloud).filter((name) => name.startsWith("made-"));
}

function livePlugins(cloud: string): string[] {
  const pids = join(cloud, "pids");
  return existsSync(pids) ? readdirSync(pids).filter((pid) => isAlive(Number(pid))) : [];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test(
  "killed at any moment, the engine loses no resource and leaves no plugin behind",
  { timeout: 240_000 },
  async () => {
    const moments = fc.record({ after: fc.integer({ min: 1, max: 16 }), pause: fc.integer({ min: 0, max: 25 }) });
    await fc.assert(
      fc.asyncProperty(moments, async ({ after, pause }) => {
        const attempt = {
          cloud: mkdtempSync(join(tmpdir(), "cloud-")),
          stateDir: mkdtempSync(join(tmpdir(), "state-")),
        };
        try {
          await killDuringUp(attempt, after, pause);
          expect(livePlugins(attempt.cloud)).toEqual([]);
          const location = { projectDir, stack: "dev", stateDir: attempt.stateDir };
          const { deployment } = await exportState(location);
          const known = new Set(deployment.resources?.map(({ id }) => id));
          const unknown = made(attempt.cloud).filter((id) => !known.has(id));
          const pending = deployment.pending_operations ?? [];
          // Every resource that the state does not know is one of those that were being created.
          expect(unknown.length).toBeLessThanOrEqual(pending.filter(({ type }) => type === "creating").length);

          const said: string[] = [];
          const again = await run({
            ...location,
            operation: "up",
            env: { CLOUD: attempt.cloud },
            onEvent: ({ diagnosticEvent }) => said.push(diagnosticEvent?.message ?? ""),
          });
          expect(again.result).toBe("succeeded");
          for (const { resource } of pending)
            expect(said.join()).toContain(`${String(resource["urn"])}, interrupted while`);
          const after2 = (await exportState(location)).deployment;
          expect(after2.pending_operations ?? []).toHaveLength(pending.length);
          expect(made(attempt.cloud)).toHaveLength(unknown.length + 16);
        } finally {
          rmSync(attempt.cloud, { recursive: true, force: true });
          rmSync(attempt.stateDir, { recursive: true, force: true, maxRetries: 5 });
        }
      }),
      { numRuns: 3 },
    );
  },
);

const KILLS = 20;

test(
  "killed twenty times in a row, also while it recovers, it still knows all that exists",
  { timeout: 240_000 },
  async () => {
    const attempt = { cloud: mkdtempSync(join(tmpdir(), "cloud-")), stateDir: mkdtempSync(join(tmpdir(), "state-")) };
    const location = { projectDir, stack: "dev", stateDir: attempt.stateDir };
    // Whoever is killed saves no compiled code, so it is taken from where finished runs left it.
    const NODE_COMPILE_CACHE = join(__dirname, "../../node_modules/.cache/node-compile");
    const env = { CLOUD: attempt.cloud, LENGTH: "16", NODE_COMPILE_CACHE };
    const moments = fc.sample(fc.record({ more: fc.nat(3), pause: fc.nat(40) }), { seed: 20_260_302, numRuns: KILLS });
    try {
      for (const { more, pause } of moments) {
        await killDuringUp(attempt, made(attempt.cloud).length + more, pause, env);
        expect(livePlugins(attempt.cloud)).toEqual([]);
        const { deployment } = await exportState(location);
        const known = new Set(deployment.resources?.map(({ id }) => id));
        const creating = (deployment.pending_operations ?? []).filter(({ type }) => type === "creating");
        const unknown = made(attempt.cloud).filter((id) => !known.has(id));
        expect(unknown.length).toBeLessThanOrEqual(creating.length);
      }
      const pending = (await exportState(location)).deployment.pending_operations ?? [];
      const said: string[] = [];
      const onEvent: RunOptions["onEvent"] = ({ diagnosticEvent }) => said.push(diagnosticEvent?.message ?? "");
      const ended = await run({ ...location, operation: "up", env, onEvent });
      expect(ended.result).toBe("succeeded");
      for (const { resource } of pending)
        expect(said.join()).toContain(`${String(resource["urn"])}, interrupted while`);
      const things = (await exportState(location)).deployment.resources?.filter(({ id }) =>
        String(id).startsWith("made-"),
      );
      expect(things).toHaveLength(64);

      const refreshed = await run({ ...location, operation: "refresh", env, clearPendingCreates: true });
      expect(refreshed.result).toBe("succeeded");
      expect((await exportState(location)).deployment.pending_operations ?? []).toEqual([]);
      expect(readdirSync(join(attempt.stateDir, "stacks", "crash")).filter((file) => file.endsWith(".lock"))).toEqual(
        [],
      );
    } finally {
      rmSync(attempt.cloud, { recursive: true, force: true });
      rmSync(attempt.stateDir, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);
