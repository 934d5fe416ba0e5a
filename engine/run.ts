import type { StackConfig } from "./config";
import { DefaultProviders } from "./plugins/default-providers";
import { deleteLeftovers } from "./steps/deletions";
import { Deployment } from "./deployment";
import { engineService } from "./program/engine-service";
import { EngineError } from "./error";
import { Events } from "./events";
import type { Goal } from "./program/goal";
import { messageOf } from "./plugins/grpc";
import { Journal } from "./state/journal";
import { takeLock } from "./state/lock";
import { Monitor } from "./program/monitor";
import type { RunOptions, RunResult, StackOutput } from "./options";
import { pluginsLeft } from "./plugins/plugin-process";
import { startProvider, type PluginSetting } from "./plugins/plugins";
import { startPolicyPacks } from "./analyzers/policy-packs";
import { runProgram } from "./program/program-run";
import { ProviderHost } from "./plugins/provider-host";
import { refreshAll } from "./steps/refresh";
import { serve } from "./program/server";
import { openSession, sessionConfig, settleJournal, type Session } from "./session";
import { Snapshot } from "./state/snapshot";
import { readStack } from "./state/stack-reader";
import { stackOutputs } from "./state/stack-outputs";
import { writeCheckpoint } from "./state/state-file";
import { StepExecutor, Stopped } from "./steps/step-executor";
import { Told } from "./steps/registration";
import { StepGenerator } from "./steps/step-generator";
import { Targets } from "./steps/targets";
import { hasSecrets } from "./values/values";

/** The provider resource of Node's dynamic providers, which take a while to load. */
const DYNAMIC = "pulumi:providers:pulumi-nodejs";

type Phase = "refresh" | "update" | "destroy";

/**
 * Runs one operation on one stack, to its end, whatever that is.
 * @returns how it went; failures of resources or of the program are part of that
 * @throws EngineError when it could not even begin: no project, a stack in use, a wrong passphrase
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const began = Date.now();
  const writes = options.operation !== "preview";
  let release: (() => void) | undefined;
  try {
    const session = openSession(options, { ...process.env, ...options.env }, (paths) => {
      if (!writes) return undefined;
      const lock = takeLock(paths.lock, options.stack);
      release = lock.release;
      return lock.takenOver;
    });
    if (writes) await settleJournal(session);
    const config = sessionConfig(session, options.config);
    const events = new Events(options.onEvent, !writes);
    events.prelude(shownConfig(config));
    for (const note of session.notes) events.say("warning", note);
    const ended = await runPhases(options, session, config, events);
    const durationSeconds = (Date.now() - began) / 1000;
    events.summary(durationSeconds);
    return { ...ended, changes: events.changes, durationSeconds };
  } finally {
    release?.();
  }
}

function shownConfig({ values, secretKeys }: StackConfig): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, secretKeys.includes(key) ? "[secret]" : value]),
  );
}

type Ended = Pick<RunResult, "result" | "outputs">;

async function runPhases(options: RunOptions, session: Session, config: StackConfig, events: Events): Promise<Ended> {
  const main: Phase = options.operation === "preview" || options.operation === "up" ? "update" : options.operation;
  if (options.refresh && main !== "refresh") {
    const looked = await runPhase("refresh", options, session, config, events, false);
    if (looked.result !== "succeeded") return looked;
  }
  return runPhase(main, options, session, config, events, main === "refresh");
}

async function runPhase(
  phase: Phase,
  options: RunOptions,
  session: Session,
  config: StackConfig,
  events: Events,
  counted: boolean,
): Promise<Ended> {
  const dryRun = options.operation === "preview";
  const parallel = options.parallel ?? 16;
  const journal = dryRun || phase === "refresh" ? undefined : new Journal(session.paths.journal);
  await journal?.append({ kind: "base", checkpoint: session.digest });
  const snapshot = new Snapshot(session.checkpoint, session.secrets, journal);
  const executor = new StepExecutor(
    {
      dryRun,
      parallel,
      refreshing: phase === "refresh" && counted,
      continueOnError: options.continueOnError ?? phase === "refresh",
    },
    snapshot,
    events,
  );
  let address = "";
  const plugins: PluginSetting = {
    project: session.project,
    stack: session.stack,
    dryRun,
    config,
    env: session.env,
    events,
    engineAddress: () => address,
    readStack: (name) => readStack(session, options, name),
    findResource: (urn) => executor.news.get(urn) ?? executor.reads.get(urn),
  };
  const host = new ProviderHost((pkg) => startProvider(plugins, pkg));
  const deployment = new Deployment(
    {
      project: session.project.name,
      stack: session.stack,
      dryRun,
      continueOnError: options.continueOnError ?? false,
      targets: new Targets(options.target),
      replaceTargets: new Targets(options.replace),
    },
    snapshot,
    events,
    host,
    executor,
  );
  const generator = new StepGenerator(deployment);
  const program = runProgram({ session, config, deployment, parallel, events });
  const monitor = new Monitor({
    run: deployment,
    generator,
    defaults: new DefaultProviders(generator, config),
    config,
    root: session.project.root,
    parallel,
    finished: program.finished,
    setStackOutputs: program.setStackOutputs,
    requirePassphrase: (goal) => requirePassphrase(session, goal),
  });
  const server = await serve(monitor.service(), engineService(events));
  address = server.address;
  const unhook = onAbort(options.signal, deployment);
  let outputs: Record<string, StackOutput> = {};
  try {
    if (phase !== "refresh" && !dryRun) warnOfPending(deployment);
    if (phase === "update" && options.policyPacks?.length) {
      deployment.policies = await startPolicyPacks(plugins, options.policyPacks);
    }
    if (phase === "update" && snapshot.base.some(({ type }) => type === DYNAMIC)) host.warm("pulumi-nodejs");
    if (phase !== "update") refuseUnknownTargets(deployment);
    if (phase === "update") {
      await program.run(address);
      refuseUnknownTargets(deployment);
    } else if (phase === "destroy") await deleteLeftovers(deployment);
    else await refreshAll(deployment);
  } catch (error) {
    // Whoever stopped the run has said why; it may have been the user.
    if (!(error instanceof Stopped)) deployment.errored = deployment.told = true;
    if (!(error instanceof Stopped || error instanceof Told)) events.say("error", messageOf(error));
    executor.stop();
  } finally {
    unhook();
    await executor.idle();
    program.release();
    outputs = stackOutputs(dryRun && phase === "update" ? executor.news.values() : snapshot.states());
    await save(session, options, snapshot, phase, dryRun, journal);
    host.close();
    deployment.policies.close();
    monitor.close();
    server.close();
    await pluginsLeft();
  }
  const failed = executor.failed || deployment.errored;
  if (failed && !deployment.told) events.say("error", `${dryRun ? "preview" : "update"} failed`);
  if (!failed && options.signal?.aborted) {
    events.cancelled();
    return { result: "cancelled", outputs };
  }
  return { result: failed ? "failed" : "succeeded", outputs };
}

/** Everything the run came to know, in one checkpoint; previews keep it to themselves. */
async function save(
  session: Session,
  options: RunOptions,
  snapshot: Snapshot,
  phase: Phase,
  dryRun: boolean,
  journal: Journal | undefined,
): Promise<void> {
  if (dryRun && phase !== "refresh") return;
  if (phase === "refresh" && options.clearPendingCreates) snapshot.rebase([...snapshot.base], () => true);
  session.checkpoint = snapshot.checkpoint(session.checkpoint);
  if (dryRun) return;
  session.digest = writeCheckpoint(session.paths, session.checkpoint);
  await journal?.discard();
}

/** First abort: nothing new begins, and the user hears what is still under way. */
function onAbort(signal: AbortSignal | undefined, { executor, events }: Deployment): () => void {
  const abort = () => {
    const steps = executor.underWay().filter((step) => step.pending);
    executor.stop();
    const list = steps.map((step) => `  * ${step.pending} ${step.urn}`).join("\n");
    const what =
      steps.length > 0 ? `These are still in flight and will be waited for:\n${list}` : "Nothing is in flight.";
    events.say("warning", `Cancelling: nothing new is started. ${what}`);
  };
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  return () => signal?.removeEventListener("abort", abort);
}

/** A target that is neither in the state nor in the program is a slip of the pen. */
function refuseUnknownTargets(deployment: Deployment): void {
  const known = new Set([...deployment.snapshot.base.map(({ urn }) => urn), ...deployment.urns]);
  for (const target of deployment.options.targets.unknown(known)) {
    deployment.complain(`Target '${target}' could not be found in the stack.`, "");
  }
}

function warnOfPending({ snapshot, events }: Deployment): void {
  const { pendingBefore } = snapshot;
  if (pendingBefore.length === 0) return;
  const list = pendingBefore.map(({ type, resource }) => `  * ${resource.urn}, interrupted while ${type}`).join("\n");
  events.say(
    "warning",
    `An earlier run was cut short with ${pendingBefore.length} operation(s) under way:\n${list}\nThese resources may or may not exist. Look for them at the provider; a refresh reads those that the state knows. A creation that did happen can be adopted with the import option; the refresh that clears pending creations forgets the rest.`,
  );
}

/** Before anything is made: a secret that cannot be protected must not be found out about afterwards. */
function requirePassphrase(session: Session, goal: Goal): void {
  if (session.secrets.available) return;
  if (goal.additionalSecretOutputs.length === 0 && !hasSecrets(goal.inputs)) return;
  throw new EngineError(
    `${goal.type} ${goal.name} has secrets, and there is no passphrase to protect them with. Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.`,
  );
}
