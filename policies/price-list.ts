import type { PolicyConfigSchema } from "@pulumi/policy";
import type { AmiListing, ListingPricing } from "../marketplace/listing/ami-listing";

/**
 * Prices that were agreed on, by the listing's name in the program, each written as in the listing itself. A pack is
 * shown the declared prices and never those of the last run, so what they are held against has to be written down.
 */
export interface PriceList {
  readonly agreed?: Readonly<Record<string, ListingPricing>>;
}

export const priceListSchema: PolicyConfigSchema["properties"] = {
  agreed: {
    type: "object",
    description: "The agreed prices of each listing, by its name in the program, written as its `pricing`.",
    additionalProperties: {
      type: "object",
      properties: { model: { enum: ["free", "byol", "usage", "contract"] } },
      required: ["model"],
    },
  },
};

/** The agreed prices of a listing; undefined where nothing was agreed on. */
export function agreedFor({ agreed = {} }: PriceList, name: string): AmiListing["pricing"] | undefined {
  return Object.hasOwn(agreed, name) ? agreed[name] : undefined;
}
