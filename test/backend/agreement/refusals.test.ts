import {
  CancelAgreementCommand,
  CreateAgreementRequestCommand,
  type CreateAgreementRequestCommandInput,
  DescribeAgreementCommand,
  SearchAgreementsCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { change, hourlyPrices, OFFER } from "../catalog/listing";
import { buyerOf, everything, openShop, without } from "./buyer";

test("what a buyer asks for is refused with the service's reason, and nothing is bought", async () => {
  const { ask, discover, agreements, offerId } = await openShop();
  const { agreementProposalId } = await discover("getOffer", { offerId });
  expect(await reasonOf(ask(offerId, without("legalTerm")))).toBe("MISSING_MANDATORY_TERMS");
  expect(await reasonOf(ask(offerId, without("usageBasedPricingTerm")))).toBe("MISSING_MANDATORY_TERMS");
  expect(await reasonOf(ask(offerId, () => [{ id: "term-other" }]))).toBe("INVALID_REQUESTED_TERM_ID");
  expect(await reasonOf(ask(offerId, (terms) => [...everything(terms), ...everything(terms)]))).toBe(
    "INVALID_REQUESTED_TERMS",
  );
  const configured = { renewalTermConfiguration: { enableAutoRenew: true } };
  expect(await reasonOf(ask(offerId, (terms) => [{ id: terms["legalTerm"]?.id, configuration: configured }]))).toBe(
    "INVALID_REQUESTED_TERM_CONFIGURATION",
  );
  const intent = (more: object) =>
    reasonOf(
      agreements.send(new CreateAgreementRequestCommand({ intent: "NEW", requestedTerms: [{ id: "t" }], ...more })),
    );
  expect(await intent({})).toBe("MISSING_AGREEMENT_PROPOSAL_IDENTIFIER");
  expect(await intent({ intent: "REPLACE", agreementProposalIdentifier: agreementProposalId })).toBe(
    "MISSING_SOURCE_AGREEMENT_IDENTIFIER",
  );
  expect(await intent({ sourceAgreementIdentifier: "agmt-1" })).toBe("INVALID_SOURCE_AGREEMENT_IDENTIFIER");
  await expect(intent({ agreementProposalIdentifier: "at-0000000000000000000000000" })).resolves.toBe(
    "ResourceNotFoundException",
  );
});

test("a request that breaks the model is refused with a reason, and names the member", async () => {
  const { agreements } = await openShop();
  const ask = (input: object) =>
    agreements.send(new CreateAgreementRequestCommand(input as CreateAgreementRequestCommandInput));
  await expect(ask({ intent: "NEW" })).rejects.toMatchObject({
    name: "ValidationException",
    reason: "MISSING_REQUESTED_TERMS",
    fields: [{ name: "requestedTerms" }],
  });
  expect(await reasonOf(ask({ intent: "SOON", requestedTerms: [{ id: "t" }] }))).toBe("INVALID_INTENT");
  expect(await reasonOf(ask({ intent: "NEW", requestedTerms: [{ id: "" }] }))).toBe("INVALID_REQUESTED_TERM_ID");
});

test("a quote is worth nothing once the seller has changed the price", async () => {
  const { ask, accept, run, offerId } = await openShop();
  const { agreementRequestId } = await ask(offerId, everything);
  const cheaper = hourlyPrices({ "m5.large": "0.05", "m5.xlarge": "0.20" });
  await run([change("UpdatePricingTerms", OFFER, offerId, cheaper)]);
  await expect(accept(agreementRequestId)).rejects.toMatchObject({
    name: "ValidationException",
    reason: "SUPERSEDED_AGREEMENT_PROPOSAL",
    $metadata: { httpStatusCode: 400 },
  });
});

test("accepting twice makes one agreement, and asking again names the one in force", async () => {
  const { ask, accept, offerId } = await openShop();
  const clientToken = "one-request";
  const first = await ask(offerId, everything, { clientToken });
  const again = await ask(offerId, everything, { clientToken });
  expect(again.agreementRequestId).toBe(first.agreementRequestId);
  const { agreementId } = await accept(first.agreementRequestId);
  const conflict = {
    name: "ConflictException",
    resourceType: "Agreement",
    resourceId: agreementId,
    $metadata: { httpStatusCode: 409 },
  };
  await expect(accept(first.agreementRequestId)).rejects.toMatchObject(conflict);
  await expect(ask(offerId, everything)).rejects.toMatchObject(conflict);
  await expect(ask(offerId, without("legalTerm"), { clientToken })).rejects.toMatchObject({
    name: "ConflictException",
    resourceType: "AgreementRequest",
  });
});

test("of buyers who accept at the same moment one gets the agreement, also from several requests", async () => {
  const { ask, accept, agreements, offerId } = await openShop();
  const requests = await Promise.all([ask(offerId, everything), ask(offerId, everything)]);
  const ids = requests.flatMap(({ agreementRequestId }) => [
    agreementRequestId,
    agreementRequestId,
    agreementRequestId,
  ]);
  const answers = await Promise.all(
    ids.map((id) =>
      accept(id).then(
        () => "agreed",
        (error: { name: string }) => error.name,
      ),
    ),
  );
  expect(answers.toSorted()).toEqual([...Array.from({ length: 5 }, () => "ConflictException"), "agreed"]);
  const mine = filters({ PartyType: "Acceptor", AgreementType: "PurchaseAgreement" });
  const { agreementViewSummaries } = await agreements.send(new SearchAgreementsCommand({ filters: mine }));
  expect(agreementViewSummaries).toHaveLength(1);
});

test("an agreement is its parties' business, and cancelling it the buyer's", async () => {
  const { buy, market, agreements, offerId } = await openShop();
  const agreementId = await buy(offerId, everything);
  const [seller, partner] = ["seller", "partner"].map((name) => buyerOf(market, name).agreements);
  expect(await seller?.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({ agreementId });
  await expect(partner?.send(new DescribeAgreementCommand({ agreementId }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    resourceType: "Agreement",
    resourceId: agreementId,
    requestId: expect.stringMatching(/^[A-Za-z0-9-]+$/),
  });
  const cancel = new CancelAgreementCommand({ agreementId });
  await expect(seller?.send(cancel)).rejects.toMatchObject({ name: "AccessDeniedException", reason: "INVALID_ACCESS" });
  await agreements.send(cancel);
  await expect(agreements.send(cancel)).rejects.toMatchObject({ reason: "INACTIVE_AGREEMENT" });
});

test("agreements are searched by supported combinations of filters, page by page", async () => {
  const { buy, market, agreements, offerId, productId } = await openShop();
  for (let i = 0; i < 3; i++) {
    const agreementId = await buy(offerId, everything);
    await agreements.send(new CancelAgreementCommand({ agreementId }));
  }
  const bySeller = filters({
    PartyType: "Proposer",
    AgreementType: "PurchaseAgreement",
    AcceptorAccountId: "444455556666",
    ResourceIdentifier: productId,
  });
  const seller = buyerOf(market, "seller").agreements;
  const first = await seller.send(new SearchAgreementsCommand({ filters: bySeller, maxResults: 2 }));
  const { nextToken } = first;
  const rest = await seller.send(new SearchAgreementsCommand({ filters: bySeller, maxResults: 2, nextToken }));
  const ids = [...(first.agreementViewSummaries ?? []), ...(rest.agreementViewSummaries ?? [])].map(
    ({ agreementId }) => agreementId,
  );
  expect(new Set(ids).size).toBe(3);
  expect(rest.nextToken).toBeUndefined();

  const unsupported = filters({
    PartyType: "Acceptor",
    AgreementType: "PurchaseAgreement",
    AcceptorAccountId: "444455556666",
  });
  await expect(agreements.send(new SearchAgreementsCommand({ filters: unsupported }))).rejects.toMatchObject({
    reason: "UNSUPPORTED_FILTERS",
  });
  const elsewhere = filters({ PartyType: "Acceptor", AgreementType: "PurchaseAgreement" });
  await expect(
    agreements.send(new SearchAgreementsCommand({ filters: elsewhere, nextToken: nextToken ?? "" })),
  ).rejects.toMatchObject({ reason: "INVALID_NEXT_TOKEN" });
});

function reasonOf(asking: Promise<unknown>): Promise<string> {
  return asking.then(
    () => "accepted",
    (error: { readonly reason?: string; readonly name: string }) => error.reason ?? error.name,
  );
}

function filters(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, values: [value] }));
}
