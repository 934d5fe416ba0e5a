import type { EngineEvent } from "@pulumi/pulumi/automation";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { exportState, run } from "../../../engine/index";
import { caseOf, Cloud, passphrase, scratch, urnOf, type Case, type Phase } from "./case";
import { recordOf, type Deployment, type PhaseRecord } from "./record";
import { outOfOrder } from "./order";

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
    const tried = caseOf(name);
    const phases: EmbeddedPhase[] = [];
    for (const phase of tried.phases) phases.push(await runPhase(tried, phase, cloud, stateDir));
    return phases;
  } finally {
    cloud.remove();
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runPhase(tried: Case, phase: Phase, cloud: Cloud, stateDir: string): Promise<EmbeddedPhase> {
  cloud.apply(phase.drift);
  const events: EngineEvent[] = [];
  const stack = phase.stack ?? tried.stack;
  const location = { projectDir: tried.projectDir, stack, stateDir, passphrase };
  const before = await deploymentOf(location);
  const { result } = await run({
    ...location,
    operation: phase.operation,
    parallel: phase.parallel ?? 1,
    refresh: phase.refresh ?? false,
    target: phase.target?.map((thing) => urnOf(stack, thing)),
    replace: phase.replace?.map((thing) => urnOf(stack, thing)),
    env: { ...cloud.environment(tried.name, phase), NODE_COMPILE_CACHE: compileCache },
    onEvent: (event) => events.push(event),
  });
  const after = await deploymentOf(location);
  return {
    record: recordOf(phase, events, after, cloud.list(), result === "succeeded"),
    outOfOrder: outOfOrder(events, before, after),
  };
}

async function deploymentOf(location: Parameters<typeof exportState>[0]): Promise<Deployment> {
  const { deployment } = (await exportState({ ...location, showSecrets: true })) as { deployment: Deployment };
  return deployment;
}
