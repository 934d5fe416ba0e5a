/** What this package's resources are called in a stack. */
export const resourceTypes = {
  amiProduct: "pulumi-nodejs:dynamic/marketplace:AmiProduct",
  amiVersion: "pulumi-nodejs:dynamic/marketplace:AmiVersion",
  offer: "pulumi-nodejs:dynamic/marketplace:Offer",
  accessGroup: "pulumi-nodejs:dynamic/marketplace:AccessGroup",
  groupMembership: "pulumi-nodejs:dynamic/marketplace:GroupMembership",
} as const;
