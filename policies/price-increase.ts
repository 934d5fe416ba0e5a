import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { AmiListing } from "../marketplace/listing/ami-listing";
import { risesOver } from "../marketplace/listing/price-list";
import { agreedFor, type PriceList, priceListSchema } from "./price-list";
import { resourceTypes } from "./resource-types";

interface Config extends PriceList {
  readonly maxPercent?: number;
}

const usualLimit = 10;

/** AWS lets a price go up once in 120 days and buyers read about it 90 days ahead, so a slip is expensive to take back. */
export const priceIncrease: ResourceValidationPolicy = {
  name: "price-increase",
  description: "A listing's prices stay within a percentage of the agreed ones.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      ...priceListSchema,
      maxPercent: { type: "number", minimum: 0, default: usualLimit, description: "How far a price may go up." },
    },
  },
  validateResource: ({ type, name, props, getConfig }, report) => {
    if (type !== resourceTypes.amiProduct) return;
    const { maxPercent = usualLimit, ...list } = getConfig<Config>();
    const agreed = agreedFor(list, name);
    if (agreed === undefined) return;
    for (const { of, from, to } of risesOver(maxPercent, agreed, props["pricing"] as AmiListing["pricing"])) {
      report(`${name}: ${of} goes from ${from} to ${to}, more than ${maxPercent} percent up. Agree on it first.`);
    }
  },
};
