import type { Schema } from "../changes/change-type";
import { list, object, oneOf } from "../changes/document-shapes";
import { eulaShapes } from "../listing/listing-shape";

/** What a declared offer is made of, by type; see `listing-shape.ts`. */
const word = (sample = "unknown"): Schema => ({ type: "string", sample });
const number = (sample: number): Schema => ({ type: "integer", sample });
const prices: Schema = { type: "object", pricesOf: "string" };
const currency = word("USD");
const grants = (least: number) =>
  list(object({ dimension: word("m5.large"), quantity: number(1) }, ["dimension"]), least);
const fixed = object({ price: word("0"), grants: grants(1), duration: word("P365D") }, ["price", "grants"]);
const freeTrial = object({ days: number(14), grants: grants(1) }, ["days"]);

/** Told apart by `model`. */
const pricing: Readonly<Record<string, Schema>> = {
  byol: object({ model: oneOf("byol"), currency, fixed }, ["model"]),
  free: object({ model: oneOf("free"), dimensions: list(word("m5.large"), 1) }, ["model", "dimensions"]),
  usage: object(
    {
      model: oneOf("usage"),
      currency,
      hourly: prices,
      annual: prices,
      monthly: word("1"),
      metered: prices,
      fixed,
      freeTrial,
    },
    ["model"],
  ),
  contract: object(
    {
      model: oneOf("contract"),
      currency,
      durations: list(object({ duration: word("P365D"), prices }, ["duration", "prices"]), 1),
      choice: oneOf("several", "one"),
      metered: prices,
      fixed,
      freeTrial,
    },
    ["model"],
  ),
};

/** The shape of an offer whose prices and agreement are of the given kinds. Further members are not its business. */
export function offerShape(model: string, eulaType: string): Schema {
  return {
    type: "object",
    required: ["name", "pricing", "eula"],
    properties: {
      productId: word("prod-0000000000000"),
      replaces: word("agmt-0000000000000"),
      name: word(),
      description: word(),
      buyerAccounts: list(word("444455556666"), 1),
      countries: list(word("US"), 1),
      exceptCountries: list(word("US"), 1),
      availabilityEndDate: word("9999-12-31"),
      pricing: pricing[model] ?? ofSomeKind("model", Object.keys(pricing)),
      validity: object({ duration: word("P12M"), startDate: word("9999-12-30"), endDate: word("9999-12-31") }),
      paymentSchedule: list(object({ date: word("9999-12-31"), amount: word("1") }, ["date", "amount"]), 1),
      netPayment: word("P30D"),
      renewal: object({
        priceIncrease: word("3"),
        priceIncreaseRange: object({ least: word("1"), most: word("3"), usual: word("2") }, ["least", "most", "usual"]),
        lockout: word("P30D"),
        adjustmentDeadline: word("P60D"),
        maxRenewals: number(1),
        schedule: list(
          object({ after: word("P0D"), percentage: word("100"), dayOfMonth: number(1) }, ["after", "percentage"]),
          1,
        ),
      }),
      eula: eulaShapes[eulaType] ?? ofSomeKind("type", Object.keys(eulaShapes)),
      refundPolicy: word(),
      preExistingAgreement: object(
        {
          acquisitionChannel: oneOf("AwsMarketplace", "External"),
          pricingModel: oneOf("Byol", "Free", "Usage", "Contract"),
        },
        ["acquisitionChannel", "pricingModel"],
      ),
      tags: { type: "object", pricesOf: "string" },
    },
  };
}

/** Which kind it is, is not known yet or wrong: then nothing is said of its other members. */
function ofSomeKind(name: string, kinds: readonly string[]): Schema {
  return { type: "object", required: [name], properties: { [name]: oneOf(...kinds) } };
}
