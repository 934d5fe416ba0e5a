import * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface AccessUserArgs {
  /** The user's name in IAM, at most 64 characters; the resource's own name by default. */
  readonly name?: pulumi.Input<string>;
  /** Where in IAM the user lives: `/buyers/`. By default `/`. */
  readonly path?: pulumi.Input<string>;
  /** All of the user's tags, but for the one that says which stack made it. */
  readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** ARN of a managed policy that limits whatever else allows: the permissions boundary. */
  readonly permissionsBoundary?: pulumi.Input<string>;
  /** A password for the console: `password`, or one made here. */
  readonly consoleAccess?: pulumi.Input<boolean>;
  /** By default one of 32 characters that meets every password policy, in the output of the same name. */
  readonly password?: pulumi.Input<string>;
  /** The person must choose another password when signing in first, and needs a policy that allows `iam:ChangePassword`. By default not. */
  readonly passwordResetRequired?: pulumi.Input<boolean>;
  /** An access key for programs, in the outputs `accessKeyId` and `secretAccessKey`. */
  readonly accessKey?: pulumi.Input<boolean>;
  /** The account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A person or program that works with AWS Marketplace: an IAM user, with no rights but those of the groups it is put into.
 * Password and secret key are secrets, in the state as in outputs.
 *
 * A key or password that somebody deletes by hand is found by refresh, and made anew by the next `up`. Keys that the
 * person makes are left alone.
 *
 * **Deleting** it takes away its keys, password, groups and policies, then deletes the user.
 *
 * @example
 * const alice = new AccessUser("alice", { accessKey: true });
 * new GroupMembership("alice", { user: alice.name, group: viewers.name });
 * export const keyOfAlice = alice.secretAccessKey;
 */
export class AccessUser extends MarketplaceResource {
  /** The user's name, the resource's id as well. */
  declare readonly name: pulumi.Output<string>;
  declare readonly arn: pulumi.Output<string>;
  declare readonly path: pulumi.Output<string>;
  declare readonly tags: pulumi.Output<Readonly<Record<string, string>>>;
  /** For the console; a secret. */
  declare readonly password: pulumi.Output<string | undefined>;
  declare readonly accessKeyId: pulumi.Output<string | undefined>;
  /** A secret. */
  declare readonly secretAccessKey: pulumi.Output<string | undefined>;

  constructor(name: string, args: AccessUserArgs = {}, opts?: pulumi.CustomResourceOptions) {
    const secrets = ["password", "secretAccessKey"];
    const { password } = args;
    const declared = {
      ...args,
      name: args.name ?? name,
      ...(password !== undefined && { password: pulumi.secret(password) }),
    };
    const outputs = ["arn", "accessKeyId", "secretAccessKey", ...(password === undefined ? ["password"] : [])];
    super("AccessUser", name, declared, outputs, pulumi.mergeOptions(opts, { additionalSecretOutputs: secrets }));
  }
}
