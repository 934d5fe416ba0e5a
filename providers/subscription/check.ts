import { checkNames } from "../property-names";
import type { CheckFailure, Properties } from "../provider";
import { isUnknown } from "../unknown";

export const inputNames = ["productId", "offerId", "contract", "autoRenew", "purchaseOrder", "connection"];

/** Older products and offers have ids without a prefix (AWS Marketplace Discovery API, ProductId); none has another's. */
export const productIds = /^(?!offer-|agmt-|prodview-|ami-)[\w-]{1,255}$/;
const offerIds = /^(?!prod-|agmt-|prodview-)[\w-]{1,64}$/;

/** What is wrong with a subscription's inputs, as far as that can be told offline. Unknown values are not judged. */
export function checkSubscription(news: Properties): CheckFailure[] {
  const { productId, offerId, contract, autoRenew, purchaseOrder } = news;
  return [
    ...checkNames(news, inputNames, "Subscription"),
    ...(productId === undefined && offerId === undefined
      ? [{ property: "productId", reason: "A subscription needs productId, or offerId for one of its offers." }]
      : []),
    ...checkText("productId", productId, productIds, "a product's id, such as prod-4ct6fqn7k2mzs"),
    ...checkText("offerId", offerId, offerIds, "an offer's id, such as offer-4ct6fqn7k2mzs"),
    ...checkContract(contract),
    ...(autoRenew === undefined || isUnknown(autoRenew) || typeof autoRenew === "boolean"
      ? []
      : [{ property: "autoRenew", reason: `true or false, not ${JSON.stringify(autoRenew)}.` }]),
    ...checkText("purchaseOrder", purchaseOrder, /./su, "a number, as a text"),
  ];
}

function checkText(property: string, value: unknown, form: RegExp, what: string): CheckFailure[] {
  if (value === undefined || isUnknown(value) || (typeof value === "string" && form.test(value))) return [];
  return [{ property, reason: `This is to be ${what}, not ${JSON.stringify(value)}.` }];
}

/** A duration as offers have it (AWS Marketplace Agreement API, ConfigurableUpfrontPricingTerm), and whole units. */
function checkContract(contract: unknown): CheckFailure[] {
  if (contract === undefined || isUnknown(contract)) return [];
  if (typeof contract !== "object" || contract === null || Array.isArray(contract)) {
    return [
      { property: "contract", reason: 'A contract has a duration and units: { duration: "P365D", units: { … } }.' },
    ];
  }
  const { duration, units, ...others } = { ...contract } as Properties;
  return [
    ...Object.keys(others).map((name) => ({
      property: `contract.${name}`,
      reason: `A contract has no property "${name}". It has duration and units.`,
    })),
    ...(duration === undefined
      ? [{ property: "contract.duration", reason: "A contract needs a duration, such as P365D." }]
      : checkText("contract.duration", duration, /^P(\d+[YMWD])+$/, "a duration that the offer has, such as P365D")),
    ...checkUnits(units),
  ];
}

function checkUnits(units: unknown): CheckFailure[] {
  if (isUnknown(units)) return [];
  const named = typeof units === "object" && units !== null && !Array.isArray(units) ? Object.entries(units) : [];
  if (named.length === 0) {
    return [{ property: "contract.units", reason: 'A contract needs units: how many of which, { "m5.large": 2 }.' }];
  }
  return named
    .filter(([, count]) => !isUnknown(count) && !(Number.isInteger(count) && Number(count) > 0))
    .map(([unit, count]) => ({
      property: `contract.units["${unit}"]`,
      reason: `A whole number from 1 on, not ${JSON.stringify(count)}. Leave out what is not bought.`,
    }));
}
