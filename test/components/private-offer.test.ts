import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { PrivateOffer, type PrivateOfferArgs } from "../../components/private-offer";
import { AmiProduct, type AmiProductArgs } from "../../providers/ami-product/ami-product";
import { mockCloud, type Made } from "./mock-cloud";

const made: Made[] = [];

beforeEach(() => mockCloud(made, ({ inputs }) => ({ ...inputs, productId: inputs["productId"] ?? "prod-made" })));

const rateCard = { model: "usage", hourly: { "m7i.large": "0.10", "m7i.xlarge": "0.20" } } as const;
const eula = { type: "standard" } as const;

async function run(args: () => PrivateOfferArgs): Promise<Made[]> {
  const component = new PrivateOffer("deals", args());
  expect(Object.keys(component.offers)).not.toEqual([]);
  await pulumi.runtime.disconnect();
  return made.filter(({ type }) => type === "Offer").toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

test("each buyer gets an offer from the rate card: common terms, its own over them, its discount off the prices", async () => {
  const offers = await run(() => ({
    product: "prod-1",
    productName: "Log Agent",
    rateCard,
    availabilityEndDate: "2027-01-31",
    validity: { duration: "P365D" },
    buyers: {
      northwind: { accounts: ["444455556666", "111122223333"], discount: 15 },
      fabrikam: {
        accounts: ["777788889999"],
        discounts: { "m7i.xlarge": 25 },
        availabilityEndDate: "2027-02-28",
        netPayment: "P60D",
        name: "Fabrikam's agents",
      },
    },
  }));
  const common = { productId: "prod-1", eula, validity: { duration: "P365D" } };
  expect(offers.map(({ name, inputs }) => ({ name, inputs }))).toEqual([
    {
      name: "deals-fabrikam",
      inputs: {
        ...common,
        name: "Fabrikam's agents",
        buyerAccounts: ["777788889999"],
        availabilityEndDate: "2027-02-28",
        netPayment: "P60D",
        pricing: { model: "usage", currency: "USD", hourly: { "m7i.large": "0.1", "m7i.xlarge": "0.15" } },
      },
    },
    {
      name: "deals-northwind",
      inputs: {
        ...common,
        name: "Log Agent for northwind",
        buyerAccounts: ["444455556666", "111122223333"],
        availabilityEndDate: "2027-01-31",
        pricing: { model: "usage", currency: "USD", hourly: { "m7i.large": "0.085", "m7i.xlarge": "0.17" } },
      },
    },
  ]);
});

test("an AmiProduct brings its id, its title and its prices", async () => {
  const [offer] = await run(() => ({
    product: new AmiProduct("agent", { title: "Log Agent", pricing: rateCard } as unknown as AmiProductArgs),
    availabilityEndDate: "2027-01-31",
    buyers: { northwind: { accounts: ["444455556666"], discount: 50 } },
  }));
  expect(offer?.inputs).toMatchObject({
    productId: "prod-made",
    name: "Log Agent for northwind",
    pricing: { hourly: { "m7i.large": "0.05", "m7i.xlarge": "0.1" } },
  });
});

test("a buyer may have prices of its own", async () => {
  const pricing = { model: "byol" } as const;
  const [offer] = await run(() => ({
    product: "prod-1",
    buyers: { northwind: { accounts: ["444455556666"], pricing } },
  }));
  expect(offer?.inputs).toMatchObject({ pricing: { model: "byol" } });
});

const accounts = ["444455556666"];
test.each<[string, PrivateOfferArgs, string]>([
  ["nobody to offer it to", { product: "prod-1", buyers: {} }, "buyers names nobody"],
  ["no prices", { product: "prod-1", buyers: { northwind: { accounts } } }, "buyers.northwind: there is no rate card"],
  [
    "a discount over a hundred",
    { product: "prod-1", rateCard, buyers: { northwind: { accounts, discount: 150 } } },
    "buyers.northwind.discount: A discount is 0 to 100 percent",
  ],
  [
    "a discount on prices of its own",
    { product: "prod-1", buyers: { northwind: { accounts, discount: 5, pricing: { model: "byol" } } } },
    "takes no discount",
  ],
])("%s is refused at once", (_what, args, message) => {
  expect(() => new PrivateOffer("deals", args)).toThrow(message);
});
