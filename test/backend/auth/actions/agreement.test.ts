import {
  AcceptAgreementCancellationRequestCommand,
  AcceptAgreementPaymentRequestCommand,
  AcceptAgreementRequestCommand,
  CancelAgreementCommand,
  CreateAgreementRequestCommand,
  DescribeAgreementCommand,
  ListAgreementPaymentRequestsCommand,
  MarketplaceAgreementClient,
  SearchAgreementsCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { everything, openShop } from "../../agreement/buyer";
import { allow, peopleOf, refusalOf, type Statement } from "../people";

const action = (name: string) => `aws-marketplace:${name}`;
const may = (name: string, more: Statement = {}) => allow(action(name), more);
const deny = (name: string) => may(name, { Effect: "Deny" });
const onlyIf = (key: string, value: string) => ({ Condition: { StringEquals: { [action(key)]: value } } });

const buying = [may("CreateAgreementRequest"), may("AcceptAgreementRequest")];

/** The rights to buy that product, and no other. */
const limitedTo = (product: string) =>
  buying.map((one) => ({
    ...one,
    Condition: {
      "ForAllValues:StringEquals": { [action("ProductId")]: [product] },
      Null: { [action("ProductId")]: "false" },
    },
  }));

async function open() {
  const shop = await openShop();
  const { person } = peopleOf(shop.market, "buyer");
  const clientOf = async (...rights: readonly object[]) => new MarketplaceAgreementClient(await person(...rights));
  const { agreementProposalId } = await shop.discover("getOffer", { offerId: shop.offerId });
  const quote = new CreateAgreementRequestCommand({
    intent: "NEW",
    agreementProposalIdentifier: agreementProposalId as string,
    requestedTerms: everything(await shop.termsOf(shop.offerId)),
  });
  return { ...shop, clientOf, quote };
}

/** The action that somebody lacks; undefined where it was let through. */
async function lacking(attempt: Promise<unknown>): Promise<string | undefined> {
  return /not authorized to perform: aws-marketplace:(\w+) on resource: \* /.exec(
    (await refusalOf(attempt)) ?? "",
  )?.[1];
}

test("buying takes two rights, and a third to give purchase orders", async () => {
  const { clientOf, quote } = await open();
  const [nobody, quoting, buyer, clerk] = await Promise.all([
    clientOf(may("Subscribe")),
    clientOf(may("CreateAgreementRequest")),
    clientOf(...buying),
    clientOf(...buying, may("UpdatePurchaseOrders")),
  ]);
  expect(await lacking(nobody.send(quote))).toBe("CreateAgreementRequest");
  const { agreementRequestId, chargeSummary } = await quoting.send(quote);
  const accept = new AcceptAgreementRequestCommand({ agreementRequestId });
  expect(await lacking(quoting.send(accept))).toBe("AcceptAgreementRequest");
  const chargeId = chargeSummary?.expectedCharges?.[0]?.id ?? "ch-1a2b3c4d5e6f7";
  const purchaseOrders = [{ chargeId, purchaseOrderReference: "PO-1" }];
  const ordering = new AcceptAgreementRequestCommand({ agreementRequestId, purchaseOrders });
  expect(await lacking(buyer.send(ordering))).toBe("UpdatePurchaseOrders");
  expect(await lacking(clerk.send(ordering))).toBeUndefined();
  await buyer.send(accept);
});

test.each([
  ["the party", "PartyType", "Acceptor", "Proposer"],
  ["the agreement's type", "AgreementType", "PurchaseAgreement", "VendorInsightsAgreement"],
])("%s can be a condition", async (_what, key, right, wrong) => {
  const { clientOf, quote } = await open();
  const [one, other] = await Promise.all([
    clientOf(may("CreateAgreementRequest", onlyIf(key, right))),
    clientOf(may("CreateAgreementRequest", onlyIf(key, wrong))),
  ]);
  await one.send(quote);
  expect(await lacking(other.send(quote))).toBe("CreateAgreementRequest");
});

test("purchases can be limited to products, also when they are accepted", async () => {
  const { clientOf, quote, productId } = await open();
  const [one, other] = await Promise.all([clientOf(...limitedTo(productId)), clientOf(...limitedTo("prod-other"))]);
  expect(await lacking(other.send(quote))).toBe("CreateAgreementRequest");
  const { agreementRequestId } = await one.send(quote);
  expect(await lacking(other.send(new AcceptAgreementRequestCommand({ agreementRequestId })))).toBe(
    "AcceptAgreementRequest",
  );
  await one.send(new AcceptAgreementRequestCommand({ agreementRequestId }));
});

test("letting a seller cancel is cancelling", async () => {
  const { clientOf, buy, offerId } = await open();
  const agreementId = await buy(offerId, everything);
  const accept = new AcceptAgreementCancellationRequestCommand({
    agreementId,
    agreementCancellationRequestId: "acr-1a2b3c4d5e6f7",
  });
  const accepting = may("AcceptAgreementCancellationRequest");
  expect(await lacking((await clientOf(accepting)).send(accept))).toBe("CancelAgreement");
  expect(await lacking((await clientOf(accepting, may("CancelAgreement"))).send(accept))).toBeUndefined();
});

test("a payment with a purchase order needs the right to set orders", async () => {
  const { clientOf } = await open();
  const client = await clientOf(may("AcceptAgreementPaymentRequest"));
  const payment = { agreementId: "agmt-1a2b3c4d5e6f7", paymentRequestId: "pr-1a2b3c4d5e6f7" };
  expect(await lacking(client.send(new AcceptAgreementPaymentRequestCommand(payment)))).toBeUndefined();
  const ordered = { ...payment, purchaseOrderReference: "PO-1" };
  expect(await lacking(client.send(new AcceptAgreementPaymentRequestCommand(ordered)))).toBe("UpdatePurchaseOrders");
});

test("who may see agreements as buyer does not see those as seller", async () => {
  const { clientOf, buy, offerId } = await open();
  const agreementId = await buy(offerId, everything);
  const asBuyer = onlyIf("PartyType", "Acceptor");
  const client = await clientOf(
    ...["SearchAgreements", "DescribeAgreement", "ListAgreementPaymentRequests"].map((name) => may(name, asBuyer)),
  );
  const search = (party: string, type = "PurchaseAgreement") =>
    client.send(
      new SearchAgreementsCommand({
        filters: [
          { name: "PartyType", values: [party] },
          { name: "AgreementType", values: [type] },
        ],
      }),
    );
  expect((await search("Acceptor")).agreementViewSummaries).toHaveLength(1);
  expect(await lacking(search("Proposer"))).toBe("SearchAgreements");
  await client.send(new DescribeAgreementCommand({ agreementId }));
  await client.send(new ListAgreementPaymentRequestsCommand({ partyType: "Acceptor" }));
  const asSeller = client.send(new ListAgreementPaymentRequestsCommand({ partyType: "Proposer" }));
  expect(await lacking(asSeller)).toBe("ListAgreementPaymentRequests");
});

test("the type that a search filters by is the one that it needs a right to", async () => {
  const { clientOf } = await open();
  const client = await clientOf(may("SearchAgreements", onlyIf("AgreementType", "PurchaseAgreement")));
  const search = (type: string) =>
    client.send(
      new SearchAgreementsCommand({
        filters: [
          { name: "PartyType", values: ["Acceptor"] },
          { name: "AgreementType", values: [type] },
        ],
      }),
    );
  await search("PurchaseAgreement");
  expect(await lacking(search("VendorInsightsAgreement"))).toBe("SearchAgreements");
});

test("whoever is kept from subscribing in the console cannot buy here either", async () => {
  const { clientOf, quote, buy, offerId } = await open();
  const agreementId = await buy(offerId, everything);
  const everyRight = may("*");
  const [noBuyer, noCanceller, noViewer] = await Promise.all(
    ["Subscribe", "Unsubscribe", "ViewSubscriptions"].map((name) => clientOf(everyRight, deny(name))),
  );
  await expect(noBuyer?.send(quote)).rejects.toThrow(
    "not authorized to perform: aws-marketplace:Subscribe on resource: * with an explicit deny in an identity-based policy",
  );
  const cancel = new CancelAgreementCommand({ agreementId });
  expect(await lacking(noCanceller?.send(cancel) ?? Promise.resolve())).toBe("Unsubscribe");
  const describe = new DescribeAgreementCommand({ agreementId });
  expect(await lacking(noViewer?.send(describe) ?? Promise.resolve())).toBe("ViewSubscriptions");
  await noBuyer?.send(describe);
  await noViewer?.send(cancel);
});
