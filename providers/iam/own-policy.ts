import type { PolicyDocument } from "../../marketplace/access/policy-document";
import { same } from "../same";
import { allPages } from "./all-pages";
import { type IamCalls, isTaken, orNone } from "./calls";

/** A customer managed policy that belongs to one group. */
export interface OwnPolicy {
  readonly arn: string;
  readonly path: string;
  readonly name: string;
}

export function ownPolicyOf(accountId: string, path: string, name: string): OwnPolicy {
  return { arn: `arn:aws:iam::${accountId}:policy${path}${name}`, path, name };
}

/** The document in force; undefined when there is no such policy. */
export async function documentOf(iam: IamCalls, { arn: PolicyArn }: OwnPolicy): Promise<unknown> {
  const found = await orNone(iam((client, { GetPolicyCommand }) => client.send(new GetPolicyCommand({ PolicyArn }))));
  const VersionId = found?.Policy?.DefaultVersionId;
  if (VersionId === undefined) return undefined;
  const { PolicyVersion } = await iam((client, { GetPolicyVersionCommand }) =>
    client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId })),
  );
  return parsed(PolicyVersion?.Document);
}

/** Makes the policy say this, whether it is there or not. */
export async function putPolicy(iam: IamCalls, policy: OwnPolicy, wanted: PolicyDocument): Promise<void> {
  if (same(await documentOf(iam, policy), wanted)) return;
  const PolicyDocument = JSON.stringify(wanted);
  try {
    await iam((client, { CreatePolicyCommand }) =>
      client.send(new CreatePolicyCommand({ PolicyName: policy.name, Path: policy.path, PolicyDocument })),
    );
  } catch (error) {
    if (!isTaken(error)) throw error;
    if ((await documentOf(iam, policy)) === undefined) {
      const message = `name: a policy named ${policy.name} is there already, made elsewhere. Choose another name for the group. [EntityAlreadyExists]`;
      throw new Error(message, { cause: error });
    }
    await makeRoom(iam, policy);
    await iam((client, { CreatePolicyVersionCommand }) =>
      client.send(new CreatePolicyVersionCommand({ PolicyArn: policy.arn, PolicyDocument, SetAsDefault: true })),
    );
  }
}

/** Does nothing when it is gone. A policy that somebody attached elsewhere is refused by IAM, and stays. */
export async function deletePolicy(iam: IamCalls, { arn: PolicyArn }: OwnPolicy): Promise<void> {
  const versions = await otherVersions(iam, PolicyArn);
  if (versions === undefined) return;
  for (const VersionId of versions) await deleteVersion(iam, PolicyArn, VersionId);
  await orNone(iam((client, { DeletePolicyCommand }) => client.send(new DeletePolicyCommand({ PolicyArn }))));
}

/** A policy has at most five versions: IAM User Guide, "Versioning IAM policies". */
async function makeRoom(iam: IamCalls, { arn }: OwnPolicy): Promise<void> {
  const others = await otherVersions(iam, arn);
  for (const id of others?.slice(3) ?? []) await deleteVersion(iam, arn, id);
}

/** The versions that are not in force, newest first; undefined when there is no such policy. */
async function otherVersions(iam: IamCalls, PolicyArn: string): Promise<string[] | undefined> {
  const pages = await orNone(
    allPages((Marker) =>
      iam((client, { ListPolicyVersionsCommand }) => client.send(new ListPolicyVersionsCommand({ PolicyArn, Marker }))),
    ),
  );
  if (pages === undefined) return undefined;
  const versions = pages.flatMap(({ Versions = [] }) => Versions);
  return versions
    .filter(({ IsDefaultVersion }) => IsDefaultVersion !== true)
    .flatMap(({ VersionId }) => VersionId ?? [])
    .toSorted((a, b) => versionNumber(b) - versionNumber(a));
}

async function deleteVersion(iam: IamCalls, PolicyArn: string, VersionId: string): Promise<void> {
  await orNone(
    iam((client, { DeletePolicyVersionCommand }) =>
      client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId })),
    ),
  );
}

/** Of `v12`. */
function versionNumber(id: string): number {
  return Number(id.slice(1));
}

/** IAM answers with the document's URL encoding. */
function parsed(document: string | undefined): unknown {
  if (document === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(decodeURIComponent(document));
    return value;
  } catch {
    return document;
  }
}
