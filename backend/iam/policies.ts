import type {
  CreatePolicyRequest,
  CreatePolicyResponse,
  DeletePolicyRequest,
  GetPolicyRequest,
  GetPolicyResponse,
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  Policy as PolicyAnswer,
} from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { type AwsManagedPolicy, awsManagedPolicies } from "./aws-managed-policies";
import { answerDate } from "./dates";
import { checkDocument, documentSize } from "./documents";
import { alreadyExists, deleteConflict, keepAccountWithin, keepWithin, noSuchEntity } from "./errors";
import { all, group, role, user } from "./identities";
import { newUniqueId } from "./ids";
import { findCustomerPolicy } from "./managed-policies";
import { page } from "./paging";
import { arnOf, type Identity, keyOf, type ManagedPolicy, policies } from "./records";
import { tagList, withTags } from "./tags";

const MOST_POLICIES = 1500;
const LONGEST_POLICY = 6144;

export const policyHandlers = {
  CreatePolicy(ctx: Context, input: CreatePolicyRequest): CreatePolicyResponse {
    const { accountId } = ctx.caller;
    const name = input.PolicyName ?? "";
    if (policies(ctx.market.store).get(keyOf(accountId, name)) !== undefined) {
      throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    keepAccountWithin(ctx, own(ctx).length + 1, MOST_POLICIES, "PoliciesPerAccount");
    const createDate = ctx.market.clock.now().toISOString();
    const policy: ManagedPolicy = {
      accountId,
      name,
      path: input.Path ?? "/",
      id: newUniqueId("ANPA"),
      ...(input.Description !== undefined && { description: input.Description }),
      createDate,
      updateDate: createDate,
      tags: withTags({}, input.Tags),
      versions: [{ id: "v1", document: managedPolicyDocument(input.PolicyDocument), createDate }],
      defaultVersionId: "v1",
      nextVersion: 2,
    };
    savePolicy(ctx, policy);
    return { Policy: { ...policyAnswer(ctx, policy), ...tagsAnswer(policy) } };
  },

  GetPolicy(ctx: Context, { PolicyArn = "" }: GetPolicyRequest): GetPolicyResponse {
    const published = awsManagedPolicies.get(PolicyArn);
    if (published !== undefined) return { Policy: { ...publishedAnswer(ctx, published), Tags: [] } };
    const policy = findPolicy(ctx, PolicyArn);
    return { Policy: { ...policyAnswer(ctx, policy), Description: policy.description, Tags: tagList(policy.tags) } };
  },

  /** AWS's and the account's own; Scope chooses. */
  ListPolicies(ctx: Context, input: ListPoliciesRequest): ListPoliciesResponse {
    const { Scope = "All", OnlyAttached = false, PathPrefix = "/", PolicyUsageFilter } = input;
    const listed = [
      ...(Scope === "Local" ? [] : [...awsManagedPolicies.values()].map((one) => publishedAnswer(ctx, one))),
      ...(Scope === "AWS" ? [] : own(ctx).map((one) => policyAnswer(ctx, one))),
    ].filter((policy) => {
      if (OnlyAttached && policy.AttachmentCount === 0) return false;
      if (PolicyUsageFilter === "PermissionsBoundary" && policy.PermissionsBoundaryUsageCount === 0) return false;
      return policy.Path?.startsWith(PathPrefix) === true;
    });
    const { items, end } = page(listed.toSorted(byArn), input, ({ Arn = "" }) => Arn);
    return { Policies: items, ...end };
  },

  ListEntitiesForPolicy(ctx: Context, input: ListEntitiesForPolicyRequest): ListEntitiesForPolicyResponse {
    const arn = input.PolicyArn ?? "";
    if (!awsManagedPolicies.has(arn)) findPolicy(ctx, arn);
    const holders = holdersOf(ctx, arn).filter(
      ({ noun, holder }) =>
        (input.EntityFilter ?? noun).toLowerCase() === noun && holder.path.startsWith(input.PathPrefix ?? "/"),
    );
    const { items, end } = page(holders, input, ({ noun, holder }) => `${noun} ${holder.name.toLowerCase()}`);
    const named = (wanted: string) => items.filter(({ noun }) => noun === wanted).map(({ holder }) => holder);
    return {
      PolicyUsers: named("user").map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyGroups: named("group").map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: named("role").map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...end,
    };
  },

  DeletePolicy(ctx: Context, { PolicyArn = "" }: DeletePolicyRequest): object {
    const policy = findPolicy(ctx, PolicyArn);
    if (holdersOf(ctx, PolicyArn).length > 0 || boundedBy(ctx, PolicyArn) > 0) {
      throw deleteConflict("Cannot delete a policy attached to entities.");
    }
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
          "The default version is deleted with the policy.",
      );
    }
    policies(ctx.market.store).delete(keyOf(policy.accountId, policy.name));
    return {};
  },
};

/** The caller's own policy of that ARN. */
export function findPolicy(ctx: Context, arn: string | undefined): ManagedPolicy {
  const policy = findCustomerPolicy(ctx.market.store, arn ?? "");
  if (policy?.accountId === ctx.caller.accountId) return policy;
  throw noSuchEntity(`Policy ${arn} was not found.`);
}

export function savePolicy(ctx: Context, policy: ManagedPolicy): void {
  policies(ctx.market.store).put(keyOf(policy.accountId, policy.name), policy);
}

/** Sound, and short enough. */
export function managedPolicyDocument(document: string | undefined): string {
  const text = checkDocument(document, "identity");
  keepWithin(documentSize(text), LONGEST_POLICY, `Cannot exceed quota for PolicySize: ${LONGEST_POLICY}`);
  return text;
}

function own(ctx: Context): ManagedPolicy[] {
  return [...policies(ctx.market.store).list(`${ctx.caller.accountId}/`)].map(([, policy]) => policy);
}

/** The caller's groups, roles and users with the policy, in this order. */
function holdersOf(ctx: Context, arn: string): { readonly noun: string; readonly holder: Identity }[] {
  return [group, role, user].flatMap((kind) =>
    all<Identity>(ctx, kind)
      .filter(({ attached }) => attached.includes(arn))
      .map((holder) => ({ noun: kind.noun, holder })),
  );
}

function boundedBy(ctx: Context, arn: string): number {
  return [...all(ctx, role), ...all(ctx, user)].filter(({ boundary }) => boundary === arn).length;
}

function policyAnswer(ctx: Context, policy: ManagedPolicy): PolicyAnswer {
  const arn = arnOf("policy", policy);
  return { ...answer(ctx, { ...policy, arn }), DefaultVersionId: policy.defaultVersionId };
}

function publishedAnswer(ctx: Context, policy: AwsManagedPolicy): PolicyAnswer {
  return { ...answer(ctx, policy), DefaultVersionId: policy.versionId };
}

function answer(
  ctx: Context,
  {
    name,
    id,
    arn,
    path,
    createDate,
    updateDate,
  }: Pick<AwsManagedPolicy, "name" | "id" | "arn" | "path" | "createDate" | "updateDate">,
): PolicyAnswer {
  return {
    PolicyName: name,
    PolicyId: id,
    Arn: arn,
    Path: path,
    AttachmentCount: holdersOf(ctx, arn).length,
    PermissionsBoundaryUsageCount: boundedBy(ctx, arn),
    IsAttachable: true,
    CreateDate: answerDate(createDate),
    UpdateDate: answerDate(updateDate),
  };
}

function tagsAnswer({ tags }: ManagedPolicy): Pick<PolicyAnswer, "Tags"> {
  const Tags = tagList(tags);
  return Tags.length > 0 ? { Tags } : {};
}

function byArn({ Arn: a = "" }: PolicyAnswer, { Arn: b = "" }: PolicyAnswer): number {
  return a < b ? -1 : Number(a > b);
}
