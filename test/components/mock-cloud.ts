import * as pulumi from "@pulumi/pulumi";

/** A resource that a component declared, without the provider's text. */
export interface Made {
  /** The last part of its type. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Declares resources to nobody: keeps each in `made`; `stateOf` adds what a provider would know of it. */
export function mockCloud(made: Made[], stateOf: (resource: Made) => object): Promise<void> {
  made.length = 0;
  return pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const { __provider: _, ...rest } = inputs;
        const resource = { type: type.split(":").at(-1) ?? "", name, inputs: rest };
        made.push(resource);
        return { id: name, state: stateOf(resource) };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
  );
}
