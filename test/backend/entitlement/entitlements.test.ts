import {
  GetEntitlementsCommand,
  MarketplaceEntitlementServiceClient,
} from "@aws-sdk/client-marketplace-entitlement-service";
import { expect, test } from "vitest";
import { connection } from "../catalog/catalog-market";
import { openShop } from "../agreement/buyer";
import { signedFetch } from "../wire/signed-fetch";
import { seats, takeSeats } from "../agreement/seat-contract";

test("a seller sees what customers have paid for in advance, over CBOR and over JSON", async () => {
  const { buy, entity, market, offerId, productId } = await openShop({}, seats);
  await buy(offerId, takeSeats);
  const { DetailsDocument } = await entity(productId);
  const { ProductCode } = (DetailsDocument as { Description: { ProductCode: string } }).Description;
  const client = new MarketplaceEntitlementServiceClient(connection(market, "seller"));
  const { Entitlements } = await client.send(new GetEntitlementsCommand({ ProductCode }));
  expect(Entitlements).toMatchObject([
    {
      ProductCode,
      Dimension: "seats",
      CustomerAWSAccountId: "444455556666",
      Value: { IntegerValue: 1 },
      ExpirationDate: expect.any(Date),
    },
  ]);
  const of = (account: string) =>
    client.send(new GetEntitlementsCommand({ ProductCode, Filter: { CUSTOMER_AWS_ACCOUNT_ID: [account] } }));
  expect((await of("444455556666")).Entitlements).toHaveLength(1);
  expect((await of("777788889999")).Entitlements).toEqual([]);

  const reply = await signedFetch(market.endpoint, {
    service: "aws-marketplace",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSMPEntitlementService.GetEntitlements",
    },
    body: JSON.stringify({ ProductCode }),
    signer: connection(market, "seller").credentials,
  });
  expect(JSON.parse(reply.text)).toMatchObject({ Entitlements: [{ Dimension: "seats", Value: { IntegerValue: 1 } }] });

  const asBuyer = new MarketplaceEntitlementServiceClient(connection(market, "buyer"));
  await expect(asBuyer.send(new GetEntitlementsCommand({ ProductCode }))).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});
