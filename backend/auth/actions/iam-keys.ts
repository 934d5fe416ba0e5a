import type { Context } from "../../service";
import type { Need } from "../need";
import type { ContextKeys } from "../policy";
import { keysOfRequestTags } from "../request-keys";
import { type Asked, type IamThing, theRole, type Things } from "./iam-things";

/** `iam:PolicyARN`: the managed policy that is put on or taken off. */
export function withPolicy(things: Things): Things {
  return adding(things, (_thing, { PolicyArn }) => ({ "iam:PolicyARN": PolicyArn }));
}

/** `iam:PermissionsBoundary` of a user or role that is there: who manages only what has the right boundary. */
export function withBoundary(things: Things): Things {
  return adding(things, ({ boundary }) => ({ "iam:PermissionsBoundary": boundary }));
}

/** `iam:PermissionsBoundary` that the request sets. */
export function withNewBoundary(things: Things): Things {
  return adding(things, (_thing, { PermissionsBoundary }) => ({ "iam:PermissionsBoundary": PermissionsBoundary }));
}

/** `aws:RequestTag/…` and `aws:TagKeys`. */
export function withNewTags(things: Things): Things {
  return adding(things, (_thing, { Tags, TagKeys }) =>
    TagKeys === undefined ? keysOfRequestTags(Tags) : { "aws:TagKeys": TagKeys },
  );
}

export function and(first: Things, second: Things): Things {
  return (ctx, input) => [...first(ctx, input), ...second(ctx, input)];
}

/** Who puts a role in an instance profile passes it to EC2: IAM API Reference, "AddRoleToInstanceProfile". */
export function passingToInstances(ctx: Context, input: Asked): Need[] {
  return theRole(ctx, input).map(({ resource, keys }) => ({
    action: "iam:PassRole",
    resource,
    keys: { ...keys, "iam:PassedToService": "ec2.amazonaws.com" },
  }));
}

function adding(things: Things, more: (thing: IamThing, input: Asked) => ContextKeys): Things {
  return (ctx, input) =>
    things(ctx, input).map((thing) => ({ ...thing, keys: { ...thing.keys, ...more(thing, input) } }));
}
