import { decisionOn } from "../auth/authorize";
import type { Need } from "../auth/need";
import { compiled } from "../auth/policies-of";
import type { ContextKeys } from "../auth/policy";
import type { Context } from "../service";
import { catalogArn } from "./arns";
import { entitiesIn, type StoredEntity } from "./entities";
import { notFound } from "./refusals";
import { policyOf } from "./resource-policies";

/** What other accounts can be let do with an entity: Using the AWS Marketplace API to share resources. */
export type SharedAction = "DescribeEntity" | "StartChangeSet";

/** An entity as policies speak of it: its ARN, its owner and what its own policy says. */
export function resourceOf({ market }: Context, entity: StoredEntity): Pick<Need, "resource" | "resourceSide"> {
  const policy = policyOf(market.store, entity.id);
  return {
    resource: catalogArn(entity.owner, entity.type, entity.id),
    resourceSide: {
      accountId: entity.owner,
      ...(policy !== undefined && { policy: compiled(policy, "resource") }),
    },
  };
}

/**
 * Whether an entity of another account has a policy that has the caller in mind for that action, in a request with those
 * condition keys. Whether the caller's own policies agree is another question.
 */
export function isShared(ctx: Context, entity: StoredEntity, action: SharedAction, keys: ContextKeys = {}): boolean {
  const need = { action: `aws-marketplace:${action}`, ...resourceOf(ctx, entity), keys };
  const { allowed, explicit, source } = decisionOn(ctx, need);
  return allowed || explicit || source !== "resource";
}

/**
 * The caller's entity of that id, or another account's that is shared with the caller for that action;
 * ResourceNotFoundException for any other.
 */
export function ownOrShared(ctx: Context, id: string, action: SharedAction, keys?: ContextKeys): StoredEntity {
  const { market, caller } = ctx;
  const entity = entitiesIn(market.store).get(id);
  if (entity !== undefined && (entity.owner === caller.accountId || isShared(ctx, entity, action, keys))) return entity;
  throw notFound(`The entity ${id} was not found in the catalog of account ${caller.accountId}.`);
}
