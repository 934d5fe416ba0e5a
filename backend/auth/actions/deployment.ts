import type { PutDeploymentParameterRequest } from "../../deployment/put-deployment-parameter";
import { parameterOfArn } from "../../deployment/tags";
import type { Context } from "../../service";
import type { Needs, Rights } from "../need";
import { keysOfRequestTags, keysOfResourceTags } from "../request-keys";

interface OnResource {
  readonly resourceArn: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly tagKeys?: readonly string[];
}

/**
 * AWS Marketplace Deployment Service: Service Authorization Reference, "Actions, resources, and condition keys for AWS
 * Marketplace Deployment Service". Tags that come with a parameter need TagResource besides (Access control for the AWS
 * Marketplace Deployment API).
 */
export const rights: Rights = {
  ListTagsForResource: onNamed("ListTagsForResource"),
  PutDeploymentParameter(ctx: Context, { catalog, productId, tags = {} }: PutDeploymentParameterRequest) {
    const resource = `arn:aws:aws-marketplace:${ctx.region}:${ctx.caller.accountId}:DeploymentParameter:catalogs/${catalog}/products/${productId}/*`;
    const keys = keysOfRequestTags(pairs(tags));
    const put = { action: "aws-marketplace:PutDeploymentParameter", resource, keys };
    return Object.keys(tags).length === 0 ? [put] : [put, { ...put, action: "aws-marketplace:TagResource" }];
  },
  TagResource: onNamed("TagResource"),
  UntagResource: onNamed("UntagResource"),
};

function onNamed(operation: string): Needs<OnResource> {
  return (ctx, { resourceArn, tags, tagKeys }) => {
    const keys = {
      ...keysOfResourceTags(parameterOfArn(ctx, resourceArn)?.tags ?? {}),
      ...keysOfRequestTags(pairs(tags ?? {})),
      ...(tagKeys !== undefined && { "aws:TagKeys": tagKeys }),
    };
    return [{ action: `aws-marketplace:${operation}`, resource: resourceArn, keys }];
  };
}

function pairs(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
