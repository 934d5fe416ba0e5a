import {
  BatchMeterUsageCommand,
  type BatchMeterUsageCommandInput,
  MarketplaceMeteringClient,
  MeterUsageCommand,
  type MeterUsageCommandInput,
  type UsageRecord,
} from "@aws-sdk/client-marketplace-metering";
import { type Instead } from "../agreement/buyer";
import { paidShop } from "../agreement/paid-shop";
import { connection } from "../catalog/catalog-market";
import { TurningClock } from "../catalog/turning-clock";

export const BUYER = "444455556666";
export const HOUR = 3_600_000;

const gigabytes = {
  Type: "UsageBasedPricingTerm",
  CurrencyCode: "USD",
  RateCards: [{ RateCard: [{ DimensionKey: "gigabytes", Price: "0.02" }] }],
};

/** A listing priced by what the software reports, with further terms. */
export function byTheGigabyte(...more: readonly NonNullable<Instead[string]>[]): Instead {
  return {
    AddDimensions: [{ Key: "gigabytes", Name: "GB", Description: "GB", Unit: "Units", Types: ["ExternallyMetered"] }],
    UpdatePricingTerms: { PricingModel: "Usage", Terms: [gigabytes, ...more] },
  };
}

/** Such a listing, the software in the buyer's account that reports, and the seller who does. */
export async function meteredShop(instead = byTheGigabyte()) {
  const clock = new TurningClock();
  const shop = await paidShop({ clock }, instead);
  const ProductCode = shop.productCode;
  const buyer = new MarketplaceMeteringClient(connection(shop.market, "buyer"));
  const seller = new MarketplaceMeteringClient(connection(shop.market, "seller"));
  const at = (hours: number) => ({ Timestamp: new Date(clock.now().getTime() + hours * HOUR) });
  return {
    ...shop,
    clock,
    until: (moment: string) => clock.turn(Date.parse(moment) - clock.now().getTime()),
    ProductCode,
    buyer,
    seller,
    /** A moment so many hours from now. */
    at,
    /** What the software in the buyer's account says of this hour. */
    report: (more: Partial<MeterUsageCommandInput> = {}, client = buyer) =>
      client.send(
        new MeterUsageCommand({ ProductCode, ...at(0), UsageDimension: "gigabytes", UsageQuantity: 5, ...more }),
      ),
    /** What the seller says of its customers. */
    batch: (UsageRecords: UsageRecord[], more: Partial<BatchMeterUsageCommandInput> = {}) =>
      seller.send(new BatchMeterUsageCommand({ ProductCode, UsageRecords, ...more })),
    /** Of the buyer, now, 5 gigabytes. */
    record: (more: Partial<UsageRecord> = {}): UsageRecord => ({
      ...at(0),
      CustomerAWSAccountId: BUYER,
      Dimension: "gigabytes",
      Quantity: 5,
      ...more,
    }),
  };
}

/** The name of the error that an attempt ends with, or `recorded`. */
export function nameOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => "recorded",
    (error: Error) => error.name,
  );
}
