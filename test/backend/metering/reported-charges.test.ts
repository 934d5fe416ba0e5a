import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CancelAgreementCommand,
  ListAgreementChargesCommand,
  ListAgreementInvoiceLineItemsCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { BatchMeterUsageCommand, MarketplaceMeteringClient } from "@aws-sdk/client-marketplace-metering";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import type { RunningMarketplace } from "../../../backend";
import { buyerOf, everything } from "../agreement/buyer";
import { allow, policy } from "../auth/people";
import { connection } from "../catalog/catalog-market";
import { byCall, CALLS, openSoftwareShop } from "../catalog/software";
import { TurningClock } from "../catalog/turning-clock";
import { BUYER, byTheGigabyte, HOUR, meteredShop, nameOf } from "./metered-shop";

test("what is reported is charged at its price, in the month it was used", async () => {
  const { report, batch, record, buy, offerId, clock, until, charged } = await meteredShop();
  await buy(offerId, everything);
  await report({ UsageQuantity: 120 });
  await batch([record({ Quantity: 3 })]);
  await batch([record({ Quantity: 3 })]);
  await clock.turn(HOUR);
  await report({ UsageQuantity: 0 });
  await until("2026-04-01T05:30:00Z");
  await report({ UsageQuantity: 50, Timestamp: new Date("2026-03-31T23:59:59Z") });
  await report({ UsageQuantity: 7, Timestamp: new Date("2026-04-01T00:00:00Z") });
  expect(await charged()).toEqual([]);
  await until("2026-05-01T06:00:00Z");
  // 173 and 7 at 0.02
  expect(await charged()).toEqual(["3.46", "0.14"]);
});

test("usage from before a subscription is recorded but charged to nobody; what came before its end is charged", async () => {
  const { report, buy, offerId, at, clock, until, agreements, charged } = await meteredShop();
  const agreementId = await buy(offerId, everything);
  await report({ UsageQuantity: 1000, ...at(-3) });
  await clock.turn(HOUR);
  await report({ UsageQuantity: 10 });
  await clock.turn(HOUR);
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  expect(await nameOf(report({ UsageQuantity: 1000 }))).toBe("CustomerNotEntitledException");
  const next = await buy(offerId, everything);
  await report({ UsageQuantity: 4, ...at(-1.5) });
  await report({ UsageQuantity: 5 });
  await until("2026-04-01T06:00:00Z");
  expect(await charged(agreementId)).toEqual(["0.28"]);
  expect(await charged(next)).toEqual(["0.10"]);
});

test("a free trial grants so much of a dimension, over the turn of a month too", async () => {
  const grants = [{ DimensionKey: "gigabytes", MaxQuantity: 100 }];
  const trial = { Type: "FreeTrialPricingTerm", Duration: "P31D", Grants: grants };
  const { report, buy, offerId, clock, until, charged } = await meteredShop(byTheGigabyte(trial));
  await buy(offerId, everything);
  await report({ UsageQuantity: 90 });
  await until("2026-04-01T06:00:00Z");
  expect(await charged()).toEqual([]);
  await report({ UsageQuantity: 30 });
  await clock.turn(2 * 24 * HOUR);
  // The trial has ended on April 2nd.
  await report({ UsageQuantity: 1 });
  await until("2026-05-01T06:00:00Z");
  expect(await charged()).toEqual(["0.42"]);
});

test("each instance reports for itself, to the endpoint of its region", async () => {
  const { market, buy, offerId, launchPaid, report, until, charged } = await meteredShop();
  await buy(offerId, everything);
  const [one, other] = [await launchPaid(), await launchPaid()];
  const asInstance = await instanceRole(market);
  const { MeteringRecordId } = await report({}, await asInstance(one));
  expect((await report({}, await asInstance(one))).MeteringRecordId).toBe(MeteringRecordId);
  expect((await report({}, await asInstance(other))).MeteringRecordId).not.toBe(MeteringRecordId);
  expect(await nameOf(report({ UsageQuantity: 6 }, await asInstance(one)))).toBe("DuplicateRequestException");
  expect(await nameOf(report({}, await asInstance(one, "eu-west-1")))).toBe("InvalidEndpointRegionException");
  await until("2026-04-01T06:00:00Z");
  expect(await charged()).toEqual(["0.20"]);
});

test("software as a service is charged by what its seller reports", async () => {
  const clock = new TurningClock();
  const shop = await openSoftwareShop({ clock }, [CALLS], byCall("0.00012"));
  const { market, ProductCode, buy, offerId, agreements } = shop;
  const agreementId = await buy(offerId, everything);
  const seller = new MarketplaceMeteringClient(connection(market, "seller"));
  const calls = (Quantity: number) => {
    const record = { Timestamp: clock.now(), Dimension: "calls", Quantity, CustomerAWSAccountId: BUYER };
    return seller.send(new BatchMeterUsageCommand({ ProductCode, UsageRecords: [record] }));
  };
  await calls(1234);
  await clock.turn(HOUR);
  await calls(1);
  await clock.turn(40 * 24 * HOUR);
  const { items } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
  expect(items).toMatchObject([{ amount: "0.1482", time: new Date("2026-04-01T06:00:00Z") }]);
  const invoices = new ListAgreementInvoiceLineItemsCommand({ agreementId, groupBy: "INVOICE_ID" });
  const { agreementInvoiceLineItemGroupSummaries } = await buyerOf(market, "seller").agreements.send(invoices);
  expect(agreementInvoiceLineItemGroupSummaries).toMatchObject([{ pricingCurrencyAmount: { amount: "0.15" } }]);
});

/** A role that may meter, whose sessions are named after instances, as those of instance profiles are. */
async function instanceRole(market: RunningMarketplace) {
  const settings = connection(market, "buyer");
  const iam = new IAMClient(settings);
  const RoleName = "Meter";
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: BUYER } };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }));
  const PolicyDocument = policy(allow("aws-marketplace:MeterUsage"));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "Meter", PolicyDocument }));
  const sts = new STSClient(settings);
  return async (RoleSessionName: string, region: string = settings.region) => {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName }));
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return new MarketplaceMeteringClient({ ...settings, region, credentials });
  };
}
