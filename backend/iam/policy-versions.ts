import type {
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  DeletePolicyVersionRequest,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse,
  PolicyVersion as VersionAnswer,
  SetDefaultPolicyVersionRequest,
} from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { awsManagedPolicies } from "./aws-managed-policies";
import { answerDate } from "./dates";
import { encodeDocument } from "./documents";
import { deleteConflict, keepWithin, noSuchEntity } from "./errors";
import { page } from "./paging";
import { findPolicy, managedPolicyDocument, savePolicy } from "./policies";
import type { PolicyVersion } from "./records";

const MOST_VERSIONS = 5;

export const policyVersionHandlers = {
  CreatePolicyVersion(ctx: Context, input: CreatePolicyVersionRequest): CreatePolicyVersionResponse {
    const policy = findPolicy(ctx, input.PolicyArn);
    const document = managedPolicyDocument(input.PolicyDocument);
    keepWithin(
      policy.versions.length + 1,
      MOST_VERSIONS,
      `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
    );
    const createDate = ctx.market.clock.now().toISOString();
    const version = { id: `v${policy.nextVersion}`, document, createDate };
    const defaultVersionId = input.SetAsDefault === true ? version.id : policy.defaultVersionId;
    savePolicy(ctx, {
      ...policy,
      versions: [...policy.versions, version],
      nextVersion: policy.nextVersion + 1,
      defaultVersionId,
      updateDate: createDate,
    });
    return { PolicyVersion: versionAnswer(version, defaultVersionId) };
  },

  GetPolicyVersion(ctx: Context, { PolicyArn, VersionId = "" }: GetPolicyVersionRequest): GetPolicyVersionResponse {
    const { versions, defaultVersionId } = versionsOf(ctx, PolicyArn);
    const version = findVersion(versions, PolicyArn, VersionId);
    const Document = encodeDocument(version.document);
    return { PolicyVersion: { Document, ...versionAnswer(version, defaultVersionId) } };
  },

  /** Newest first. */
  ListPolicyVersions(ctx: Context, input: ListPolicyVersionsRequest): ListPolicyVersionsResponse {
    const { versions, defaultVersionId } = versionsOf(ctx, input.PolicyArn);
    const newestFirst = versions.toReversed();
    const { items, end } = page(newestFirst, input, (version) => String(newestFirst.indexOf(version)));
    return { Versions: items.map((version) => versionAnswer(version, defaultVersionId)), ...end };
  },

  SetDefaultPolicyVersion(ctx: Context, { PolicyArn, VersionId = "" }: SetDefaultPolicyVersionRequest): object {
    const policy = findPolicy(ctx, PolicyArn);
    const { id } = findVersion(policy.versions, PolicyArn, VersionId);
    savePolicy(ctx, { ...policy, defaultVersionId: id, updateDate: ctx.market.clock.now().toISOString() });
    return {};
  },

  DeletePolicyVersion(ctx: Context, { PolicyArn, VersionId = "" }: DeletePolicyVersionRequest): object {
    const policy = findPolicy(ctx, PolicyArn);
    const { id } = findVersion(policy.versions, PolicyArn, VersionId);
    if (id === policy.defaultVersionId) throw deleteConflict("Cannot delete the default version of a policy.");
    savePolicy(ctx, { ...policy, versions: policy.versions.filter((version) => version.id !== id) });
    return {};
  },
};

/** Of a policy AWS publishes only the current version is kept here. */
function versionsOf(ctx: Context, arn: string | undefined) {
  const published = awsManagedPolicies.get(arn ?? "");
  if (published === undefined) return findPolicy(ctx, arn);
  const { versionId, document, updateDate } = published;
  return { versions: [{ id: versionId, document, createDate: updateDate }], defaultVersionId: versionId };
}

function findVersion(versions: readonly PolicyVersion[], arn: string | undefined, id: string): PolicyVersion {
  const version = versions.find((one) => one.id === id);
  if (version === undefined) throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
  return version;
}

function versionAnswer({ id, createDate }: PolicyVersion, defaultVersionId: string): VersionAnswer {
  return { VersionId: id, IsDefaultVersion: id === defaultVersionId, CreateDate: answerDate(createDate) };
}
