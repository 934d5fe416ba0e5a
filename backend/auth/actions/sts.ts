import type { Rights } from "../need";

/**
 * AWS STS. Who one is, and credentials of one's own, need no right; a role's trust policy has its say in AssumeRole, whose
 * handler asks: STS API Reference, "GetCallerIdentity", "GetSessionToken", "AssumeRole".
 */
export const rights: Rights = {
  AssumeRole: () => [],
  DecodeAuthorizationMessage: () => [{ action: "sts:DecodeAuthorizationMessage", resource: "*" }],
  GetAccessKeyInfo: () => [{ action: "sts:GetAccessKeyInfo", resource: "*" }],
  GetCallerIdentity: () => [],
  GetSessionToken: () => [],
};
