import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, type AssumeRoleRequest, type Credentials, STSClient } from "@aws-sdk/client-sts";
import { allow, openWithPeople, policy, refusalOf, SELLER } from "../auth/people";
import type { connection } from "../catalog/catalog-market";

export type Settings = ReturnType<typeof connection> & { readonly credentials: { readonly sessionToken?: string } };

/** A marketplace with users and roles of the seller. */
export async function openWithRoles() {
  const people = await openWithPeople();
  const iam = new IAMClient(people.admin());
  /** A role that everybody of the seller's account may take, with these rights. */
  const role = async (RoleName: string, rights: readonly object[], trusting: object = {}) => {
    const Principal = { AWS: `arn:aws:iam::${SELLER}:root` };
    const trust = allow(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], { Principal, ...trusting });
    const AssumeRolePolicyDocument = policy({ ...trust, Resource: undefined });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const PolicyDocument = policy(...rights);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "Rights", PolicyDocument }));
    return `arn:aws:iam::${SELLER}:role/${RoleName}`;
  };
  return { ...people, iam, role };
}

/** Settings of a session of the role. */
export async function assume(by: Settings, RoleArn: string, more: Partial<AssumeRoleRequest> = {}): Promise<Settings> {
  const { Credentials } = await new STSClient(by).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "ana", ...more }),
  );
  return settingsOf(by, Credentials);
}

/** Settings with other credentials. */
export function settingsOf(like: Settings, credentials: Partial<Credentials> = {}): Settings {
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken } = credentials;
  return {
    ...like,
    credentials: { accessKeyId, secretAccessKey, ...(SessionToken && { sessionToken: SessionToken }) },
  };
}

/** What the S3 that these settings lead to says to listing buckets: nothing where it lists them. */
export const lists = (settings: Settings) =>
  refusalOf(new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({})));
