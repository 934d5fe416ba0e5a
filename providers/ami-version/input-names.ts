import type { AmiVersionSpec } from "../../marketplace/listing/ami-listing";

/** What a version is made of; the compiler holds the table against the rule book's type. */
const members: Readonly<Record<keyof AmiVersionSpec, true>> = {
  title: true,
  releaseNotes: true,
  image: true,
  usageInstructions: true,
  recommendedInstanceType: true,
  securityGroups: true,
  accessEndpoint: true,
  deliveryOptionTitle: true,
};

export const specNames = Object.keys(members);
export const inputNames = ["productId", ...specNames, "connection"];
