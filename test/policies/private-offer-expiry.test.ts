import { expect, test } from "vitest";
import { privateOfferExpiry } from "../../policies/private-offer-expiry";
import { offer } from "../../providers/offer/reconciler";
import type { Properties } from "../../providers/provider";
import { judge, resource } from "./run-policy";

const northwind: Properties = {
  productId: "prod-1a2b3c4d5e6f7",
  name: "Log Agent for Northwind",
  buyerAccounts: ["444455556666", "777788889999"],
  availabilityEndDate: "2099-12-31",
  pricing: { model: "usage", hourly: { "m7i.large": "0.08" } },
  eula: { type: "standard" },
};
const { availabilityEndDate: _, ...endless } = northwind;
const { buyerAccounts: _buyers, productId: _product, ...forNobody } = endless;

/** What the resource makes of a declaration is what policies are shown. */
const judged = async (declared: Properties) => {
  const { inputs } = await offer.check({}, declared);
  return judge(privateOfferExpiry, resource("Offer", inputs, "for-northwind"));
};

test("an offer with a last day passes", async () => {
  expect(await judged(northwind)).toEqual([]);
  expect(await judged({ ...forNobody, replaces: "agmt-1a2b3c", availabilityEndDate: "2099-12-31" })).toEqual([]);
});

test("an offer to named buyers without one does not, nor one that replaces an agreement", async () => {
  expect(await judged(endless)).toEqual([
    "for-northwind: the offer to 444455556666, 777788889999 never expires. Set availabilityEndDate.",
  ]);
  expect(await judged({ ...forNobody, replaces: "agmt-1a2b3c" })).toEqual([
    "for-northwind: the offer to the buyer of agmt-1a2b3c never expires. Set availabilityEndDate.",
  ]);
});

test("a public free trial has no last day, and needs none", async () => {
  const pricing = { model: "usage", hourly: { "m7i.large": "0.09" }, freeTrial: { days: 14 } };
  expect(await judged({ ...forNobody, productId: "prod-1a2b3c4d5e6f7", pricing })).toEqual([]);
});
