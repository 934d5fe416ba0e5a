import type { Service } from "../service";
import { accountAliasHandlers } from "./account-aliases";
import { accountSummaryHandlers } from "./account-summary";
import { attachmentHandlers } from "./attachments";
import { boundaryHandlers } from "./boundaries";
import { credentialReportHandlers } from "./credential-report";
import { groupHandlers } from "./groups";
import { inlinePolicyHandlers } from "./inline-policies";
import { instanceProfileHandlers } from "./instance-profiles";
import { keyHandlers } from "./keys";
import { loginProfileHandlers } from "./login-profiles";
import { policyHandlers } from "./policies";
import { policyVersionHandlers } from "./policy-versions";
import { roleHandlers } from "./roles";
import { serviceLinkedRoleHandlers } from "./service-linked-roles";
import { simulationHandlers } from "./simulation";
import { tagHandlers } from "./tag-operations";
import { userHandlers } from "./users";

/** Identities and their policies: the part of IAM that sellers and buyers use. */
export const service: Service = {
  handlers: {
    ...userHandlers,
    ...groupHandlers,
    ...roleHandlers,
    ...keyHandlers,
    ...inlinePolicyHandlers,
    ...policyHandlers,
    ...policyVersionHandlers,
    ...attachmentHandlers,
    ...boundaryHandlers,
    ...tagHandlers,
    ...instanceProfileHandlers,
    ...loginProfileHandlers,
    ...accountAliasHandlers,
    ...accountSummaryHandlers,
    ...credentialReportHandlers,
    ...simulationHandlers,
    ...serviceLinkedRoleHandlers,
  },
};
