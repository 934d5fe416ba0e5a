import { status as Status, type ServiceError } from "@grpc/grpc-js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status as RpcStatus } from "@pulumi/pulumi/proto/status_pb";

import { call, CHANNEL, fromStruct, insecure, toStruct } from "./grpc";
import type { DetailedDiff, DiffKind } from "../steps/object-diff";
import * as provider from "./provider";
import { nameOf, packageOf, typeOf } from "../state/urn";
import { hasUnknowns, remarkSecrets, withoutReferences, withoutSecrets, type PropertyMap } from "../values/values";
import type { Plugin } from "./plugin-process";

const UNKNOWN_CONFIG =
  "The provider for this resource has inputs that are not known during preview.\n" +
  "This preview may not correctly represent the changes that will be applied during an update.";

const KINDS: readonly DiffKind[] = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

interface Request {
  setUrn(value: string): unknown;
  setName(value: string): unknown;
  setType(value: string): unknown;
}

/** A provider in a process of its own, spoken to as the Pulumi CLI speaks to it. */
export class GrpcProvider implements provider.Provider {
  readonly #client: ResourceProviderClient;
  /** Whether its configuration is known; it is not asked anything while it is not. */
  #configured = true;
  #takesSecrets = false;
  #takesResources = false;
  #previews = false;

  constructor(private readonly plugin: Plugin) {
    this.#client = new ResourceProviderClient(plugin.address, insecure(), CHANNEL);
  }

  #map(values: PropertyMap): Struct {
    const taken = this.#takesSecrets ? values : withoutSecrets(values);
    return toStruct(this.#takesResources ? taken : withoutReferences(taken));
  }

  #remark(outputs: PropertyMap, inputs: PropertyMap | undefined): PropertyMap {
    return this.#takesSecrets || !inputs ? outputs : remarkSecrets(outputs, inputs);
  }

  async checkConfig({ urn, olds, news }: provider.ConfigRequest): Promise<provider.CheckResult> {
    const request = about(new pb.CheckRequest(), urn);
    request.setOlds(toStruct(olds ?? {}));
    request.setNews(toStruct(news));
    try {
      const reply = await call<pb.CheckResponse>((done) => this.#client.checkConfig(request, done));
      return { inputs: fromStruct(reply.getInputs()) ?? news, failures: failuresOf(reply) };
    } catch (error) {
      if ((error as ServiceError).code === Status.UNIMPLEMENTED) return { inputs: news, failures: [] };
      throw error;
    }
  }

  async diffConfig(diff: provider.ConfigDiffRequest): Promise<provider.DiffResult> {
    const request = about(new pb.DiffRequest(), diff.urn);
    request.setOldInputs(toStruct(withoutSecrets(diff.oldInputs)));
    request.setOlds(toStruct(withoutSecrets(diff.oldOutputs)));
    request.setNews(toStruct(withoutSecrets(diff.newInputs)));
    try {
      return diffOf(await call<pb.DiffResponse>((done) => this.#client.diffConfig(request, done)));
    } catch (error) {
      if ((error as ServiceError).code === Status.UNIMPLEMENTED) return { ...provider.NO_CHANGES, changes: "unknown" };
      throw error;
    }
  }

  async configure(urn: string, id: string, inputs: PropertyMap): Promise<void> {
    this.#configured = !hasUnknowns(inputs);
    if (!this.#configured) return;
    const request = new pb.ConfigureRequest();
    about(request, urn).setId(id);
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    request.setSendsOldInputs(true);
    request.setSendsOldInputsToDelete(true);
    request.setArgs(toStruct(inputs));
    const pkg = packageOf(typeOf(urn).replace("pulumi:providers:", ""));
    for (const [key, value] of Object.entries(withoutSecrets(inputs))) {
      if (key === "version") continue;
      request.getVariablesMap().set(`${pkg}:config:${key}`, typeof value === "string" ? value : JSON.stringify(value));
    }
    const reply = await call<pb.ConfigureResponse>((done) => this.#client.configure(request, done));
    this.#takesSecrets = reply.getAcceptsecrets();
    this.#takesResources = reply.getAcceptresources();
    this.#previews = reply.getSupportspreview();
  }

  async check({ urn, olds, news, seed }: provider.CheckRequest): Promise<provider.CheckResult> {
    if (!this.#configured) return { inputs: news, failures: [] };
    const request = about(new pb.CheckRequest(), urn);
    request.setOlds(this.#map(olds ?? {}));
    request.setNews(this.#map(news));
    request.setRandomseed(seed);
    const reply = await call<pb.CheckResponse>((done) => this.#client.check(request, done));
    return { inputs: this.#remark(fromStruct(reply.getInputs()) ?? {}, news), failures: failuresOf(reply) };
  }

  async diff(diff: provider.DiffRequest): Promise<provider.DiffResult> {
    if (!this.#configured) return { ...provider.NO_CHANGES, changes: "some", warning: UNKNOWN_CONFIG };
    const request = about(new pb.DiffRequest(), diff.urn);
    request.setId(diff.id);
    request.setOldInputs(this.#map(diff.oldInputs));
    request.setOlds(this.#map(diff.oldOutputs));
    request.setNews(this.#map(diff.newInputs));
    request.setIgnorechangesList([...diff.ignoreChanges]);
    return diffOf(await call<pb.DiffResponse>((done) => this.#client.diff(request, done)));
  }

  async create({ urn, inputs, timeout, preview }: provider.CreateRequest): Promise<provider.Created> {
    if (preview && !this.#configured) return planned({});
    if (preview && !this.#previews) return planned(inputs);
    const request = about(new pb.CreateRequest(), urn);
    request.setProperties(this.#map(inputs));
    request.setTimeout(timeout);
    request.setPreview(preview);
    const made = await orPartial(
      call<pb.CreateResponse>((done) => this.#client.create(request, done)),
      (reply) => ({ id: reply.getId(), outputs: reply.getProperties(), refresh: reply.getRefreshBeforeUpdate() }),
    );
    if (!made.id && !preview) throw new Error("provider did not return an ID from Create");
    return { ...made, outputs: this.#remark(made.outputs, inputs) };
  }

  async update(update: provider.UpdateRequest): Promise<provider.Created> {
    const { urn, id, inputs, timeout, preview } = update;
    if (preview && !this.#configured) return planned({});
    if (preview && !this.#previews) return planned(inputs);
    const request = about(new pb.UpdateRequest(), urn);
    request.setId(id);
    request.setOldInputs(this.#map(update.oldInputs));
    request.setOlds(this.#map(update.oldOutputs));
    request.setNews(this.#map(inputs));
    request.setTimeout(timeout);
    request.setPreview(preview);
    request.setIgnorechangesList([...update.ignoreChanges]);
    const made = await orPartial(
      call<pb.UpdateResponse>((done) => this.#client.update(request, done)),
      (reply) => ({ id, outputs: reply.getProperties(), refresh: reply.getRefreshBeforeUpdate() }),
    );
    return { ...made, id, outputs: this.#remark(made.outputs, inputs) };
  }

  async read({ urn, id, inputs, state, timeout }: provider.ReadRequest): Promise<provider.ReadResult> {
    if (!this.#configured) return { ...planned({}), inputs: {} };
    const request = about(new pb.ReadRequest(), urn);
    request.setId(id);
    if (inputs) request.setInputs(this.#map(inputs));
    if (state) request.setProperties(this.#map(state));
    request.setTimeout(timeout);
    const found = await orPartial(
      call<pb.ReadResponse>((done) => this.#client.read(request, done)),
      (reply) => ({
        id: reply.getId(),
        outputs: reply.getProperties(),
        inputs: reply.getInputs(),
        refresh: reply.getRefreshBeforeUpdate(),
      }),
    );
    return {
      ...found,
      outputs: this.#remark(found.outputs, state),
      inputs: found.inputs && this.#remark(found.inputs, inputs),
    };
  }

  async delete({ urn, id, inputs, outputs, timeout }: provider.DeleteRequest): Promise<void> {
    const request = about(new pb.DeleteRequest(), urn);
    request.setId(id);
    request.setOldInputs(this.#map(inputs));
    request.setProperties(this.#map(outputs));
    request.setTimeout(timeout);
    await call<Empty>((done) => this.#client.delete(request, done));
  }

  async invoke(token: string, args: PropertyMap): Promise<provider.InvokeResult> {
    const request = new pb.InvokeRequest();
    request.setTok(token);
    request.setArgs(this.#map(args));
    const reply = await call<pb.InvokeResponse>((done) => this.#client.invoke(request, done));
    return { result: fromStruct(reply.getReturn()) ?? {}, failures: failuresOf(reply) };
  }

  async cancel(): Promise<void> {
    // A plugin that cannot be asked ends with its process a little later.
    await call<Empty>((done) => this.#client.cancel(new Empty(), done)).catch(() => {});
  }

  close(): void {
    this.#client.close();
    this.plugin.close();
  }
}

function about<R extends Request>(request: R, urn: string): R {
  request.setUrn(urn);
  request.setName(nameOf(urn));
  request.setType(typeOf(urn));
  return request;
}

function failuresOf(reply: { getFailuresList(): pb.CheckFailure[] }): provider.CheckFailure[] {
  return reply.getFailuresList().map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}

function diffOf(reply: pb.DiffResponse): provider.DiffResult {
  const entries = reply.getDetaileddiffMap().toArray() as unknown as [string, pb.PropertyDiff.AsObject][];
  const detailed: DetailedDiff = {};
  for (const [path, { kind, inputdiff }] of entries) {
    detailed[path] = { kind: KINDS[kind] ?? "update", inputDiff: inputdiff };
  }
  return {
    changes: (["unknown", "none", "some"] as const)[reply.getChanges()] ?? "unknown",
    replaceKeys: reply.getReplacesList(),
    changedKeys: reply.getDiffsList(),
    detailed: entries.length > 0 || reply.getHasdetaileddiff() ? detailed : undefined,
    deleteBeforeReplace: reply.getDeletebeforereplace(),
  };
}

function planned(outputs: PropertyMap): provider.Created {
  return { id: "", outputs, refreshBeforeUpdate: false };
}

interface Answer {
  readonly id: string;
  readonly outputs: Struct | undefined;
  readonly inputs?: Struct | undefined;
  readonly refresh: boolean;
}

/** The answer, or what an error says exists all the same: it travels inside the error's details. */
async function orPartial<Reply>(reply: Promise<Reply>, read: (reply: Reply) => Answer): Promise<provider.ReadResult> {
  try {
    return resultOf(read(await reply));
  } catch (error) {
    const failed = initFailure(error as ServiceError);
    if (!failed) throw error;
    const failure = new provider.PartialFailure(failed.getReasonsList());
    return {
      ...resultOf({
        id: failed.getId(),
        outputs: failed.getProperties(),
        inputs: failed.getInputs(),
        refresh: failed.getRefreshBeforeUpdate(),
      }),
      failure,
    };
  }
}

function resultOf({ id, outputs, inputs, refresh }: Answer): provider.ReadResult {
  return { id, outputs: fromStruct(outputs) ?? {}, inputs: fromStruct(inputs), refreshBeforeUpdate: refresh };
}

function initFailure(error: ServiceError): pb.ErrorResourceInitFailed | undefined {
  const [details] = error.metadata?.get("grpc-status-details-bin") ?? [];
  if (!details || typeof details === "string") return undefined;
  for (const detail of RpcStatus.deserializeBinary(details).getDetailsList()) {
    const failed = detail.unpack(pb.ErrorResourceInitFailed.deserializeBinary, "pulumirpc.ErrorResourceInitFailed");
    if (failed) return failed;
  }
  return undefined;
}
