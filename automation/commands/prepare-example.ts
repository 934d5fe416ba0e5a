import { chooseEngine } from "../engines/choose-engine";
import { chooseStack } from "../project/choose-stack";
import { findProject } from "../project/project";
import type { Host } from "../terminal/host";
import { type ExitCode, exitCodes, UserError } from "../user-error";
import type { StackOptions } from "./stack";

export interface PrepareOptions extends StackOptions {
  readonly endpoint?: string;
}

/** Makes what the example's configuration asks for, and writes the names into that configuration. */
export async function prepareExample(options: PrepareOptions, host: Host): Promise<ExitCode> {
  const endpoint = options.endpoint ?? process.env["AWS_ENDPOINT_URL"];
  if (endpoint === undefined) {
    throw new UserError(
      "This makes an empty image to try things with, so it works on an embedded marketplace only. " +
        "Start one with marketplace backend start and paste the lines it prints, or pass --endpoint.",
      exitCodes.usage,
    );
  }
  const project = findProject(options.cwd ?? ".");
  const { engine } = await chooseEngine(options.engine, process.env, project.backend);
  const place = await chooseStack(engine, project, options.stack);
  if (!project.settings.some(isBuilt)) {
    host.line(`${project.name} needs nothing made for it. Next: marketplace preview`);
    return exitCodes.ok;
  }
  const { prepareSeller } = await import("../tour/prepare.js");
  const results = await prepareSeller({ endpoint, region: "us-east-1" });
  for (const [key, value] of Object.entries(results)) {
    if (!project.settings.includes(key)) continue;
    await engine.setConfig(place, `${project.name}:${key}`, value, false);
    host.line(`${key.padEnd(17)} ${value}`);
  }
  host.line(`Written to the configuration of ${project.name} (${place.stack}). Next: marketplace preview`);
  return exitCodes.ok;
}

/** What a seller's build leaves behind, by the names that examples use. */
function isBuilt(setting: string): boolean {
  return ["amiId", "ingestionRoleArn", "bucket"].includes(setting);
}
