import type { Service } from "../service";
import { attachmentHandlers } from "./attachments";
import { boundaryHandlers } from "./boundaries";
import { groupHandlers } from "./groups";
import { inlinePolicyHandlers } from "./inline-policies";
import { instanceProfileHandlers } from "./instance-profiles";
import { keyHandlers } from "./keys";
import { policyHandlers } from "./policies";
import { policyVersionHandlers } from "./policy-versions";
import { roleHandlers } from "./roles";
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
  },
};
