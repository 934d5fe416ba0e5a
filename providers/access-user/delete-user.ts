import { allPages } from "../iam/all-pages";
import { type IamCalls, orNone } from "../iam/calls";
import { removeAllKeys, removePassword } from "./credentials";

/**
 * Deletes a user with all that IAM wants gone first: IAM User Guide, "Deleting an IAM user". Certificates, SSH keys and MFA devices are
 * not this package's to give, and a user who has some is refused by IAM.
 */
export async function deleteUser(iam: IamCalls, UserName: string): Promise<void> {
  const there = await orNone(removeAllKeys(iam, UserName).then(() => true));
  if (there === undefined) return;
  await removePassword(iam, UserName);
  await leaveGroups(iam, UserName);
  await removePolicies(iam, UserName);
  await orNone(iam((client, { DeleteUserCommand }) => client.send(new DeleteUserCommand({ UserName }))));
}

async function leaveGroups(iam: IamCalls, UserName: string): Promise<void> {
  const pages = await allPages((Marker) =>
    iam((client, { ListGroupsForUserCommand }) => client.send(new ListGroupsForUserCommand({ UserName, Marker }))),
  );
  for (const { GroupName } of pages.flatMap(({ Groups = [] }) => Groups)) {
    await orNone(
      iam((client, { RemoveUserFromGroupCommand }) =>
        client.send(new RemoveUserFromGroupCommand({ UserName, GroupName })),
      ),
    );
  }
}

async function removePolicies(iam: IamCalls, UserName: string): Promise<void> {
  const attached = await allPages((Marker) =>
    iam((client, { ListAttachedUserPoliciesCommand }) =>
      client.send(new ListAttachedUserPoliciesCommand({ UserName, Marker })),
    ),
  );
  for (const { PolicyArn } of attached.flatMap(({ AttachedPolicies = [] }) => AttachedPolicies)) {
    await orNone(
      iam((client, { DetachUserPolicyCommand }) => client.send(new DetachUserPolicyCommand({ UserName, PolicyArn }))),
    );
  }
  const inline = await allPages((Marker) =>
    iam((client, { ListUserPoliciesCommand }) => client.send(new ListUserPoliciesCommand({ UserName, Marker }))),
  );
  for (const PolicyName of inline.flatMap(({ PolicyNames = [] }) => PolicyNames)) {
    await orNone(
      iam((client, { DeleteUserPolicyCommand }) => client.send(new DeleteUserPolicyCommand({ UserName, PolicyName }))),
    );
  }
}
