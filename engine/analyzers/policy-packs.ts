import { status as Status, type ServiceError } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/analyzer_pb";

import { EngineError } from "../error";
import type { Goal } from "../program/goal";
import { call, CHANNEL, fromStruct, insecure, toStruct } from "../plugins/grpc";
import { nodeArguments } from "../program/node-process";
import { startPlugin } from "../plugins/plugin-process";
import { pluginEnv, sdkScript, type PluginSetting } from "../plugins/plugins";
import type { PolicyHost, Verdict } from "./policy-host";
import { parseYaml } from "../project";
import type { ResourceState } from "../state/resource-state";
import { nameOf } from "../state/urn";
import type { PropertyMap } from "../values/values";

interface Pack {
  readonly client: AnalyzerClient;
  readonly name: string;
  readonly version: string;
  close(): void;
}

/**
 * Starts policy packs, each in a process of its own.
 * @throws EngineError for a folder that holds none, or one that is not Node's
 */
export async function startPolicyPacks(setting: PluginSetting, folders: readonly string[]): Promise<PolicyHost> {
  const packs = await Promise.all(folders.map((folder) => startPack(setting, resolve(folder))));
  for (const { name, version } of packs) setting.events.policyPacks[name] = version;
  return new PolicyPacks(setting, packs);
}

async function startPack(setting: PluginSetting, folder: string): Promise<Pack> {
  const file = join(folder, "PulumiPolicy.yaml");
  if (!existsSync(file)) throw new EngineError(`${folder} holds no policy pack: there is no PulumiPolicy.yaml.`);
  const { runtime } = (parseYaml(file) ?? {}) as { runtime?: string | { name?: string } };
  const language = typeof runtime === "string" ? runtime : runtime?.name;
  if (language !== "nodejs") {
    throw new EngineError(
      `${file} asks for the runtime ${language}; the embedded engine runs nodejs only. Use the Pulumi CLI.`,
    );
  }
  const plugin = await startPlugin({
    command: process.execPath,
    args: nodeArguments(sdkScript(folder, "run-policy-pack"), setting.engineAddress(), "."),
    cwd: folder,
    env: pluginEnv(setting, "run-policy-pack"),
    label: `The policy pack in ${folder}`,
    onOutput: (line, stream) => setting.events.say(stream === "stderr" ? "info#err" : "info", line),
  });
  const client = new AnalyzerClient(plugin.address, insecure(), CHANNEL);
  const info = await call<pb.AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done));
  await configureStack(setting, client);
  await configurePolicies(client, info);
  const close = () => {
    client.close();
    plugin.close();
  };
  return { client, name: info.getName(), version: info.getVersion(), close };
}

async function configureStack(setting: PluginSetting, client: AnalyzerClient): Promise<void> {
  const request = new pb.AnalyzerStackConfigureRequest();
  request.setStack(setting.stack);
  request.setProject(setting.project.name);
  request.setOrganization("organization");
  request.setDryRun(setting.dryRun);
  request.setConfigSecretKeysList([...setting.config.secretKeys]);
  for (const [key, value] of Object.entries(setting.config.values)) request.getConfigMap().set(key, value);
  try {
    await call<pb.AnalyzerStackConfigureResponse>((done) => client.configureStack(request, done));
  } catch (error) {
    // Older packs read the same from their environment.
    if ((error as ServiceError).code !== Status.UNIMPLEMENTED) throw error;
  }
}

async function configurePolicies(client: AnalyzerClient, info: pb.AnalyzerInfo): Promise<void> {
  if (!info.getSupportsconfig()) return;
  const { policyConfig } = await import("./policy-config.js");
  await call<Empty>((done) => client.configure(policyConfig(info), done));
}

class PolicyPacks implements PolicyHost {
  constructor(
    private readonly setting: PluginSetting,
    private readonly packs: readonly Pack[],
  ) {}

  /** Remedies first, one pack after another; then every pack judges what came of them. */
  async check(state: ResourceState, goal: Goal, provider: ResourceState | undefined): Promise<Verdict> {
    let { inputs } = state;
    for (const pack of this.packs) inputs = await this.#remedy(pack, state, inputs, goal, provider);
    const verdicts = await Promise.all(
      this.packs.map(async ({ client }) => {
        const request = analyzeRequest(state, visible(inputs), goal, provider);
        const reply = await call<pb.AnalyzeResponse>((done) => client.analyze(request, done));
        return this.#violated(reply, () => state.urn);
      }),
    );
    const errored = verdicts.includes(true);
    return { inputs, errored, invalid: errored && !this.setting.dryRun };
  }

  async #remedy(
    { client }: Pack,
    state: ResourceState,
    inputs: PropertyMap,
    goal: Goal,
    provider: ResourceState | undefined,
  ): Promise<PropertyMap> {
    // A remedy gets the engine's own keys too, for it hands back all of the inputs.
    const request = analyzeRequest(state, inputs, goal, provider);
    let reply: pb.RemediateResponse;
    try {
      reply = await call<pb.RemediateResponse>((done) => client.remediate(request, done));
    } catch (error) {
      if ((error as ServiceError).code === Status.UNIMPLEMENTED) return inputs;
      throw error;
    }
    let remedied = inputs;
    for (const remediation of reply.getRemediationsList()) {
      if (remediation.getDiagnostic()) {
        const message = `${remediation.getPolicyname()}: ${remediation.getDiagnostic()}`;
        this.setting.events.say("warning", message, state.urn);
        continue;
      }
      remedied = fromStruct(remediation.getProperties()) ?? remedied;
      this.setting.events.say("info", `[remediate] ${remediation.getPolicyname()} changed the inputs`, state.urn);
    }
    return remedied;
  }

  async checkStack(states: readonly ResourceState[]): Promise<boolean> {
    const request = new pb.AnalyzeStackRequest();
    request.setResourcesList(states.map(stackResource));
    const known = new Set(states.map(({ urn }) => urn));
    const root = states.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "";
    const verdicts = await Promise.all(
      this.packs.map(async ({ client }) => {
        const reply = await call<pb.AnalyzeResponse>((done) => client.analyzeStack(request, done));
        return this.#violated(reply, (urn) => (known.has(urn) ? urn : root));
      }),
    );
    return verdicts.includes(true);
  }

  #violated(reply: pb.AnalyzeResponse, urnOf: (urn: string) => string): boolean {
    let mandatory = false;
    for (const found of reply.getDiagnosticsList()) {
      const advisory = found.getEnforcementlevel() === pb.EnforcementLevel.ADVISORY;
      mandatory ||= !advisory;
      this.setting.events.policy({
        resourceUrn: urnOf(found.getUrn()),
        message: `${found.getMessage()}\n`,
        color: "never",
        policyName: found.getPolicyname(),
        policyPackName: found.getPolicypackname(),
        policyPackVersion: found.getPolicypackversion(),
        policyPackVersionTag: found.getPolicypackversion(),
        enforcementLevel: advisory ? ("advisory" as "warning") : "mandatory",
      });
    }
    return mandatory;
  }

  close(): void {
    for (const pack of this.packs) pack.close();
  }
}

/** Policies see inputs as the user wrote them, without the engine's own keys. */
function visible(values: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith("__")));
}

function analyzeRequest(
  state: ResourceState,
  inputs: PropertyMap,
  goal: Goal,
  provider: ResourceState | undefined,
): pb.AnalyzeRequest {
  const request = new pb.AnalyzeRequest();
  request.setType(state.type);
  request.setUrn(state.urn);
  request.setName(nameOf(state.urn));
  request.setProperties(toStruct(inputs));
  const options = optionsOf(state);
  if (goal.deleteBeforeReplace !== undefined) {
    options.setDeletebeforereplace(goal.deleteBeforeReplace);
    options.setDeletebeforereplacedefined(true);
  }
  request.setOptions(options);
  if (provider) {
    const about = new pb.AnalyzerProviderResource();
    about.setType(provider.type);
    about.setUrn(provider.urn);
    about.setName(nameOf(provider.urn));
    about.setProperties(toStruct(provider.inputs));
    request.setProvider(about);
  }
  return request;
}

function optionsOf(state: ResourceState): pb.AnalyzerResourceOptions {
  const options = new pb.AnalyzerResourceOptions();
  options.setProtect(state.protect);
  options.setIgnorechangesList(state.ignoreChanges);
  options.setAdditionalsecretoutputsList(state.additionalSecretOutputs);
  options.setAliasesList(state.aliases);
  options.setParent(state.parent);
  const timeouts = new pb.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(state.customTimeouts.create ?? 0);
  timeouts.setUpdate(state.customTimeouts.update ?? 0);
  timeouts.setDelete(state.customTimeouts.delete ?? 0);
  options.setCustomtimeouts(timeouts);
  return options;
}

function stackResource(state: ResourceState): pb.AnalyzerResource {
  const resource = new pb.AnalyzerResource();
  resource.setType(state.type);
  resource.setUrn(state.urn);
  resource.setName(nameOf(state.urn));
  resource.setParent(state.parent);
  resource.setDependenciesList(state.dependencies);
  resource.setProperties(toStruct(visible(state.outputs)));
  resource.setOptions(optionsOf(state));
  for (const [key, urns] of Object.entries(state.propertyDependencies)) {
    const list = new pb.AnalyzerPropertyDependencies();
    list.setUrnsList(urns);
    resource.getPropertydependenciesMap().set(key, list);
  }
  return resource;
}
