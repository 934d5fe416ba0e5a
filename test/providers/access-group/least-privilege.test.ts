import {
  AcceptAgreementRequestCommand,
  CreateAgreementRequestCommand,
  MarketplaceAgreementClient,
  UpdatePurchaseOrdersCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { afterEach, expect, test } from "vitest";
import { accessGroup } from "../../../providers/access-group/reconciler";
import { accessUser } from "../../../providers/access-user/reconciler";
import { groupMembership } from "../../../providers/group-membership/reconciler";
import { everything, openShop } from "../../backend/agreement/buyer";
import { startRun } from "../support/market";

const before = { ...process.env };

afterEach(() => {
  process.env = before;
});

/** A public listing, its terms, and somebody in a group that may buy these products only. */
async function openWith(products: (productId: string) => string[]) {
  const shop = await openShop();
  const { market, productId, offerId } = shop;
  const { accessKeyId, secretAccessKey } = market.accounts.find(({ name }) => name === "buyer") ?? {};
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
  const run = startRun();
  const group = { name: "Buyers", level: "subscribe", leastPrivilege: true, productIds: products(productId) };
  await run.provider(accessGroup).create(group);
  const { outs } = await run.provider(accessUser).create({ name: "bob", accessKey: true });
  await run.provider(groupMembership).create({ user: "bob", group: "Buyers" });
  const credentials = { accessKeyId: String(outs.accessKeyId), secretAccessKey: String(outs.secretAccessKey) };
  const bob = new MarketplaceAgreementClient({
    endpoint: market.endpoint,
    region: market.region,
    credentials,
    maxAttempts: 1,
  });
  const { agreementProposalId } = await shop.discover("getOffer", { offerId });
  const requestedTerms = everything(await shop.termsOf(offerId));
  const ask = new CreateAgreementRequestCommand({
    intent: "NEW",
    agreementProposalIdentifier: String(agreementProposalId),
    requestedTerms,
  });
  return { bob, ask };
}

test("a group limited to a product buys it", async () => {
  const { bob, ask } = await openWith((productId) => ["prod-1a2b3c4d5e6f7", productId]);
  const { agreementRequestId } = await bob.send(ask);
  const { agreementId } = await bob.send(new AcceptAgreementRequestCommand({ agreementRequestId }));
  expect(agreementId).toMatch(/^agmt-/);
});

test("a group limited to other products does not, nor anything beside buying", async () => {
  const { bob, ask } = await openWith(() => ["prod-1a2b3c4d5e6f7"]);
  await expect(bob.send(ask)).rejects.toThrow("is not authorized to perform: aws-marketplace:CreateAgreementRequest");
  const orders = new UpdatePurchaseOrdersCommand({
    purchaseOrders: [{ chargeId: "ch-1a2b3c4d5e6f7", purchaseOrderReference: "PO-1" }],
  });
  await expect(bob.send(orders)).rejects.toThrow("is not authorized to perform: aws-marketplace:UpdatePurchaseOrders");
});
