import type { AmiProductArgs } from "./ami-product";

/** Every property a program may declare; the compiler holds the table against the arguments. */
const declarable: Readonly<Record<keyof AmiProductArgs, true>> = {
  title: true,
  sku: true,
  shortDescription: true,
  longDescription: true,
  logoUrl: true,
  highlights: true,
  categories: true,
  searchKeywords: true,
  additionalResources: true,
  videoUrl: true,
  promotionalMedia: true,
  supportDescription: true,
  associatedProducts: true,
  regions: true,
  futureRegionSupport: true,
  instanceTypes: true,
  versions: true,
  dimensions: true,
  pricing: true,
  eula: true,
  refundPolicy: true,
  renewal: true,
  offer: true,
  allowlist: true,
  visibility: true,
  tags: true,
  connection: true,
};

export const inputNames = Object.keys(declarable);
