import { changeDetailLines } from "../display/change-details";
import { Deployment } from "../display/deployment";
import { diagnosticLines } from "../display/diagnostics";
import { liveProgress } from "../display/live-progress";
import { isChange } from "../display/operations";
import { summaryLines } from "../display/summary";
import { treeLines } from "../display/tree";
import { embeddedEngine } from "../engines/embedded";
import type { DeployRequest, Operation } from "../engines/engine";
import type { Host } from "../terminal/host";
import { UserError } from "../user-error";

/** Everything about a deployment that stays the same through a tour. */
export type TourStack = Pick<DeployRequest, "projectDir" | "project" | "stack" | "stateDir" | "env" | "signal">;

/** Runs one operation on the embedded engine and shows it, shorter than the command would. */
export async function runStep(
  host: Host,
  stack: TourStack,
  operation: Operation,
  config: Readonly<Record<string, string>>,
): Promise<Deployment> {
  const planning = operation === "preview";
  const deployment = new Deployment(host.now);
  const progress = liveProgress(host, deployment, planning, planning ? "Previewing" : "Updating");
  const { result, durationSeconds } = await embeddedEngine
    .deploy({
      ...stack,
      operation,
      config,
      onEvent(event) {
        const happening = deployment.accept(event);
        if (happening !== undefined) progress.show(happening);
      },
    })
    .finally(() => progress.end());
  const failed = result !== "succeeded";
  const serious = deployment.diagnostics.filter(
    ({ severity }) => severity === "error" || (failed && severity === "warning"),
  );
  const tally = {
    changes: deployment.summary?.resourceChanges ?? {},
    errored: deployment.steps.filter((step) => step.failed).length,
    planning,
    durationSeconds: deployment.summary?.durationSeconds ?? durationSeconds,
  };
  const sections = [
    planning ? treeLines(deployment.steps, planning, host.colors) : [],
    planning ? changeDetailLines(deployment.steps, host.colors) : [],
    diagnosticLines(serious, host.colors),
    summaryLines(tally, host.colors).filter((line) => line !== ""),
  ].filter((lines) => lines.length > 0);
  const spoken = !planning && deployment.steps.some(({ op, failed: broken }) => broken || isChange(op));
  for (const [i, lines] of sections.entries()) {
    if (i > 0 || spoken) host.line();
    for (const line of lines) host.line(line);
  }
  if (failed)
    throw new UserError(`The tour stopped: the ${operation} ${result === "failed" ? "failed" : "was interrupted"}.`);
  return deployment;
}
