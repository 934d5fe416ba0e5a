import type { Belongings } from "./belongings";
import type { Inputs } from "./inputs";

const NONE = "agmt-1a2b3c4d5e6f7";

/**
 * The seller proposed the listing's agreement. Of one that is not there the caller counts as a buyer, as of any that it did
 * not propose.
 */
export function agreementInputs({ listing }: Belongings): Inputs {
  const { agreementId, quoteId, proposalId, terms } = listing;
  const common = {
    agreementId,
    agreementCancellationRequestId: "acr-1a2b3c4d5e6f7",
    paymentRequestId: "pr-1a2b3c4d5e6f7",
    billingAdjustmentRequestId: "ba-1a2b3c4d5e6f7",
    agreementRequestId: quoteId,
    purchaseOrders: [{ chargeId: "ch-1a2b3c4d5e6f7", purchaseOrderReference: "PO-1" }],
    cancellationReason: "Of the matrix",
    rejectionReason: "Of the matrix",
    reasonCode: "OTHER",
    termId: "term-1a2b3c4d5e6f7",
    name: "Of the matrix",
    chargeAmount: "1.00",
    groupBy: "INVOICE_ID",
    billingAdjustmentRequestEntries: [
      {
        agreementId,
        originalInvoiceId: "INV-1",
        adjustmentAmount: "1.00",
        currencyCode: "USD",
        adjustmentReasonCode: "OTHER",
        clientToken: "a".repeat(32),
      },
    ],
  };
  const asEither = [
    ["as buyer", { ...common, agreementId: NONE }],
    ["as seller", common],
  ] as const;
  const listed = [
    ["as buyer", { partyType: "Acceptor" }],
    ["as seller", { partyType: "Proposer" }],
  ] as const;
  return {
    common,
    special: {
      AcceptAgreementRequest: [
        ["of a product", { agreementRequestId: quoteId }],
        ["with purchase orders", common],
      ],
      AcceptAgreementPaymentRequest: [
        ["without more", common],
        ["with a purchase order", { ...common, purchaseOrderReference: "PO-1" }],
      ],
      CreateAgreementRequest: [
        ["of a product", { intent: "NEW", agreementProposalIdentifier: proposalId, requestedTerms: terms }],
        ["of nothing known", { intent: "NEW", agreementProposalIdentifier: "ap-none", requestedTerms: terms }],
      ],
      DescribeAgreement: asEither,
      GetAgreementCancellationRequest: asEither,
      GetAgreementPaymentRequest: asEither,
      GetAgreementTerms: asEither,
      ListAgreementCancellationRequests: listed,
      ListAgreementPaymentRequests: listed,
      SearchAgreements: [
        ["as buyer", searched("Acceptor")],
        ["as seller", searched("Proposer")],
      ],
    },
  };
}

function searched(party: string): object {
  return {
    filters: [
      { name: "PartyType", values: [party] },
      { name: "AgreementType", values: ["PurchaseAgreement"] },
    ],
  };
}

export function discoveryInputs({ listing: { productId, offerId } }: Belongings): Inputs {
  return {
    common: { productId, offerId, offerSetId: "offerset-1a2b3c4d5e6f7", listingId: productId },
    special: {
      ListPurchaseOptions: { filters: [{ filterType: "PRODUCT_ID", filterValues: [productId] }] },
      SearchFacets: {},
      SearchListings: {},
    },
  };
}

export function entitlementInputs({ listing: { productCode } }: Belongings): Inputs {
  return { common: { ProductCode: productCode } };
}

export function meteringInputs({ listing: { productCode } }: Belongings): Inputs {
  return {
    common: {
      ProductCode: productCode,
      PublicKeyVersion: 1,
      RegistrationToken: "none",
      Timestamp: new Date(),
      UsageDimension: "none",
      UsageQuantity: 1,
      UsageRecords: [{ Timestamp: new Date(), CustomerIdentifier: "none", Dimension: "none", Quantity: 1 }],
    },
  };
}

export function deploymentInputs({ listing: { productId } }: Belongings): Inputs {
  const parameter = `DeploymentParameter:catalogs/AWSMarketplace/products/${productId}/dp-1a2b3c4d5e6f7`;
  return {
    common: {
      catalog: "AWSMarketplace",
      productId,
      resourceArn: `arn:aws:aws-marketplace:us-east-1:111122223333:${parameter}`,
      agreementId: NONE,
      deploymentParameter: { name: "ApiKey", secretString: "of the matrix" },
      tags: { team: "sales" },
      tagKeys: ["team"],
    },
  };
}

export function reportingInputs(): Inputs {
  const dashboard = "AWSMarketplace/ReportingData/Agreement_V1/Dashboard/AgreementSummary_V1";
  return {
    common: {
      dashboardIdentifier: `arn:aws:aws-marketplace::111122223333:${dashboard}`,
      embeddingDomains: ["https://example.com"],
    },
  };
}

export function secretsInputs(): Inputs {
  return { common: { SecretId: "marketplace-deployment!none" }, special: { ListSecrets: {} } };
}

export function ssmInputs(): Inputs {
  const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
  return { common: { Name: name, Names: [name] } };
}
