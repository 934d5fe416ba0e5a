import {
  BatchMeterUsageCommand,
  MarketplaceMeteringClient,
  type MeterUsageCommandInput,
  RegisterUsageCommand,
  ResolveCustomerCommand,
  type UsageAllocation,
  type UsageRecord,
} from "@aws-sdk/client-marketplace-metering";
import { CancelAgreementCommand, GetAgreementEntitlementsCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { everything } from "../agreement/buyer";
import { allow, peopleOf } from "../auth/people";
import { HOUR, meteredShop, nameOf } from "./metered-shop";

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

test("of equal reports at the same time one is recorded, and of different ones too", async () => {
  const { report, buy, offerId } = await meteredShop();
  await buy(offerId, everything);
  const ids = (await Promise.all(Array.from({ length: 8 }, () => report()))).map((one) => one.MeteringRecordId);
  expect(new Set(ids).size).toBe(1);
  const hourBefore = { Timestamp: new Date("2026-03-02T08:00:00Z") };
  const names = await Promise.all([1, 2, 3].map((UsageQuantity) => nameOf(report({ ...hourBefore, UsageQuantity }))));
  expect(names.toSorted()).toEqual(["DuplicateRequestException", "DuplicateRequestException", "recorded"]);
});

test("what cannot be metered is refused by name", async () => {
  const { report, buy, at, offerId, buyer, ProductCode } = await meteredShop();
  await buy(offerId, everything);
  const said = (more: Partial<MeterUsageCommandInput>) => nameOf(report(more));
  expect(await said(at(-6))).toBe("recorded");
  expect(await said(at(-6.01))).toBe("TimestampOutOfBoundsException");
  expect(await said(at(0.1))).toBe("TimestampOutOfBoundsException");
  expect(await said({ ProductCode: "unknown" })).toBe("InvalidProductCodeException");
  expect(await said({ UsageDimension: "m5.large" })).toBe("InvalidUsageDimensionException");
  expect(await said({ UsageQuantity: 2 ** 31 - 1, ...at(-5) })).toBe("recorded");
  expect(await said({ UsageQuantity: -1 })).toBe("ValidationException");
  for (const [UsageAllocations, name] of allocations) expect(await said({ UsageAllocations })).toBe(name);
  expect(await said({ DryRun: true })).toBe("DryRunOperation");
  const ClientToken = "token";
  expect(await said({ ClientToken, ...at(-1) })).toBe("recorded");
  expect(await said({ ClientToken, ...at(-1), UsageQuantity: 7 })).toBe("IdempotencyConflictException");
  const register = new RegisterUsageCommand({ ProductCode, PublicKeyVersion: 1 });
  await expect(buyer.send(register)).rejects.toMatchObject({ name: "PlatformNotSupportedException" });
  const resolve = new ResolveCustomerCommand({ RegistrationToken: "token" });
  await expect(buyer.send(resolve)).rejects.toMatchObject({ name: "InvalidTokenException" });
});

/** Of 5 gigabytes. */
const allocations: readonly (readonly [UsageAllocation[], string])[] = [
  [[tagged(4, "team")], "InvalidUsageAllocationsException"],
  [[tagged(2, "team"), tagged(3, "team")], "InvalidUsageAllocationsException"],
  [[tagged(2), tagged(3)], "InvalidUsageAllocationsException"],
  [[tagged(5, "team", "team")], "InvalidTagException"],
  [[tagged(5, "a", "b", "c", "d", "e", "f")], "InvalidTagException"],
  [[tagged(5, "team?")], "InvalidTagException"],
  [[tagged(1, "a", "b", "c", "d", "e"), tagged(2, "team"), tagged(2)], "recorded"],
];

test("a dry run says whether its caller may meter", async () => {
  const { report, buy, offerId, market } = await meteredShop();
  await buy(offerId, everything);
  const { person } = peopleOf(market, "buyer");
  const [may, mayNot] = [await person(allow("aws-marketplace:MeterUsage")), await person(allow("s3:*"))];
  const asked = (settings: typeof may, DryRun: boolean) =>
    nameOf(report({ DryRun }, new MarketplaceMeteringClient(settings)));
  expect(await asked(may, true)).toBe("DryRunOperation");
  expect(await asked(mayNot, true)).toBe("UnauthorizedException");
  expect(await asked(mayNot, false)).toBe("AccessDeniedException");
});

test("a seller reports for many customers at once, each hour once", async () => {
  const { batch, record, buy, clock, offerId, buyer, ProductCode } = await meteredShop();
  await buy(offerId, everything);
  const { Results = [] } = await batch([
    record({ Quantity: 1 }),
    record({ CustomerAWSAccountId: "777788889999" }),
    record({ Quantity: 2 }),
    record({ Quantity: 1 }),
    record({ CustomerAWSAccountId: undefined, CustomerIdentifier: "nobody" }),
  ]);
  expect(Results.map(({ Status }) => Status)).toEqual([
    "Success",
    "CustomerNotSubscribed",
    "DuplicateRecord",
    "Success",
    "CustomerNotSubscribed",
  ]);
  expect(Results[0]).toMatchObject({ UsageRecord: { Dimension: "gigabytes", Quantity: 1 } });
  const sameHour = async () => {
    const again = await batch([record({ Quantity: 1 })]);
    return again.Results?.[0]?.MeteringRecordId === Results[0]?.MeteringRecordId;
  };
  expect(Results[3]?.MeteringRecordId).toBe(Results[0]?.MeteringRecordId);
  await clock.turn(HOUR - 1);
  expect(await sameHour()).toBe(true);
  await clock.turn(1);
  expect(await sameHour()).toBe(false);
  const asBuyer = new BatchMeterUsageCommand({ ProductCode, UsageRecords: [record()] });
  await expect(buyer.send(asBuyer)).rejects.toMatchObject({ name: "InvalidProductCodeException" });
});

test("one bad record refuses the batch, and none of it is recorded", async () => {
  const { batch, record, at, buy, offerId } = await meteredShop();
  await buy(offerId, everything);
  const bad: readonly (readonly [Partial<UsageRecord>, string])[] = [
    [at(-6.01), "TimestampOutOfBoundsException"],
    [at(0.01), "TimestampOutOfBoundsException"],
    [{ Dimension: "seats" }, "InvalidUsageDimensionException"],
    [{ CustomerAWSAccountId: undefined }, "InvalidCustomerIdentifierException"],
    [{ CustomerIdentifier: "both" }, "InvalidCustomerIdentifierException"],
    [{ LicenseArn: "arn:aws:license-manager::444455556666:license:l-none" }, "InvalidLicenseException"],
    ...allocations
      .filter(([, name]) => name !== "recorded")
      .map(([UsageAllocations, name]) => [{ UsageAllocations }, name] as const),
  ];
  for (const [more, name] of bad) expect(await nameOf(batch([record({ Quantity: 1 }), record(more)]))).toBe(name);
  expect(await nameOf(batch(Array.from({ length: 26 }, () => record())))).toBe("ValidationException");
  expect((await batch(Array.from({ length: 25 }, () => record()))).Results).toHaveLength(25);
  const Value = "v".repeat(250);
  const UsageAllocations = Array.from({ length: 2500 }, (_, i) => ({
    AllocatedUsageQuantity: 1,
    Tags: [{ Key: `k${i}`, Value }],
  }));
  const large = record({ Quantity: 2500, UsageAllocations });
  expect(await nameOf(batch([large, large]))).toBe("RequestEntityTooLargeException");
});

test("a license names product and agreement, within its time", async () => {
  const { batch, record, at, buy, agreements, clock, offerId } = await meteredShop();
  const agreementId = await buy(offerId, everything);
  const { agreementEntitlements } = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId }));
  const LicenseArn = agreementEntitlements?.[0]?.licenseArn;
  const byLicense = (more: Partial<UsageRecord> = {}) =>
    batch([record({ LicenseArn, ...more })], { ProductCode: undefined });
  expect((await byLicense()).Results).toMatchObject([{ Status: "Success" }]);
  expect((await byLicense({ Quantity: 6 })).Results).toMatchObject([{ Status: "DuplicateRecord" }]);
  // Reported by product as well, it counts twice, as the API reference warns.
  expect((await batch([record({ Quantity: 6 })])).Results).toMatchObject([{ Status: "Success" }]);
  expect(await nameOf(byLicense({ LicenseArn: undefined }))).toBe("InvalidProductCodeException");
  expect(await nameOf(byLicense(at(-2)))).toBe("InvalidLicenseException");
  await clock.turn(2 * HOUR);
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  expect((await byLicense()).Results).toMatchObject([{ Status: "CustomerNotSubscribed" }]);
  await buy(offerId, everything);
  expect(await nameOf(byLicense())).toBe("InvalidLicenseException");
});

function tagged(AllocatedUsageQuantity: number, ...keys: string[]) {
  return { AllocatedUsageQuantity, ...(keys.length > 0 && { Tags: keys.map((Key) => ({ Key, Value: "x" })) }) };
}
