import { allPages } from "./all-pages";
import { type IamCalls, orNone } from "./calls";

/** A group and what it grants, as IAM has it. */
export interface SeenGroup {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  /** ARNs of the attached managed policies, in order. */
  readonly policies: readonly string[];
  /** Names of inline policies, in order. */
  readonly inlinePolicies: readonly string[];
}

/** Undefined when there is no such group. */
export async function seeGroup(iam: IamCalls, GroupName: string): Promise<SeenGroup | undefined> {
  const found = await orNone(iam((client, { GetGroupCommand }) => client.send(new GetGroupCommand({ GroupName }))));
  if (found?.Group === undefined) return undefined;
  const { Arn: arn = "", Path: path = "/" } = found.Group;
  const [policies, inlinePolicies] = await Promise.all([attachedTo(iam, GroupName), inlineOf(iam, GroupName)]);
  return { name: GroupName, arn, path, policies, inlinePolicies };
}

export async function attachedTo(iam: IamCalls, GroupName: string): Promise<string[]> {
  const pages = await allPages((Marker) =>
    iam((client, { ListAttachedGroupPoliciesCommand }) =>
      client.send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker })),
    ),
  );
  return pages
    .flatMap(({ AttachedPolicies = [] }) => AttachedPolicies)
    .flatMap(({ PolicyArn }) => PolicyArn ?? [])
    .toSorted();
}

async function inlineOf(iam: IamCalls, GroupName: string): Promise<string[]> {
  const pages = await allPages((Marker) =>
    iam((client, { ListGroupPoliciesCommand }) => client.send(new ListGroupPoliciesCommand({ GroupName, Marker }))),
  );
  return pages.flatMap(({ PolicyNames = [] }) => PolicyNames).toSorted();
}

export async function membersOf(iam: IamCalls, GroupName: string): Promise<string[]> {
  const pages = await allPages((Marker) =>
    iam((client, { GetGroupCommand }) => client.send(new GetGroupCommand({ GroupName, Marker }))),
  );
  return pages.flatMap(({ Users = [] }) => Users).flatMap(({ UserName }) => UserName ?? []);
}
