import type * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "./provider";

/**
 * Which AWS account and endpoint a resource belongs to, where it is not the one of the environment: names only. Keys
 * stay where AWS tools keep them, and never reach Pulumi's state.
 */
export interface Connection {
  /** A profile of the AWS config and credentials files. */
  readonly profile?: string;
  /** A role to assume with the credentials found. */
  readonly roleArn?: string;
  /** Where to send requests instead of AWS: `http://127.0.0.1:4510`. */
  readonly endpoint?: string;
  /** The region of S3 buckets and instances; the marketplace itself is served in us-east-1 only. */
  readonly region?: string;
}

/** A {@link Connection} as a program declares it. */
export type ConnectionArgs = { readonly [Name in keyof Connection]: pulumi.Input<NonNullable<Connection[Name]>> };

/**
 * A resource's own connection over the stack's (`marketplace:profile`, `:roleArn`, `:endpoint`, `:region`); what neither
 * names is left to the AWS SDK's default chain. Naming a profile or a role replaces who the stack is as a whole.
 */
export function connectionOf(own: unknown, stack: StackConfig | undefined): Connection {
  const mine = typeof own === "object" && own !== null ? new Map(Object.entries(own)) : new Map<string, unknown>();
  const text = (name: string): string | undefined => {
    const value = mine.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const inherited = (name: string): string | undefined => stack?.get(`marketplace:${name}`);
  const ownIdentity = text("profile") !== undefined || text("roleArn") !== undefined;
  return {
    profile: ownIdentity ? text("profile") : inherited("profile"),
    roleArn: ownIdentity ? text("roleArn") : inherited("roleArn"),
    endpoint: text("endpoint") ?? inherited("endpoint"),
    region: text("region") ?? inherited("region"),
  };
}
