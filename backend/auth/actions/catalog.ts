import type {
  CancelChangeSetRequest,
  Change,
  DescribeChangeSetRequest,
  DescribeEntityRequest,
  StartChangeSetRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-marketplace-catalog";
import { CATALOG, bareType, catalogArn } from "../../catalog/arns";
import { changeSetsIn } from "../../catalog/change-sets";
import { entitiesIn, parseIdentifier } from "../../catalog/entities";
import { isShared, resourceOf, type SharedAction } from "../../catalog/sharing";
import { tagsOf } from "../../catalog/tags";
import type { Context } from "../../service";
import type { Need, Needs, Rights } from "../need";
import type { ContextKeys } from "../policy";
import { keysOfRequestTags, keysOfResourceTags } from "../request-keys";
import { productOfOffer } from "./offered-product";

/**
 * AWS Marketplace Catalog: Service Authorization Reference, "Actions, resources, and condition keys for AWS Marketplace
 * Catalog", and Access control for the AWS Marketplace Catalog API. The handler of BatchDescribeEntities asks for
 * DescribeEntity of each one, since what is refused for one is answered in its place.
 */
export const rights: Rights = {
  BatchDescribeEntities: () => [],
  CancelChangeSet: (ctx: Context, { ChangeSetId }: CancelChangeSetRequest) => [
    onChangeSet(ctx, "CancelChangeSet", ChangeSetId),
  ],
  DeleteResourcePolicy: onNamed("DeleteResourcePolicy"),
  DescribeChangeSet: (ctx: Context, { ChangeSetId }: DescribeChangeSetRequest) => [
    onChangeSet(ctx, "DescribeChangeSet", ChangeSetId),
  ],
  DescribeEntity: (ctx: Context, { EntityId }: DescribeEntityRequest) => [describing(ctx, EntityId)],
  GetResourcePolicy: onNamed("GetResourcePolicy"),
  /** AWSMarketplaceManageSubscriptions grants it on ChangeSet/*, others on everything: both are to hold. */
  ListChangeSets: (ctx: Context) => [
    { action: "aws-marketplace:ListChangeSets", resource: catalogArn(ctx.caller.accountId, "ChangeSet", "*") },
  ],
  ListEntities: () => [{ action: "aws-marketplace:ListEntities", resource: "*" }],
  ListTagsForResource: onNamed("ListTagsForResource"),
  PutResourcePolicy: onNamed("PutResourcePolicy"),
  StartChangeSet: (ctx: Context, request: StartChangeSetRequest) => [
    ...changeSetTags(ctx, request),
    ...(request.ChangeSet ?? []).flatMap((change) => changing(ctx, change, request)),
  ],
  TagResource: onNamed("TagResource"),
  UntagResource: onNamed("UntagResource"),
};

/** What reading an entity needs. One that the caller's account does not have is of any type. */
export function describing(ctx: Context, id = ""): Need {
  return { action: "aws-marketplace:DescribeEntity", ...entityOf(ctx, "*", id, "DescribeEntity") };
}

/** A right to the resource whose ARN the request gives. */
function onNamed(operation: string): Needs<Partial<TagResourceRequest & UntagResourceRequest>> {
  return (ctx, { ResourceArn = "", Tags, TagKeys }) => {
    const id = ResourceArn.slice(ResourceArn.lastIndexOf("/") + 1);
    const keys = {
      ...keysOfResourceTags(tagsOf(ctx.market.store, id)),
      ...keysOfRequestTags(Tags),
      ...(TagKeys !== undefined && { "aws:TagKeys": TagKeys }),
    };
    const entity = entitiesIn(ctx.market.store).get(id);
    const own = entity?.owner === ctx.caller.accountId ? resourceOf(ctx, entity) : undefined;
    const resourceSide = own?.resource === ResourceArn ? own.resourceSide : undefined;
    return [{ action: `aws-marketplace:${operation}`, resource: ResourceArn, keys, resourceSide }];
  };
}

/** A policy can look at the types of the changes that a set is made of. */
function onChangeSet({ caller, market }: Context, operation: string, id = ""): Need {
  const changeSets = changeSetsIn(market.store);
  const changeSet = changeSets.get(caller.accountId, id);
  const types = changeSet === undefined ? [] : changeSets.changesOf(changeSet).map(({ changeType }) => changeType);
  return {
    action: `aws-marketplace:${operation}`,
    resource: catalogArn(caller.accountId, "ChangeSet", id),
    keys: { ...keysOfResourceTags(tagsOf(market.store, id)), "catalog:ChangeType": [...new Set(types)] },
  };
}

/** A change needs StartChangeSet on its entity and on change sets, with its own type as condition key. */
function changing(ctx: Context, change: Change, { Intent = "APPLY", ChangeSetTags, ChangeSet }: StartChangeSetRequest) {
  const { ChangeType = "", Entity, EntityTags } = change;
  const keys = (changeType: string) => ({ "catalog:ChangeType": changeType, "aws-marketplace:Intent": Intent });
  const entity = entityOf(ctx, bareType(Entity?.Type ?? ""), Entity?.Identifier, "StartChangeSet", keys(ChangeType));
  const entityTags = keysOfRequestTags(EntityTags);
  const starting = "aws-marketplace:StartChangeSet";
  const needs: Need[] = [
    { action: starting, ...entity, keys: { ...entity.keys, ...entityTags, ...keys(ChangeType) } },
    {
      action: starting,
      resource: catalogArn(ctx.caller.accountId, "ChangeSet", "*"),
      keys: { ...keysOfRequestTags(ChangeSetTags), ...keys(ChangeType) },
    },
  ];
  if (EntityTags !== undefined && EntityTags.length > 0) {
    needs.push({ action: "aws-marketplace:TagResource", resource: entity.resource, keys: entityTags });
  }
  const product = ChangeType === "CreateOffer" ? productOfOffer(change, ChangeSet ?? []) : undefined;
  if (product !== undefined) {
    const offered = entityOf(ctx, product.type, product.identifier, "StartChangeSet");
    needs.push({ action: starting, ...offered, keys: { ...offered.keys, ...keys("CreateOfferOnProduct") } });
  }
  return needs;
}

function changeSetTags({ caller }: Context, { ChangeSetTags }: StartChangeSetRequest): Need[] {
  if (ChangeSetTags === undefined || ChangeSetTags.length === 0) return [];
  const resource = catalogArn(caller.accountId, "ChangeSet", "*");
  return [{ action: "aws-marketplace:TagResource", resource, keys: keysOfRequestTags(ChangeSetTags) }];
}

/** What has no id yet, because this set or another change of it makes it, is any of its type. */
function entityOf(
  ctx: Context,
  type: string,
  identifier: string | undefined,
  action: SharedAction,
  keys?: ContextKeys,
): Omit<Need, "action"> {
  const { caller, market } = ctx;
  if (identifier === undefined || identifier.startsWith("$")) {
    return { resource: catalogArn(caller.accountId, type, "*") };
  }
  const { id } = parseIdentifier(identifier);
  const known = entitiesIn(market.store).get(id);
  if (known === undefined || (known.owner !== caller.accountId && !isShared(ctx, known, action, keys))) {
    return { resource: `arn:aws:aws-marketplace:us-east-1:${caller.accountId}:${CATALOG}/${type}/${id}` };
  }
  return { ...resourceOf(ctx, known), keys: keysOfResourceTags(tagsOf(market.store, id)) };
}
