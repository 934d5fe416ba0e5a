import type { GetAccountSummaryResponse } from "@aws-sdk/client-iam";

import type { Context } from "../service";
import type { Store, Table } from "../storage/store";
import { keysOfUser } from "./access-keys";
import { aliasOf } from "./account-aliases";
import { groups, instanceProfiles, policies, roles, users } from "./records";

export const accountSummaryHandlers = {
  /** What an account has, beside what it may have: IAM User Guide, "IAM and AWS STS quotas". */
  GetAccountSummary({ market, caller }: Context): GetAccountSummaryResponse {
    const { store } = market;
    const { accountId } = caller;
    const count = (table: (store: Store) => Table<unknown>) => [...table(store).list(`${accountId}/`)].length;
    const versions = [...policies(store).list(`${accountId}/`)].map(([, policy]) => policy.versions.length);
    return {
      SummaryMap: {
        Users: count(users),
        UsersQuota: 5000,
        Groups: count(groups),
        GroupsQuota: 300,
        Roles: count(roles),
        RolesQuota: 1000,
        InstanceProfiles: count(instanceProfiles),
        InstanceProfilesQuota: 1000,
        Policies: count(policies),
        PoliciesQuota: 1500,
        PolicySizeQuota: 6144,
        PolicyVersionsInUse: versions.reduce((sum, each) => sum + each, 0),
        PolicyVersionsInUseQuota: 10_000,
        VersionsPerPolicyQuota: 5,
        AttachedPoliciesPerUserQuota: 10,
        AttachedPoliciesPerGroupQuota: 10,
        AttachedPoliciesPerRoleQuota: 10,
        UserPolicySizeQuota: 2048,
        GroupPolicySizeQuota: 5120,
        RolePolicySizeQuota: 10_240,
        AssumeRolePolicySizeQuota: 2048,
        GroupsPerUserQuota: 10,
        AccessKeysPerUserQuota: 2,
        SigningCertificatesPerUserQuota: 2,
        ServerCertificates: 0,
        ServerCertificatesQuota: 20,
        Providers: 0,
        MFADevices: 0,
        MFADevicesInUse: 0,
        AccountMFAEnabled: 0,
        AccountAccessKeysPresent: keysOfUser(store, { accountId }).length > 0 ? 1 : 0,
        AccountSigningCertificatesPresent: 0,
        AccountPasswordPresent: 1,
        GlobalEndpointTokenVersion: 1,
        AccountAliases: aliasOf(store, accountId) === undefined ? 0 : 1,
      },
    } as GetAccountSummaryResponse;
  },
};
