import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { CallbackInvokeRequest, type Callback, type CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import * as pb from "@pulumi/pulumi/proto/resource_pb";

import type { Goal } from "./goal";
import { call, CHANNEL, fromStruct, insecure, toStruct } from "../plugins/grpc";
import { readAlias, readTimeouts } from "./register-request";
import { mapValues, outputDependencies, raiseToOutput } from "../values/values";

/** Functions of the program that may change a registration before the engine sees it. */
export class Transforms {
  readonly #ofResource = new Map<string, { readonly parent: string; readonly own: readonly Callback[] }>();
  readonly #ofStack: Callback[] = [];
  readonly #clients = new Map<string, CallbacksClient>();

  addToStack(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  /** A resource's transforms also see its children. */
  remember(urn: string, parent: string, own: readonly Callback[]): void {
    this.#ofResource.set(urn, { parent, own });
  }

  /** Runs the resource's own transforms, then its parents', then the stack's, over the goal in place. */
  async apply(goal: Goal, own: readonly Callback[], providers: Record<string, string>): Promise<void> {
    const all = [...own];
    for (let urn = goal.parent; urn; urn = this.#ofResource.get(urn)?.parent ?? "") {
      all.push(...(this.#ofResource.get(urn)?.own ?? []));
    }
    all.push(...this.#ofStack);
    if (all.length === 0) return;
    if (own.length > 0) {
      goal.inputs = Object.fromEntries(
        Object.entries(goal.inputs).map(([key, value]) => [
          key,
          raiseToOutput(value, goal.propertyDependencies[key] ?? []),
        ]),
      );
    }
    for (const callback of all) await this.#run(callback, goal, providers);
    if (own.length > 0) traceDependencies(goal);
  }

  async #run(callback: Callback, goal: Goal, providers: Record<string, string>): Promise<void> {
    const request = new pb.TransformRequest();
    request.setType(goal.type);
    request.setName(goal.name);
    request.setCustom(goal.custom);
    request.setParent(goal.parent);
    request.setProperties(toStruct(goal.inputs));
    request.setOptions(writeOptions(goal, providers));
    const invoke = new CallbackInvokeRequest();
    invoke.setToken(callback.getToken());
    invoke.setRequest(request.serializeBinary());
    const client = this.#client(callback.getTarget());
    const answer = await call<CallbackInvokeResponse>((done) => client.invoke(invoke, done));
    const reply = pb.TransformResponse.deserializeBinary(answer.getResponse_asU8());
    const inputs = fromStruct(reply.getProperties());
    if (inputs) goal.inputs = inputs;
    const options = reply.getOptions();
    if (options) readOptions(options, goal, providers);
  }

  #client(target: string): CallbacksClient {
    let client = this.#clients.get(target);
    if (!client) this.#clients.set(target, (client = new CallbacksClient(target, insecure(), CHANNEL)));
    return client;
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }
}

/** What depends on what is then as the transformed values say. */
function traceDependencies(goal: Goal): void {
  const all = new Set(goal.dependencies);
  goal.propertyDependencies = {};
  for (const [key, value] of Object.entries(goal.inputs)) {
    const found = [...outputDependencies(value)];
    goal.propertyDependencies[key] = found.toSorted();
    for (const urn of found) all.add(urn);
  }
  goal.dependencies = [...all].toSorted();
  goal.inputs = mapValues(goal.inputs, (value) => value);
}

function writeOptions(goal: Goal, providers: Record<string, string>): pb.TransformResourceOptions {
  const options = new pb.TransformResourceOptions();
  options.setDependsOnList(goal.dependencies);
  if (goal.protect !== undefined) options.setProtect(goal.protect);
  options.setIgnoreChangesList(goal.ignoreChanges);
  options.setReplaceOnChangesList(goal.replaceOnChanges);
  options.setProvider(goal.provider);
  if (goal.retainOnDelete !== undefined) options.setRetainOnDelete(goal.retainOnDelete);
  if (goal.deleteBeforeReplace !== undefined) options.setDeleteBeforeReplace(goal.deleteBeforeReplace);
  options.setDeletedWith(goal.deletedWith);
  options.setReplaceWithList(goal.replaceWith);
  options.setAdditionalSecretOutputsList(goal.additionalSecretOutputs);
  options.setImport(goal.importId);
  options.setHideDiffList(goal.hideDiff);
  const timeouts = new pb.RegisterResourceRequest.CustomTimeouts();
  const { create, update, delete: remove, read } = goal.customTimeouts;
  if (create) timeouts.setCreate(`${create}s`);
  if (update) timeouts.setUpdate(`${update}s`);
  if (remove) timeouts.setDelete(`${remove}s`);
  if (read) timeouts.setRead(`${read}s`);
  if (create || update || remove || read) options.setCustomTimeouts(timeouts);
  for (const [pkg, ref] of Object.entries(providers)) options.getProvidersMap().set(pkg, ref);
  return options;
}

function readOptions(options: pb.TransformResourceOptions, goal: Goal, providers: Record<string, string>): void {
  goal.dependencies = options.getDependsOnList().toSorted();
  if (options.hasProtect()) goal.protect = options.getProtect();
  goal.ignoreChanges = options.getIgnoreChangesList();
  goal.replaceOnChanges = options.getReplaceOnChangesList();
  goal.provider = options.getProvider();
  if (options.hasRetainOnDelete()) goal.retainOnDelete = options.getRetainOnDelete();
  if (options.hasDeleteBeforeReplace()) goal.deleteBeforeReplace = options.getDeleteBeforeReplace();
  goal.deletedWith = options.getDeletedWith();
  goal.replaceWith = options.getReplaceWithList();
  goal.additionalSecretOutputs = options.getAdditionalSecretOutputsList();
  goal.importId = options.getImport();
  goal.hideDiff = options.getHideDiffList();
  goal.customTimeouts = readTimeouts(options.getCustomTimeouts());
  if (options.getAliasesList().length > 0) goal.aliases = options.getAliasesList().map(readAlias);
  options.getProvidersMap().forEach((ref, pkg) => {
    providers[pkg] = ref;
  });
}
