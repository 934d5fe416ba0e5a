import { EngineError } from "../error";
import {
  NO_CHANGES,
  type CheckResult,
  type Created,
  type InvokeResult,
  type Provider,
  type ReadRequest,
  type ReadResult,
} from "./provider";
import type { ResourceState } from "../state/resource-state";
import { typeOf } from "../state/urn";
import { isSecret, type PropertyMap } from "../values/values";

/** The outputs of another stack of the same state folder, by its name. */
export type StackReader = (name: string) => PropertyMap;

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** The provider of Pulumi's own package: references to other stacks, and looking up resources of this one. */
export class BuiltinProvider implements Provider {
  constructor(
    private readonly readStack: StackReader,
    private readonly findResource: (urn: string) => ResourceState | undefined,
  ) {}

  checkConfig({ news }: { news: PropertyMap }): Promise<CheckResult> {
    return Promise.resolve({ inputs: news, failures: [] });
  }

  diffConfig() {
    return Promise.resolve(NO_CHANGES);
  }

  configure(): Promise<void> {
    return Promise.resolve();
  }

  check({ urn }: { urn: string }): Promise<CheckResult> {
    throw unsupported(urn);
  }

  diff() {
    return Promise.resolve(NO_CHANGES);
  }

  create({ urn }: { urn: string }): Promise<Created> {
    throw unsupported(urn);
  }

  update({ urn }: { urn: string }): Promise<Created> {
    throw unsupported(urn);
  }

  read({ urn, id, inputs }: ReadRequest): Promise<ReadResult> {
    if (typeOf(urn) !== STACK_REFERENCE) throw unsupported(urn);
    const name = inputs?.["name"];
    if (typeof name !== "string") throw new EngineError("stack reference can not be imported");
    const outputs = this.readStack(name);
    const secretOutputNames = Object.keys(outputs).filter((key) => isSecret(outputs[key]));
    return Promise.resolve({
      id,
      inputs,
      outputs: { name, outputs, secretOutputNames },
      refreshBeforeUpdate: false,
    });
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  invoke(token: string, args: PropertyMap): Promise<InvokeResult> {
    if (token === "pulumi:pulumi:getResource") return Promise.resolve({ result: this.#resource(args), failures: [] });
    if (token === "pulumi:pulumi:readStackOutputs" && typeof args["name"] === "string") {
      return Promise.resolve({ result: { name: args["name"], outputs: this.readStack(args["name"]) }, failures: [] });
    }
    throw new EngineError(`The embedded engine does not know the function ${token}. Use the Pulumi CLI.`);
  }

  #resource(args: PropertyMap): PropertyMap {
    const urn = String(args["urn"]);
    const state = this.findResource(urn);
    if (!state) throw new EngineError(`unknown resource ${urn}`);
    return { urn, id: state.id, state: state.outputs };
  }

  cancel(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {}
}

function unsupported(urn: string): EngineError {
  return new EngineError(`The embedded engine does not know the resource type ${typeOf(urn)}. Use the Pulumi CLI.`);
}
