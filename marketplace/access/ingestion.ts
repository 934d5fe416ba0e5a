import { managedPolicyArn } from "./policy-document";

/** What lets AWS Marketplace copy an image: seller guide, "Giving AWS Marketplace access to your AMI". */
export const ingestionPolicy = managedPolicyArn("AWSMarketplaceAmiIngestion");

const service = "assets.marketplace.amazonaws.com";

/** Who may assume the role: AWS Marketplace alone. */
export const ingestionTrust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
} as const;

/** Whether a role that trusts and has these lets AWS Marketplace in. */
export function admitsIngestion(trust: string, policies: readonly string[]): boolean {
  return trust.includes(`"${service}"`) && policies.includes(ingestionPolicy);
}
