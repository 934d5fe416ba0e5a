import type {
  PolicyResource,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

export interface MadeUp {
  readonly type: string;
  readonly name?: string;
  readonly props: Readonly<Record<string, unknown>>;
}

const marketplaceType = (type: string) => `pulumi-nodejs:dynamic/marketplace:${type}`;

/** A resource of this package. */
export function resource(type: string, props: MadeUp["props"], name = "agent"): MadeUp {
  return { type: marketplaceType(type), name, props };
}

const opts = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

/** What a policy says about one resource. */
export async function judge(policy: ResourceValidationPolicy, about: MadeUp, config: object = {}): Promise<string[]> {
  const said: string[] = [];
  const args: ResourceValidationArgs = {
    type: about.type,
    name: about.name ?? "agent",
    urn: urnOf(about),
    props: { ...about.props },
    opts,
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>() => config as T,
    notApplicable: () => {
      throw new Error("not applicable");
    },
  };
  await (policy.validateResource as ResourceValidation)(args, (message) => said.push(message));
  return said;
}

/** What a policy says about a whole stack. */
export async function judgeStack(
  policy: StackValidationPolicy,
  stack: readonly MadeUp[],
  config: object = {},
): Promise<string[]> {
  const said: string[] = [];
  const resources = stack.map((about): PolicyResource => ({
    type: about.type,
    name: about.name ?? "agent",
    urn: urnOf(about),
    props: { ...about.props },
    opts,
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  }));
  const args = {
    resources,
    stackTags: new Map<string, string>(),
    getConfig: <T extends object>() => config as T,
    notApplicable: (): never => {
      throw new Error("not applicable");
    },
  };
  await policy.validateStack(args, (message) => said.push(message));
  return said;
}

function urnOf({ type, name = "agent" }: MadeUp): string {
  return `urn:pulumi:dev::listings::${type}::${name}`;
}
