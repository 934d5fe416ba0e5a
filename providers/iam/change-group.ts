import { type IamCalls, orNone } from "./calls";
import { deletePolicy, type OwnPolicy, putPolicy } from "./own-policy";
import { membersOf, type SeenGroup } from "./seen-group";
import type { Grants } from "../../marketplace/access/policy-document";

/**
 * Makes a group grant exactly that: what is missing is attached before anything is taken away, so that its members are
 * never without. Policies that somebody else attached or wrote into the group are removed.
 */
export async function grant(iam: IamCalls, group: SeenGroup, grants: Grants, own: OwnPolicy): Promise<void> {
  if (grants.own !== undefined) await putPolicy(iam, own, grants.own);
  const wanted = wantedPolicies(grants, own.arn);
  for (const arn of wanted.filter((one) => !group.policies.includes(one))) await attach(iam, group.name, arn);
  await detachAll(iam, group, new Set(wanted));
  if (grants.own === undefined) await deletePolicy(iam, own);
}

/** ARNs, in order. */
export function wantedPolicies(grants: Grants, ownArn: string): string[] {
  return [...grants.managed, ...(grants.own === undefined ? [] : [ownArn])].toSorted();
}

/** Takes everybody and everything out of a group, then deletes it. */
export async function deleteGroup(iam: IamCalls, group: SeenGroup): Promise<void> {
  const GroupName = group.name;
  for (const UserName of await membersOf(iam, GroupName)) {
    await orNone(
      iam((client, { RemoveUserFromGroupCommand }) =>
        client.send(new RemoveUserFromGroupCommand({ GroupName, UserName })),
      ),
    );
  }
  await detachAll(iam, group, new Set());
  await orNone(iam((client, { DeleteGroupCommand }) => client.send(new DeleteGroupCommand({ GroupName }))));
}

async function attach(iam: IamCalls, GroupName: string, PolicyArn: string): Promise<void> {
  await iam((client, { AttachGroupPolicyCommand }) =>
    client.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
  );
}

async function detachAll(iam: IamCalls, group: SeenGroup, except: ReadonlySet<string>): Promise<void> {
  const GroupName = group.name;
  for (const PolicyArn of group.policies.filter((arn) => !except.has(arn))) {
    await orNone(
      iam((client, { DetachGroupPolicyCommand }) =>
        client.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
      ),
    );
  }
  for (const PolicyName of group.inlinePolicies) {
    await orNone(
      iam((client, { DeleteGroupPolicyCommand }) =>
        client.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
      ),
    );
  }
}
