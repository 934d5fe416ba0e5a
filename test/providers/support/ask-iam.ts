import {
  GetGroupCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
} from "@aws-sdk/client-iam";

/** What IAM itself says, with a client of the test's own. */
export function askIam(iam: IAMClient) {
  return {
    policiesOf: async (GroupName: string) => {
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
      return AttachedPolicies.map(({ PolicyName = "" }) => PolicyName).toSorted();
    },
    inlineOf: async (GroupName: string) =>
      (await iam.send(new ListGroupPoliciesCommand({ GroupName }))).PolicyNames ?? [],
    membersOf: async (GroupName: string) => {
      const { Users = [] } = await iam.send(new GetGroupCommand({ GroupName }));
      return Users.map(({ UserName = "" }) => UserName).toSorted();
    },
    groupsOf: async (UserName: string) => {
      const { Groups = [] } = await iam.send(new ListGroupsForUserCommand({ UserName }));
      return Groups.map(({ GroupName = "" }) => GroupName).toSorted();
    },
    keysOf: async (UserName: string) => {
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
      return AccessKeyMetadata.map(({ AccessKeyId = "" }) => AccessKeyId);
    },
    document: async (PolicyArn: string): Promise<unknown> => {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      const version = new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId });
      const { PolicyVersion } = await iam.send(version);
      const document: unknown = JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ""));
      return document;
    },
  };
}
