import { DescribeEntityCommand, ListEntitiesCommand, StartChangeSetCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect } from "vitest";
import type { MarketplaceOptions } from "../../../backend/index";
import type { AmiListing } from "../../../marketplace/listing/ami-listing";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import { amiProduct } from "../../../providers/ami-product/reconciler";
import { offer } from "../../../providers/offer/reconciler";
import type { Properties } from "../../../providers/provider";
import { openMarket, startRun, type Run } from "../support/market";
import { openSeller } from "../support/seller";

const Catalog = "AWSMarketplace";
const day = 86_400_000;

/** The day so many days from now: `2027-01-31`. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * day).toISOString().slice(0, 10);
}

/** A seller with a listing, and a look at the offers that there really are. */
export async function openSales(listing: Partial<AmiListing> = {}, options: MarketplaceOptions = {}) {
  const market = await openMarket(options);
  const seller = await openSeller(market);
  const { id: productId } = await startRun()
    .provider(amiProduct)
    .create({ ...seller.listing({ visibility: "Limited", ...listing }) });
  const spec = (more: Partial<OfferSpec> = {}): OfferSpec => ({ ...northwind, productId, ...more });
  return {
    ...seller,
    market,
    productId,
    spec,
    /** The private offers, by name. */
    offers: async () => {
      const command = new ListEntitiesCommand({ Catalog, EntityType: "Offer", MaxResults: 50 });
      const { EntitySummaryList = [] } = await seller.catalog.send(command);
      return EntitySummaryList.filter(({ OfferSummary }) => OfferSummary?.Targeting?.includes("BuyerAccounts"))
        .map(({ EntityId, Name, OfferSummary }) => ({
          id: EntityId?.split("@")[0] ?? "",
          name: Name,
          open: Date.parse(OfferSummary?.AvailabilityEndDate ?? "") > Date.now(),
        }))
        .toSorted((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1));
    },
    /** What somebody does in the portal. */
    change: async (id: string, ChangeType: string, DetailsDocument: Properties) => {
      const one = { ChangeType, Entity: { Type: "Offer@1.0", Identifier: id }, DetailsDocument };
      await seller.catalog.send(new StartChangeSetCommand({ Catalog, ChangeSet: [JSON.parse(JSON.stringify(one))] }));
      await expect.poll(async () => (await seller.changeSets()).at(-1)?.status).toBe("SUCCEEDED");
    },
    arnOf: async (EntityId: string) =>
      (await seller.catalog.send(new DescribeEntityCommand({ Catalog, EntityId }))).EntityArn ?? "",
  };
}

const northwind: OfferSpec = {
  name: "Log Agent for Northwind",
  buyerAccounts: ["444455556666"],
  availabilityEndDate: inDays(30),
  pricing: { model: "usage", currency: "USD", hourly: { "m7i.large": "0.08", "m7i.xlarge": "0.16" } },
  validity: { duration: "P365D" },
  eula: { type: "standard" },
};

/** What up does with an offer that is not in the state. */
export async function up(spec: OfferSpec | Properties, run: Run = startRun()) {
  const provider = run.provider(offer);
  const { inputs, failures } = await provider.check({}, { ...spec });
  expect(failures).toEqual([]);
  const { id, outs } = await provider.create(inputs);
  return { id, outs, inputs };
}

type Made = Awaited<ReturnType<typeof up>>;

/** What up does with an offer that is: undefined when there is nothing to do, a replacement when AWS wants one. */
export async function upAgain({ id, outs, inputs }: Made, spec: OfferSpec | Properties, run: Run = startRun()) {
  const provider = run.provider(offer);
  const { inputs: news, failures } = await provider.check(inputs, { ...spec });
  expect(failures).toEqual([]);
  const { changes, replaces = [] } = await provider.diff(id, outs, news);
  if (!changes) return undefined;
  if (replaces.length === 0) return { id, inputs: news, replaces, ...(await provider.update(id, outs, news)) };
  const made = { ...(await provider.create(news)), inputs: news, replaces };
  await provider.delete(id, outs);
  return made;
}
