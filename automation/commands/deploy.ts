import { Deployment } from "../display/deployment";
import { deploymentLines } from "../display/deployment-lines";
import { liveProgress } from "../display/live-progress";
import { reportOf } from "../display/report";
import { resourceName } from "../display/resource-name";
import { type ChosenEngine, chooseEngine, type EngineChoice } from "../engines/choose-engine";
import type { Engine, Operation, StackPlace } from "../engines/engine";
import { chooseStack } from "../project/choose-stack";
import { findProject } from "../project/project";
import { readSetting } from "../project/stack-settings";
import type { Host } from "../terminal/host";
import { listenForInterruption } from "../terminal/interruption";
import { type ExitCode, exitCodes, UserError } from "../user-error";
import { destroyPlanLines } from "./destroy-plan";
import { rootWarning } from "./root-warning";

/** The switches that preview, up, refresh and destroy share. */
export interface DeployOptions {
  readonly cwd?: string;
  readonly stack?: string;
  readonly engine: EngineChoice;
  /** An embedded marketplace or another AWS endpoint, as AWS_ENDPOINT_URL for the program and the providers. */
  readonly endpoint?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly diff?: boolean;
  readonly skipPreview?: boolean;
  readonly target?: readonly string[];
  readonly replace?: readonly string[];
  readonly refresh?: boolean;
  readonly policyPack?: readonly string[];
  readonly parallel?: number;
}

const headings: Readonly<Record<Operation, { readonly verb: string; readonly question: string }>> = {
  preview: { verb: "Previewing update", question: "" },
  up: { verb: "Updating", question: "Do you want to perform this update?" },
  refresh: { verb: "Refreshing", question: "Do you want to perform this refresh? It changes the state only." },
  destroy: { verb: "Destroying", question: "Do you want to perform this destroy?" },
};

/** Runs one of the four operations on a project's stack and shows it. Returns the exit code. */
export async function deploy(operation: Operation, options: DeployOptions, host: Host): Promise<ExitCode> {
  refuseUnattended(operation, options, host);
  const project = findProject(options.cwd ?? ".");
  const chosen = await chooseEngine(options.engine, process.env, project.backend);
  const place = await chooseStack(chosen.engine, project, options.stack);
  if (operation === "preview" || operation === "up") await warnOfRoot(place, options, host);
  return deployWith(chosen, place, operation, options, host);
}

/** Says so when the keys are those of an account's root. A stack that assumes a role does not work as root. */
async function warnOfRoot({ projectDir, stack }: StackPlace, { endpoint }: DeployOptions, host: Host): Promise<void> {
  const setting = (name: string) => readSetting(projectDir, stack, `marketplace:${name}`);
  if (setting("roleArn") !== undefined) return;
  const connection = { endpoint: setting("endpoint") ?? endpoint, profile: setting("profile") };
  const warning = await rootWarning(connection);
  if (warning !== undefined) host.note(host.colors.yellow(warning));
}

/** The same once engine and stack are known. */
export async function deployWith(
  { engine, because }: ChosenEngine,
  place: StackPlace,
  operation: Operation,
  options: DeployOptions,
  host: Host,
): Promise<ExitCode> {
  const run: Run = { engine, place, options, host };
  if (options.json === true) return perform(run, operation);

  host.line(host.colors.dim(`Engine: ${engine.name} (${because}).`));
  const planned = operation === "up" && options.skipPreview !== true;
  if (planned) {
    const code = await perform(run, "preview");
    if (code !== exitCodes.ok) return code;
  }
  if (operation === "destroy" && options.yes !== true) {
    for (const line of await destroyPlanLines(engine, place, options.target ?? [], host.colors)) host.line(line);
  }
  if (operation !== "preview" && options.yes !== true && !(await agreed(host, headings[operation].question))) {
    host.line("Nothing was changed.");
    return exitCodes.ok;
  }
  return perform(run, operation, planned);
}

function refuseUnattended(operation: Operation, options: DeployOptions, host: Host): void {
  if (operation === "preview" || options.yes === true || (host.interactive && options.json !== true)) return;
  const where = options.json === true ? "With --json" : "Without a terminal";
  throw new UserError(
    `${where} nobody can confirm: pass --yes to ${operation}, or run preview first.`,
    exitCodes.usage,
  );
}

async function agreed(host: Host, question: string): Promise<boolean> {
  const answer = await host.ask(`${host.colors.bold(question)} ${host.colors.dim("[yes/no]")} `);
  return ["y", "yes"].includes(answer.trim().toLowerCase());
}

interface Run {
  readonly engine: Engine;
  readonly place: StackPlace;
  readonly options: DeployOptions;
  readonly host: Host;
}

/** One pass of the engine, shown from its events. */
async function perform(run: Run, operation: Operation, planned = false): Promise<ExitCode> {
  const { engine, place, options, host } = run;
  const planning = operation === "preview";
  const quiet = options.json === true;
  const deployment = new Deployment(host.now);
  const { verb } = headings[operation];
  if (!quiet) host.line(`${host.colors.bold(`${verb} (${place.stack})`)}\n`);
  const progress = quiet ? undefined : liveProgress(host, deployment, planning, verb);
  const interruption = listenForInterruption(() => host.note(inFlightText(deployment)));
  let spoken = false;
  const result = await engine
    .deploy({
      ...place,
      operation,
      ...(options.endpoint !== undefined && { env: { AWS_ENDPOINT_URL: options.endpoint } }),
      parallel: options.parallel,
      targets: options.target,
      replacements: options.replace,
      refreshFirst: options.refresh,
      policyPacks: options.policyPack,
      signal: interruption.signal,
      onEvent(event) {
        const happening = deployment.accept(event);
        if (happening !== undefined) progress?.show(happening);
      },
    })
    .finally(() => {
      interruption.end();
      spoken = progress?.end() ?? false;
    });
  if (result.reason !== undefined) deployment.diagnostics.push({ severity: "error", message: result.reason });
  if (quiet) {
    const { result: outcome, durationSeconds } = result;
    const about = { operation, stack: place.stack, engine: engine.name, result: outcome, durationSeconds };
    host.line(JSON.stringify(reportOf(deployment, about), undefined, 2));
  } else {
    const showing = { planning, planned, full: options.diff, durationSeconds: result.durationSeconds };
    if (spoken) host.line();
    for (const line of deploymentLines(deployment, showing, host.colors)) host.line(line);
  }
  if (result.result === "cancelled" || interruption.signal.aborted) return exitCodes.interrupted;
  return result.result === "succeeded" ? exitCodes.ok : exitCodes.failed;
}

function inFlightText(deployment: Deployment): string {
  const flying = deployment.inFlight.map(
    ({ op, urn }) => `${op} of ${resourceName(urn).type} ${resourceName(urn).name}`,
  );
  const what = flying.length === 0 ? "nothing is in flight" : `waiting for what is in flight: ${flying.join(", ")}`;
  return `Stopping: nothing new is started, ${what}. Press Ctrl-C again to leave at once.`;
}
