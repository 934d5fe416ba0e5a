import {
  CancelAgreementCommand,
  DescribeAgreementCommand,
  GetAgreementEntitlementsCommand,
  GetAgreementTermsCommand,
  ListAgreementChargesCommand,
  SearchAgreementsCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { everything, openShop } from "./buyer";

test("a buyer finds a listing, reads its price, subscribes, and cancels", async () => {
  const { discover, ask, accept, agreements, productId, offerId } = await openShop();

  const found = (await discover("searchListings", { searchText: "log agent" })) as {
    totalResults: number;
    listingSummaries: { listingId: string }[];
  };
  expect(found).toMatchObject({ totalResults: 1, listingSummaries: [{ listingName: "Log Agent" }] });
  const listing = await discover("getListing", { listingId: found.listingSummaries[0]?.listingId });
  expect(listing).toMatchObject({ associatedEntities: [{ product: { productId }, offer: { offerId } }] });
  const offer = await discover("getOffer", { offerId });
  expect(offer).toMatchObject({ offerName: "Standard", pricingModel: { pricingModelType: "USAGE" }, badges: [] });
  const { offerTerms } = await discover("getOfferTerms", { offerId });
  const hour = { dimensionKey: "m5.large", displayName: "m5.large", unit: "Hrs", price: "0.10" };
  expect(offerTerms).toContainEqual({
    usageBasedPricingTerm: expect.objectContaining({
      type: "UsageBasedPricingTerm",
      rateCards: [{ rateCard: [expect.objectContaining(hour), expect.anything()] }],
    }),
  });

  const { agreementRequestId, chargeSummary } = await ask(offerId, everything);
  expect(chargeSummary).toMatchObject({ currencyCode: "USD", expectedCharges: [], itemizedCharges: [] });
  expect(chargeSummary?.newAgreementValue).toBeUndefined();
  const { agreementId } = await accept(agreementRequestId);

  const agreement = await agreements.send(new DescribeAgreementCommand({ agreementId }));
  expect(agreement).toMatchObject({
    agreementId,
    agreementType: "PurchaseAgreement",
    acceptor: { accountId: "444455556666" },
    proposer: { accountId: "111122223333" },
    proposalSummary: { offerId, resources: [{ id: productId, type: "AmiProduct" }] },
    estimatedCharges: { currencyCode: "USD", agreementValue: "0.00" },
    status: "ACTIVE",
  });
  expect(agreement.startTime).toEqual(agreement.acceptanceTime);
  expect(agreement.endTime).toBeUndefined();
  const entitled = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId }));
  expect(entitled.agreementEntitlements).toMatchObject([
    { resource: { id: productId, type: "AmiProduct" }, status: "PROVISIONED" },
  ]);
  const { acceptedTerms = [] } = await agreements.send(new GetAgreementTermsCommand({ agreementId }));
  expect(acceptedTerms.flatMap((term) => Object.keys(term)).toSorted()).toEqual([
    "legalTerm",
    "supportTerm",
    "usageBasedPricingTerm",
  ]);

  await agreements.send(new CancelAgreementCommand({ agreementId }));
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({
    status: "CANCELLED",
    endTime: expect.any(Date),
  });
  const after = await agreements.send(new GetAgreementEntitlementsCommand({ agreementId }));
  expect(after.agreementEntitlements).toMatchObject([
    { status: "DEPROVISIONED", statusReasonCode: "AGREEMENT_INACTIVE" },
  ]);
  const { agreementViewSummaries } = await agreements.send(
    new SearchAgreementsCommand({
      filters: [
        { name: "PartyType", values: ["Acceptor"] },
        { name: "AgreementType", values: ["PurchaseAgreement"] },
        { name: "Status", values: ["CANCELLED"] },
      ],
    }),
  );
  expect(agreementViewSummaries).toMatchObject([{ agreementId, status: "CANCELLED" }]);
  expect((await agreements.send(new ListAgreementChargesCommand({ agreementId }))).items).toEqual([]);
});
