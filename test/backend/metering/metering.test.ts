import {
  BatchMeterUsageCommand,
  MarketplaceMeteringClient,
  MeterUsageCommand,
  type MeterUsageCommandInput,
  RegisterUsageCommand,
  ResolveCustomerCommand,
} from "@aws-sdk/client-marketplace-metering";
import { expect, test } from "vitest";
import { everything, type Instead, openShop } from "../agreement/buyer";
import { connection } from "../catalog/catalog-market";
import { TurningClock } from "../catalog/turning-clock";

const HOUR = 3_600_000;
const metered: Instead = {
  AddDimensions: [{ Key: "gigabytes", Name: "GB", Description: "GB", Unit: "Units", Types: ["ExternallyMetered"] }],
  UpdatePricingTerms: {
    PricingModel: "Usage",
    Terms: [
      {
        Type: "UsageBasedPricingTerm",
        CurrencyCode: "USD",
        RateCards: [{ RateCard: [{ DimensionKey: "gigabytes", Price: "0.02" }] }],
      },
    ],
  },
};

async function meteredShop() {
  const clock = new TurningClock();
  const shop = await openShop({ clock }, metered);
  const { DetailsDocument } = await shop.entity(shop.productId);
  const { ProductCode } = (DetailsDocument as { Description: { ProductCode: string } }).Description;
  const [buyer, seller] = ["buyer", "seller"].map(
    (account) => new MarketplaceMeteringClient(connection(shop.market, account)),
  );
  if (buyer === undefined || seller === undefined) throw new Error("There are no such accounts.");
  const report = (more: Partial<MeterUsageCommandInput> = {}) =>
    buyer.send(
      new MeterUsageCommand({
        ProductCode,
        Timestamp: clock.now(),
        UsageDimension: "gigabytes",
        UsageQuantity: 5,
        ...more,
      }),
    );
  return { ...shop, clock, ProductCode, buyer, seller, report };
}

test("software reports an hour's usage once; the same again is the same record", async () => {
  const { report, buy, clock, offerId } = await meteredShop();
  await expect(report()).rejects.toMatchObject({ name: "CustomerNotEntitledException" });
  await buy(offerId, everything);
  const { MeteringRecordId } = await report();
  await clock.turn(HOUR / 2);
  expect((await report()).MeteringRecordId).toBe(MeteringRecordId);
  await expect(report({ UsageQuantity: 6 })).rejects.toMatchObject({ name: "DuplicateRequestException" });
  await clock.turn(HOUR);
  expect((await report({ UsageQuantity: 6 })).MeteringRecordId).not.toBe(MeteringRecordId);
});

test("what cannot be metered is refused by name", async () => {
  const { report, buy, clock, offerId, buyer, ProductCode } = await meteredShop();
  await buy(offerId, everything);
  const nameOf = (more: Partial<MeterUsageCommandInput>) =>
    report(more).then(
      () => "recorded",
      (error: Error) => error.name,
    );
  const at = (hours: number) => ({ Timestamp: new Date(clock.now().getTime() + hours * HOUR) });
  expect(await nameOf(at(-6))).toBe("recorded");
  expect(await nameOf(at(-6.01))).toBe("TimestampOutOfBoundsException");
  expect(await nameOf(at(0.1))).toBe("TimestampOutOfBoundsException");
  expect(await nameOf({ ProductCode: "unknown" })).toBe("InvalidProductCodeException");
  expect(await nameOf({ UsageDimension: "m5.large" })).toBe("InvalidUsageDimensionException");
  expect(await nameOf({ UsageAllocations: [tagged(4, "team")] })).toBe("InvalidUsageAllocationsException");
  expect(await nameOf({ UsageAllocations: [tagged(2, "team"), tagged(3, "team")] })).toBe(
    "InvalidUsageAllocationsException",
  );
  expect(await nameOf({ UsageAllocations: [tagged(5, "team", "team")] })).toBe("InvalidTagException");
  expect(await nameOf({ DryRun: true })).toBe("DryRunOperation");
  const ClientToken = "token";
  expect(await nameOf({ ClientToken })).toBe("recorded");
  expect(await nameOf({ ClientToken, UsageQuantity: 7 })).toBe("IdempotencyConflictException");
  const register = new RegisterUsageCommand({ ProductCode, PublicKeyVersion: 1 });
  await expect(buyer.send(register)).rejects.toMatchObject({ name: "PlatformNotSupportedException" });
  const resolve = new ResolveCustomerCommand({ RegistrationToken: "token" });
  await expect(buyer.send(resolve)).rejects.toMatchObject({ name: "InvalidTokenException" });
});

test("a seller reports for many customers at once; a bad time refuses them all", async () => {
  const { seller, buyer, buy, clock, offerId, ProductCode } = await meteredShop();
  await buy(offerId, everything);
  const record = (CustomerAWSAccountId: string, Quantity: number, hours = 0) => ({
    Timestamp: new Date(clock.now().getTime() + hours * HOUR),
    CustomerAWSAccountId,
    Dimension: "gigabytes",
    Quantity,
  });
  const send = (...UsageRecords: ReturnType<typeof record>[]) =>
    seller.send(new BatchMeterUsageCommand({ ProductCode, UsageRecords }));
  const { Results } = await send(record("444455556666", 1), record("777788889999", 1), record("444455556666", 2));
  expect(Results?.map(({ Status }) => Status)).toEqual(["Success", "CustomerNotSubscribed", "DuplicateRecord"]);
  const again = await send(record("444455556666", 1));
  expect(again.Results?.[0]?.MeteringRecordId).toBe(Results?.[0]?.MeteringRecordId);
  await expect(send(record("444455556666", 1), record("444455556666", 1, -7))).rejects.toMatchObject({
    name: "TimestampOutOfBoundsException",
  });
  const asBuyer = new BatchMeterUsageCommand({ ProductCode, UsageRecords: [record("444455556666", 1)] });
  await expect(buyer.send(asBuyer)).rejects.toMatchObject({ name: "InvalidProductCodeException" });
});

function tagged(AllocatedUsageQuantity: number, ...keys: string[]) {
  return { AllocatedUsageQuantity, Tags: keys.map((Key) => ({ Key, Value: "x" })) };
}
