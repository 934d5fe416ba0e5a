import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { onTestFinished } from "vitest";
import { run, type RunOptions, type RunResult } from "../../engine/index";

export const small = join(__dirname, "fixtures", "small");

/** A folder that is gone when the test is over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export interface Told {
  readonly result: RunResult;
  readonly events: EngineEvent[];
  /** Every diagnostic, severity first. */
  readonly said: string[];
}

/** Runs one of the small programs. */
export async function runSmall(program: string, options: Partial<RunOptions> & { stateDir: string }): Promise<Told> {
  const events: EngineEvent[] = [];
  const result = await run({
    operation: "up",
    projectDir: small,
    stack: "dev",
    ...options,
    env: { PROGRAM: program, ...options.env },
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
  });
  const said = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent ? [`${diagnosticEvent.severity}: ${diagnosticEvent.message.trim()}`] : [],
  );
  return { result, events, said };
}
