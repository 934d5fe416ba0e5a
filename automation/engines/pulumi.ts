import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { CommandError, LocalWorkspace } from "@pulumi/pulumi/automation";
import { UserError } from "../user-error";
import type { DeployRequest, Engine, StackPlace } from "./engine";

/** The Pulumi CLI on PATH, driven through the Automation API: its backends, locks, history and secrets providers. */
export const pulumiEngine: Engine = {
  name: "pulumi",

  async deploy(request) {
    const stack = await open(request, request.env);
    const startedAt = Date.now();
    let explained = false;
    const onEvent = (event: EngineEvent): void => {
      explained ||= event.diagnosticEvent?.severity === "error";
      request.onEvent(event);
    };
    const took = (): number => (Date.now() - startedAt) / 1000;
    try {
      await carryOut(stack, request, onEvent);
      return { result: "succeeded", durationSeconds: took() };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      const result = request.signal.aborted ? "cancelled" : "failed";
      return { result, durationSeconds: took(), ...(!explained && { reason: reasonOf(error) }) };
    }
  },

  async stacks(projectDir) {
    const workspace = await LocalWorkspace.create({ workDir: projectDir });
    const listed = await workspace.listStacks();
    return listed.map(({ name, current }) => ({ name, selected: current }));
  },

  async outputs(place) {
    const stack = await open(place);
    return stack.outputs();
  },

  async exportState(place) {
    const stack = await open(place);
    return stack.exportStack();
  },

  async importState(place, state) {
    const stack = await open(place);
    await stack.importStack(state as Awaited<ReturnType<Stack["exportStack"]>>);
  },

  async getConfig(place, key) {
    const stack = await open(place);
    return (await stack.getAllConfig())[key]?.value;
  },

  async setConfig(place, key, value, secret) {
    const stack = await open(place);
    await stack.setConfig(key, { value, secret });
  },
};

async function open(place: StackPlace, env: Readonly<Record<string, string>> = {}): Promise<Stack> {
  // Without it the CLI asks providers for their diffs one resource after another.
  const envVars = { PULUMI_PARALLEL_DIFF: "true", PULUMI_SKIP_UPDATE_CHECK: "true", ...env };
  try {
    return await LocalWorkspace.createOrSelectStack({ stackName: place.stack, workDir: place.projectDir }, { envVars });
  } catch (error) {
    if (error instanceof CommandError)
      throw new UserError(`The Pulumi CLI could not open stack ${place.stack}: ${reasonOf(error)}`);
    throw error;
  }
}

async function carryOut(stack: Stack, request: DeployRequest, onEvent: (event: EngineEvent) => void): Promise<unknown> {
  const { operation, parallel } = request;
  const signal = unheard(request.signal);
  const target = request.targets?.length ? [...request.targets] : undefined;
  const replace = request.replacements?.length ? [...request.replacements] : undefined;
  const policyPacks = request.policyPacks?.length ? [...request.policyPacks] : undefined;
  const refresh = request.refreshFirst === true ? true : undefined;
  switch (operation) {
    case "preview":
      return stack.preview({ onEvent, parallel, signal, target, replace, policyPacks, refresh });
    case "up":
      return stack.up({ onEvent, parallel, signal, target, replace, policyPacks, refresh });
    case "refresh":
      return stack.refresh({ onEvent, parallel, signal, target });
    case "destroy":
      return stack.destroy({ onEvent, parallel, signal, target, refresh });
  }
}

/**
 * The interruption as far as the CLI has not heard of it: Ctrl-C on a terminal reaches the CLI by itself, and a second
 * signal would make it leave its steps in flight.
 */
function unheard(interruption: AbortSignal): AbortSignal {
  const controller = new AbortController();
  interruption.addEventListener("abort", () => {
    const heard = interruption.reason === "SIGINT" && process.stdin.isTTY;
    if (!heard) controller.abort();
  });
  return controller.signal;
}

/** What the CLI itself wrote on stderr, without the wrapping that the Automation API puts around it. */
function reasonOf(error: CommandError): string {
  const stderr = /stderr: (?<text>[\s\S]*?)(?:\n err\?:|$)/u.exec(error.message)?.groups?.["text"] ?? error.message;
  const lines = stderr.split("\n").map((line) => line.trim().replace(/^error: /u, ""));
  return lines.filter((line) => line !== "" && !line.startsWith("Command failed")).join(" ");
}
