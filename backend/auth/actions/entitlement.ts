import type { Rights } from "../need";

/** AWS Marketplace Entitlement Service: Service Authorization Reference; its one action takes no resource. */
export const rights: Rights = {
  GetEntitlements: () => [{ action: "aws-marketplace:GetEntitlements", resource: "*" }],
};
