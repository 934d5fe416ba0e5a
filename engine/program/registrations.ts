import * as pb from "@pulumi/pulumi/proto/resource_pb";

import { refuseArchives, hashAssets } from "../values/assets";
import { EngineError } from "../error";
import type { Goal } from "./goal";
import { toStruct } from "../plugins/grpc";
import type { MonitorSetting } from "./monitor-setting";
import { readGoal } from "./register-request";
import { Stopped } from "../steps/step-executor";
import type { Outcome } from "../steps/step-generator";
import type { Transforms } from "./transforms";
import { isProviderType, packageOf, parseProviderRef, typeOf } from "../state/urn";
import { hasUnknowns, lowerOutputs, outputDependencies, withoutSecrets, type PropertyMap } from "../values/values";

/** Takes registrations from the program: fills in what they leave to their parents, and answers them. */
export class Registrations {
  readonly #goals = new Map<string, Goal>();
  /** The providers that components hand to their children, by package. */
  readonly #componentProviders = new Map<string, Record<string, string>>();

  constructor(
    private readonly setting: MonitorSetting,
    private readonly transforms: Transforms,
  ) {}

  async register(request: pb.RegisterResourceRequest): Promise<pb.RegisterResourceResponse> {
    const { run, generator, root } = this.setting;
    if (run.executor.stopped) throw await this.#stopped();
    if (request.getRemote()) {
      throw new EngineError(
        `The embedded engine does not support remote components (${request.getType()}). Run this program with the Pulumi CLI.`,
      );
    }
    try {
      const goal = readGoal(request, root);
      const providers = Object.fromEntries(request.getProvidersMap().toArray()) as Record<string, string>;
      this.#inherit(goal, providers);
      const own = request.getTransformsList();
      await this.transforms.apply(goal, own, providers);
      await this.#complete(goal, request);
      const outcome = await generator.register(goal);
      const { urn } = outcome.state;
      this.#goals.set(urn, goal);
      this.transforms.remember(urn, goal.parent, own);
      if (!goal.custom) this.#componentProviders.set(urn, providers);
      return this.#answer(request, outcome);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      throw await this.#stopped();
    }
  }

  /** The program ends when it hears of it, so steps under way are let finish first. */
  async #stopped(): Promise<Stopped> {
    await this.setting.run.executor.idle();
    return new Stopped();
  }

  /** What a registration leaves open is as its parent has it. */
  #inherit(goal: Goal, providers: Record<string, string>): void {
    const parent = this.#goals.get(goal.parent);
    if (parent) {
      goal.deletedWith ||= parent.deletedWith;
      goal.protect ??= parent.protect;
      goal.retainOnDelete ??= parent.retainOnDelete;
      const sameProvider =
        parent.provider && typeOf(parseProviderRef(parent.provider).urn) === `pulumi:providers:${packageOf(goal.type)}`;
      if (!goal.provider && (!goal.custom || sameProvider)) goal.provider = parent.provider;
    }
    const pkg = packageOf(goal.type);
    const fromParent = this.#componentProviders.get(goal.parent) ?? {};
    if (goal.custom) goal.provider ||= providers[pkg] ?? fromParent[pkg] ?? "";
    else for (const key of Object.keys(fromParent)) providers[key] ??= fromParent[key] as string;
  }

  async #complete(goal: Goal, request: pb.RegisterResourceRequest): Promise<void> {
    const { run, defaults } = this.setting;
    for (const [key, value] of Object.entries(goal.inputs)) {
      const found = outputDependencies(value);
      const known = goal.propertyDependencies[key] ?? [];
      goal.propertyDependencies[key] = found.size === 0 ? known : [...new Set([...known, ...found])].toSorted();
    }
    goal.inputs = await hashAssets(lowerOutputs(goal.inputs), this.setting.root);
    refuseArchives(goal.inputs);
    goal.replacementTrigger = lowerOutputs(goal.replacementTrigger);
    if (!goal.custom) goal.provider = "";
    else if (isProviderType(goal.type)) {
      goal.provider = "";
      if (request.getVersion()) goal.inputs = { ...goal.inputs, version: request.getVersion() };
    } else if (!goal.provider) {
      goal.provider = await defaults.reference(packageOf(goal.type), request.getVersion());
    }
    if (!run.dryRun) this.setting.requirePassphrase(goal);
  }

  #answer(request: pb.RegisterResourceRequest, { state, result, unknown }: Outcome): pb.RegisterResourceResponse {
    if (result !== "success" && !request.getSupportsresultreporting()) throw new Error("resource registration failed");
    // A component's outputs may refer to resources that are not registered yet: they come later.
    let outputs: PropertyMap = request.getCustom() ? state.outputs : {};
    if (!request.getSupportspartialvalues()) {
      outputs = Object.fromEntries(Object.entries(outputs).filter(([, value]) => !hasUnknowns(value)));
    }
    const reply = new pb.RegisterResourceResponse();
    reply.setUrn(state.urn);
    reply.setId(state.id);
    reply.setObject(toStruct(request.getAcceptsecrets() ? outputs : withoutSecrets(outputs)));
    reply.setResult(result === "success" ? pb.Result.SUCCESS : pb.Result.FAIL);
    if (unknown) reply.setUnknown(true);
    return reply;
  }
}
