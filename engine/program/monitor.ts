import {
  status as Status,
  type ServiceError,
  type UntypedServiceImplementation,
  type sendUnaryData,
  type ServerUnaryCall,
} from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as pb from "@pulumi/pulumi/proto/resource_pb";

import { EngineError } from "../error";
import { fromStruct, messageOf, toStruct } from "../plugins/grpc";
import type { MonitorSetting } from "./monitor-setting";
import { Registrations } from "./registrations";
import { readPosition } from "./register-request";
import { newState } from "../state/resource-state";
import { Stopped } from "../steps/step-executor";
import { Transforms } from "./transforms";
import { packageOf } from "../state/urn";
import { readResource } from "./read-resource";
import { hasUnknowns, lowerOutputs, withoutSecrets, type PropertyMap } from "../values/values";

const FEATURES = {
  secrets: "SECRETS",
  resourceReferences: "RESOURCE_REFERENCES",
  outputValues: "OUTPUT_VALUES",
  aliasSpecs: "ALIAS_SPECS",
  replacementTrigger: "REPLACEMENT_TRIGGER",
  deletedWith: "DELETED_WITH",
  replaceWith: "REPLACE_WITH",
  transforms: "TRANSFORMS",
  // Claimed so that a program that needs them gets the sentence below instead of one about old versions.
  invokeTransforms: "INVOKE_TRANSFORMS",
  parameterization: "PARAMETERIZATION",
  resourceHooks: "RESOURCE_HOOKS",
  errorHooks: "ERROR_HOOKS",
} as const;

/** What programs talk to: they register resources here, and are told what became of them. */
export class Monitor {
  readonly #transforms = new Transforms();
  readonly #registrations: Registrations;

  constructor(private readonly setting: MonitorSetting) {
    this.#registrations = new Registrations(setting, this.#transforms);
  }

  close(): void {
    this.#transforms.close();
  }

  service(): UntypedServiceImplementation {
    const { setting } = this;
    return {
      supportsFeature: unary((request: pb.SupportsFeatureRequest) => {
        const reply = new pb.SupportsFeatureResponse();
        reply.setHassupport(request.getId() in FEATURES);
        return Promise.resolve(reply);
      }),
      getDeploymentInfo: unary(() => Promise.resolve(this.#deploymentInfo())),
      registerResource: unary((request: pb.RegisterResourceRequest) => this.#registrations.register(request)),
      registerResourceOutputs: unary(async (request: pb.RegisterResourceOutputsRequest) => {
        await this.#outputs(request.getUrn(), lowerOutputs(fromStruct(request.getOutputs()) ?? {}));
        return new Empty();
      }),
      readResource: unary((request: pb.ReadResourceRequest) => this.#read(request)),
      invoke: unary((request: pb.ResourceInvokeRequest) => this.#invoke(request)),
      registerStackTransform: unary((callback: Parameters<Transforms["addToStack"]>[0]) => {
        this.#transforms.addToStack(callback);
        return Promise.resolve(new Empty());
      }),
      signalAndWaitForShutdown: unary(async () => {
        await setting.finished();
        return new Empty();
      }),
      registerStackInvokeTransform: unsupported("invoke transforms"),
      registerResourceHook: unsupported("resource hooks"),
      registerErrorHook: unsupported("error hooks"),
      registerPackage: unsupported("parameterized packages"),
      call: unsupported("calls of component methods"),
      streamInvoke: unsupported("streamed invokes"),
    };
  }

  #deploymentInfo(): pb.DeploymentInfo {
    const { run, config, parallel } = this.setting;
    const info = new pb.DeploymentInfo();
    info.setProject(run.options.project);
    info.setStack(run.options.stack);
    info.setOrganization("organization");
    info.setDryrun(run.dryRun);
    info.setParallel(parallel);
    for (const [key, value] of Object.entries(config.values)) info.getConfigMap().set(key, value);
    info.setConfigsecretkeysList([...config.secretKeys]);
    const ids = pb.ResourceMonitorFeature as unknown as Record<string, pb.ResourceMonitorFeature>;
    info.setSupportedfeaturesList(
      Object.values(FEATURES).flatMap((name) => ids[`RESOURCE_MONITOR_FEATURE_${name}`] ?? []),
    );
    return info;
  }

  async #outputs(urn: string, outputs: PropertyMap): Promise<void> {
    const { run } = this.setting;
    const step = run.executor.made.get(urn);
    if (!step?.new) {
      if (run.executor.stopped) throw new Stopped();
      throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
    }
    if (step.type === "pulumi:pulumi:Stack") return this.setting.setStackOutputs(urn, outputs);
    if (step.skippedCreate) return;
    step.new.outputs = outputs;
    run.events.outputs(step);
    await run.snapshot.outputs(step.new);
  }

  async #read(request: pb.ReadResourceRequest): Promise<pb.ReadResourceResponse> {
    const { run, defaults, root } = this.setting;
    const type = request.getType();
    const state = newState({
      urn: "",
      type,
      custom: true,
      external: true,
      id: request.getId(),
      inputs: lowerOutputs(fromStruct(request.getProperties()) ?? {}),
      parent: request.getParent(),
      dependencies: request.getDependenciesList().toSorted(),
      provider: request.getProvider() || (await defaults.reference(packageOf(type), request.getVersion())),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      sourcePosition: readPosition(request.getSourceposition(), root),
    });
    const found = await readResource(run, state, request.getName());
    const reply = new pb.ReadResourceResponse();
    reply.setUrn(found.urn);
    reply.setProperties(toStruct(request.getAcceptsecrets() ? found.outputs : withoutSecrets(found.outputs)));
    return reply;
  }

  async #invoke(request: pb.ResourceInvokeRequest): Promise<pb.ResourceInvokeResponse> {
    const { run, defaults } = this.setting;
    const token = request.getTok();
    const args = lowerOutputs(fromStruct(request.getArgs()) ?? {});
    const reply = new pb.ResourceInvokeResponse();
    const ref = request.getProvider() || (await defaults.reference(packageOf(token), request.getVersion()));
    if (run.dryRun && hasUnknowns(args)) {
      reply.setUnknown(true);
      return reply;
    }
    const provider = await run.host.get(ref);
    const { result, failures } = await run.executor.slot(() => provider.invoke(token, args));
    reply.setReturn(toStruct(result));
    for (const { reason } of failures) throw new Error(`${token} failed: ${reason}`);
    return reply;
  }
}

type Handler<Request, Reply> = (call: ServerUnaryCall<Request, Reply>, done: sendUnaryData<Reply>) => void;

/** Once a run has stopped the program is told so in the one way at which it ends quietly. */
export function unary<Request, Reply>(answer: (request: Request) => Promise<Reply>): Handler<Request, Reply> {
  return async (call, done) => {
    let reply: Reply;
    try {
      reply = await answer(call.request);
    } catch (error) {
      const code = error instanceof Stopped ? Status.UNAVAILABLE : (error as ServiceError).code;
      done({ code: typeof code === "number" ? code : Status.UNKNOWN, details: messageOf(error) });
      return;
    }
    done(null, reply);
  };
}

function unsupported(what: string): Handler<unknown, never> {
  return unary(() =>
    Promise.reject(
      new EngineError(`The embedded engine does not support ${what}. Run this program with the Pulumi CLI.`),
    ),
  );
}
