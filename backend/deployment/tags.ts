import type { Context } from "../service";
import { type DeploymentParameter, parameterArn, parametersIn } from "./parameters";
import { invalid, notFound } from "./refusals";

/** Service quotas for the AWS Marketplace Deployment API. */
const MOST_TAGS = 50;
const KEY = /^[a-zA-Z0-9/_+=.:@-]{1,128}$/;
const VALUE = /^[a-zA-Z0-9/_+=.:@-]{1,256}$/;

interface OnResource {
  readonly resourceArn: string;
}

interface TagResourceRequest extends OnResource {
  readonly tags?: Readonly<Record<string, string>>;
}

interface UntagResourceRequest extends OnResource {
  readonly tagKeys: readonly string[];
}

export function listTagsForResource(ctx: Context, { resourceArn }: OnResource): object {
  return { tags: ownParameter(ctx, resourceArn).tags };
}

/** Adds tags, and replaces the values of those that are there. */
export function tagResource(ctx: Context, { resourceArn, tags: added = {} }: TagResourceRequest): object {
  const parameter = ownParameter(ctx, resourceArn);
  const tags = { ...parameter.tags, ...added };
  checkTags(tags, "tags");
  parametersIn(ctx.market).put({ ...parameter, tags });
  return {};
}

/** Takes tags away; keys that it does not have are no error. */
export function untagResource(ctx: Context, { resourceArn, tagKeys }: UntagResourceRequest): object {
  const parameter = ownParameter(ctx, resourceArn);
  const tags = Object.fromEntries(Object.entries(parameter.tags).filter(([key]) => !tagKeys.includes(key)));
  parametersIn(ctx.market).put({ ...parameter, tags });
  return {};
}

/** ValidationException for tags that no resource can have: too many, of the wrong form, or AWS's own. */
export function checkTags(tags: Readonly<Record<string, string>>, field: string): void {
  const entries = Object.entries(tags);
  if (entries.length > MOST_TAGS) {
    throw invalid(field, `A resource has at most ${MOST_TAGS} tags. It would have ${entries.length}.`);
  }
  for (const [key, value] of entries) {
    if (!KEY.test(key)) throw invalid(field, `The tag key ${key} is not of 1 to 128 letters, digits and /_+=.:@-.`);
    if (!VALUE.test(value)) {
      throw invalid(field, `The value of tag ${key} is not of 1 to 256 letters, digits and /_+=.:@-.`);
    }
    if (key.toLowerCase().startsWith("aws:")) {
      throw invalid(field, `The tag key ${key} begins with aws:, which is reserved.`);
    }
  }
}

/** The deployment parameter of the caller's that an ARN names; undefined where there is none. */
export function parameterOfArn(ctx: Pick<Context, "market" | "caller">, arn: string): DeploymentParameter | undefined {
  const parameter = parametersIn(ctx.market).withId(arn.slice(arn.lastIndexOf("/") + 1));
  const own = parameter?.seller === ctx.caller.accountId && parameterArn(parameter) === arn;
  return own ? parameter : undefined;
}

function ownParameter(ctx: Context, arn: string): DeploymentParameter {
  const parameter = parameterOfArn(ctx, arn);
  if (parameter === undefined) throw notFound(`The resource ${arn} was not found in account ${ctx.caller.accountId}.`);
  return parameter;
}
