import { setTimeout as delay } from "node:timers/promises";

import type { StackConfig } from "../config";
import { deleteLeftovers } from "../steps/deletions";
import type { Deployment } from "../deployment";
import type { Events } from "../events";
import type { Session } from "../session";
import { startProgram, type Source } from "./source";
import { Stopped } from "../steps/step-executor";
import type { PropertyMap } from "../values/values";

interface ProgramSetting {
  readonly session: Session;
  readonly config: StackConfig;
  readonly deployment: Deployment;
  readonly parallel: number;
  readonly events: Events;
}

interface Latch {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function latch(): Latch {
  let open: (() => void) | undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, resolve: () => open?.() };
}

/** How long a program that is told of the end may take to leave before it is made to. */
const GRACE_MS = 3_000;

export interface ProgramRun {
  /** Runs the program, then deletes what it no longer wants. @throws Stopped */
  run(address: string): Promise<void>;
  /** For the program: it has registered everything. Resolves when it may end. */
  finished(): Promise<void>;
  /** Lets the program end. */
  release(): void;
  setStackOutputs(urn: string, outputs: PropertyMap): void;
}

/**
 * The program's part of an update. It lives on until everything is done: functions of it may be
 * called until then.
 */
export function runProgram({ session, config, deployment, parallel, events }: ProgramSetting): ProgramRun {
  const registered = latch();
  const released = latch();
  let stack: { urn: string; outputs: PropertyMap } | undefined;
  let source: Source | undefined;
  const { executor } = deployment;

  async function settle(address: string): Promise<void> {
    source = startProgram({
      project: session.project,
      stack: session.stack,
      dryRun: deployment.dryRun,
      parallel,
      config,
      env: session.env,
      events,
      address,
    });
    const ended = await Promise.race([registered.promise, source.exited, executor.halted]);
    if (ended !== undefined && !executor.stopped) {
      if (ended !== "") events.say("error", ended);
      deployment.errored = deployment.told = true;
    }
    // A program that failed may have left wishes unsaid: nothing is deleted on its word.
    if (executor.stopped || ended !== undefined) return;
    await deleteLeftovers(deployment);
  }

  return {
    async run(address) {
      try {
        await settle(address);
        if (executor.stopped) throw new Stopped();
      } finally {
        await executor.idle();
        await recordStackOutputs(deployment, stack);
        released.resolve();
        await leave(source);
      }
      const complete = !deployment.errored && !executor.failed;
      if (complete && (await deployment.policies.checkStack([...executor.news.values()]))) deployment.errored = true;
    },
    finished() {
      registered.resolve();
      return released.promise;
    },
    release: () => released.resolve(),
    setStackOutputs(urn, outputs) {
      stack = { urn, outputs };
    },
  };
}

async function leave(source: Source | undefined): Promise<void> {
  if (!source) return;
  // The timer must not keep a finished command waiting.
  const gone = await Promise.race([source.exited.then(() => true), delay(GRACE_MS, false, { ref: false })]);
  if (!gone) source.kill();
  await source.exited;
}

/** After a failure an output that is not there may just not have been reached: the old one stays. */
async function recordStackOutputs(
  { executor, olds, events, snapshot, errored }: Deployment,
  stack: { urn: string; outputs: PropertyMap } | undefined,
): Promise<void> {
  const step = executor.made.get(stack?.urn ?? "");
  if (!stack || !step?.new) return;
  const failed = errored || executor.failed || executor.stopped;
  step.new.outputs = failed ? { ...olds.get(stack.urn)?.outputs, ...stack.outputs } : stack.outputs;
  events.outputs(step);
  await snapshot.outputs(step.new);
}
