import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { Deployment } from "../../../automation/display/deployment";

/** Events as the Pulumi CLI 3.270 streamed them, for a small program of two things in a group and one beside it. */
export function recordedEvents(name: string): EngineEvent[] {
  const lines = readFileSync(join(__dirname, "recordings", `${name}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as EngineEvent);
}

export function recordedDeployment(name: string): Deployment {
  const deployment = new Deployment(() => 0);
  for (const event of recordedEvents(name)) deployment.accept(event);
  return deployment;
}
