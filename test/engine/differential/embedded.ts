import type { EngineEvent } from "@pulumi/pulumi/automation";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { exportState, run } from "../../../engine/index";
import { Cloud, passphrase, phasesOf, projectDir, scratch, urnOf, type Phase } from "./case";
import { recordOf, type Deployment, type PhaseRecord } from "./record";
import { outOfOrder } from "./order";

export const CASE_STACK = "dev";

/** Shared by all runs: each has a state folder of its own, where the engine would start with an empty one. */
const compileCache = join(__dirname, "../../../node_modules/.cache/node-compile");

export interface EmbeddedPhase {
  readonly record: PhaseRecord;
  /** Steps that ran before something they depend on. */
  readonly outOfOrder: readonly string[];
}

/** Runs every phase of a case on the embedded engine. */
export async function runEmbedded(name: string): Promise<EmbeddedPhase[]> {
  const stateDir = scratch("embedded-state-");
  const cloud = new Cloud();
  try {
    const phases: EmbeddedPhase[] = [];
    for (const phase of phasesOf(name)) phases.push(await runPhase(name, phase, cloud, stateDir));
    return phases;
  } finally {
    cloud.remove();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function runPhase(name: string, phase: Phase, cloud: Cloud, stateDir: string): Promise<EmbeddedPhase> {
  cloud.apply(phase.drift);
  const events: EngineEvent[] = [];
  const location = { projectDir, stack: CASE_STACK, stateDir, passphrase };
  const before = await deploymentOf(location);
  const { result } = await run({
    ...location,
    operation: phase.operation,
    parallel: phase.parallel ?? 1,
    refresh: phase.refresh ?? false,
    target: phase.target?.map((thing) => urnOf(CASE_STACK, thing)),
    env: { ...cloud.environment(name, phase), NODE_COMPILE_CACHE: compileCache },
    onEvent: (event) => events.push(event),
  });
  const after = await deploymentOf(location);
  return {
    record: recordOf(phase.operation, events, after, cloud.list(), result === "succeeded"),
    outOfOrder: outOfOrder(events, before, after),
  };
}

async function deploymentOf(location: Parameters<typeof exportState>[0]): Promise<Deployment> {
  const { deployment } = (await exportState({ ...location, showSecrets: true })) as { deployment: Deployment };
  return deployment;
}
