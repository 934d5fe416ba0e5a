import { CancelAgreementCommand, GetAgreementEntitlementsCommand } from "@aws-sdk/client-marketplace-agreement";
import {
  GetEntitlementsCommand,
  MarketplaceEntitlementServiceClient,
} from "@aws-sdk/client-marketplace-entitlement-service";
import {
  BatchMeterUsageCommand,
  MarketplaceMeteringClient,
  ResolveCustomerCommand,
} from "@aws-sdk/client-marketplace-metering";
import { expect, test } from "vitest";
import type { RunningMarketplace } from "../../../backend";
import { everything, openShop } from "../agreement/buyer";
import { connection } from "../catalog/catalog-market";
import { byCall, CALLS, openSoftwareShop } from "../catalog/software";
import { TurningClock } from "../catalog/turning-clock";
import { takeSeats } from "../agreement/seat-contract";

const MINUTE = 60 * 1000;
const publisher = (market: RunningMarketplace, name = "seller") =>
  new MarketplaceMeteringClient(connection(market, name));

type Shop = Awaited<ReturnType<typeof openSoftwareShop>>;

async function tokenOf({ agreements }: Pick<Shop, "agreements">, agreementId: string): Promise<string> {
  const { agreementEntitlements = [] } = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId }));
  return agreementEntitlements[0]?.registrationToken ?? "";
}

test("a buyer's token tells the publisher who the customer is, what was bought and under which license", async () => {
  const shop = await openSoftwareShop();
  const { market, ProductCode, buy, offerId, agreements } = shop;
  const agreementId = await buy(offerId, takeSeats);
  const { agreementEntitlements } = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId }));
  expect(agreementEntitlements).toMatchObject([
    { type: "SaaSProduct", status: "PROVISIONED", registrationToken: expect.stringMatching(/^[A-Za-z0-9+/=.:_-]+$/) },
  ]);
  const [{ licenseArn, registrationToken: RegistrationToken = "" } = {}] = agreementEntitlements ?? [];
  const seller = publisher(market);
  const customer = await seller.send(new ResolveCustomerCommand({ RegistrationToken }));
  expect(customer).toMatchObject({
    CustomerIdentifier: expect.stringMatching(/^\w{11}$/),
    CustomerAWSAccountId: "444455556666",
    ProductCode,
    LicenseArn: licenseArn,
  });
  // Each call gives another token, of the same customer.
  const other = await tokenOf(shop, agreementId);
  expect(other).not.toBe(RegistrationToken);
  const again = await seller.send(new ResolveCustomerCommand({ RegistrationToken: other }));
  expect(again.CustomerIdentifier).toBe(customer.CustomerIdentifier);

  const entitlements = new MarketplaceEntitlementServiceClient(connection(market, "seller"));
  const Filter = { CUSTOMER_IDENTIFIER: [customer.CustomerIdentifier ?? ""] };
  const { Entitlements } = await entitlements.send(new GetEntitlementsCommand({ ProductCode, Filter }));
  expect(Entitlements).toMatchObject([{ Dimension: "seats", Value: { IntegerValue: 1 }, LicenseArn: licenseArn }]);
});

test("a token is good for half an hour, for the publisher, and while the agreement lasts", async () => {
  const clock = new TurningClock();
  const shop = await openSoftwareShop({ clock }, [CALLS], byCall("0.01"));
  const { market, buy, offerId, agreements } = shop;
  const agreementId = await buy(offerId, everything);
  const resolve = (RegistrationToken: string, name = "seller") =>
    publisher(market, name)
      .send(new ResolveCustomerCommand({ RegistrationToken }))
      .then(
        ({ CustomerAWSAccountId }) => CustomerAWSAccountId,
        (error: Error) => error.name,
      );
  const token = await tokenOf(shop, agreementId);
  expect(await resolve(token, "partner")).toBe("InvalidTokenException");
  expect(await resolve(token, "buyer")).toBe("InvalidTokenException");
  expect(await resolve(`${token.slice(0, -8)}AAAAAAA=`)).toBe("InvalidTokenException");
  expect(await resolve("x")).toBe("InvalidTokenException");
  await clock.turn(29 * MINUTE);
  expect(await resolve(token)).toBe("444455556666");
  await clock.turn(2 * MINUTE);
  expect(await resolve(token)).toBe("ExpiredTokenException");
  const late = await tokenOf(shop, agreementId);
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  expect(await resolve(late)).toBe("InvalidTokenException");
  expect(await tokenOf(shop, agreementId)).toBe("");
});

test("customers are resolved in the regions that AWS names, and not in GovCloud", async () => {
  const shop = await openSoftwareShop();
  const RegistrationToken = await tokenOf(shop, await shop.buy(shop.offerId, takeSeats));
  const resolve = (region: string) =>
    new MarketplaceMeteringClient({ ...connection(shop.market, "seller"), region }).send(
      new ResolveCustomerCommand({ RegistrationToken }),
    );
  expect((await resolve("eu-west-1")).CustomerAWSAccountId).toBe("444455556666");
  await expect(resolve("us-gov-west-1")).rejects.toMatchObject({ name: "DisabledApiException" });
});

test("the publisher reports the use of a customer who has registered", async () => {
  const shop = await openSoftwareShop({}, [CALLS], byCall("0.01"));
  const { market, buy, offerId, ProductCode } = shop;
  const RegistrationToken = await tokenOf(shop, await buy(offerId, everything));
  const seller = publisher(market);
  const { CustomerAWSAccountId, LicenseArn } = await seller.send(new ResolveCustomerCommand({ RegistrationToken }));
  const record = { Timestamp: new Date(), Dimension: "calls", Quantity: 12, CustomerAWSAccountId, LicenseArn };
  const { Results } = await seller.send(new BatchMeterUsageCommand({ ProductCode, UsageRecords: [record] }));
  expect(Results).toMatchObject([{ Status: "Success", MeteringRecordId: expect.any(String) }]);
});

test("buyers of an image register nowhere: their entitlement has no token", async () => {
  const { agreements, buy, offerId } = await openShop();
  expect(await tokenOf({ agreements }, await buy(offerId, everything))).toBe("");
});
