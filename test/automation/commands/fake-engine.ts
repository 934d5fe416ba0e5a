import type { DeployRequest, DeployResult, Engine, StackPlace } from "../../../automation/engines/engine";
import { recordedEvents } from "../display/recordings";

export const place: StackPlace = { projectDir: "/nowhere", project: "shop", stack: "dev" };

export interface FakeEngine extends Engine {
  readonly requests: DeployRequest[];
}

/** Tells the recording of the CLI's events for each operation; nothing is deployed. */
export function fakeEngine(
  recordings: Partial<Record<DeployRequest["operation"], string>>,
  result: DeployResult["result"] = "succeeded",
): FakeEngine {
  const requests: DeployRequest[] = [];
  const resources = [
    { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
    {
      urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/marketplace:AmiProduct::agent",
      type: "pulumi-nodejs:dynamic/marketplace:AmiProduct",
      parent: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
    },
  ];
  return {
    name: "embedded",
    requests,
    async deploy(request) {
      requests.push(request);
      const recording = recordings[request.operation];
      for (const event of recording === undefined ? [] : recordedEvents(recording)) request.onEvent(event);
      const last = request.operation === "preview" ? "succeeded" : result;
      return { result: last, durationSeconds: 1 };
    },
    stacks: async () => [],
    outputs: async () => ({}),
    exportState: async () => ({ version: 3, deployment: { resources } }),
    importState: async () => {},
    getConfig: async () => undefined,
    setConfig: async () => {},
  };
}
