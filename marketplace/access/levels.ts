/**
 * What a subscriber's people may do, from least to most: AWS Marketplace buyer guide, "Controlling access to AWS
 * Marketplace subscriptions".
 */
export const accessLevels = ["view", "subscribe", "full-control"] as const;

export type AccessLevel = (typeof accessLevels)[number];

/** The policies that AWS names for its three groups: the same page of the buyer guide. */
export const levelPolicies: Readonly<Record<AccessLevel, string>> = {
  view: "AWSMarketplaceRead-only",
  subscribe: "AWSMarketplaceManageSubscriptions",
  "full-control": "AWSMarketplaceFullAccess",
};

export function isAccessLevel(value: unknown): value is AccessLevel {
  return accessLevels.some((level) => level === value);
}
