import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../backend/index";
import { buyerOf, everything, shopIn } from "../backend/agreement/buyer";
import { allowVariablePayments, variableTermId } from "../backend/agreement/variable-payments";
import { catalogOf } from "../backend/catalog/catalog-market";
import { seats, takeSeats } from "../backend/agreement/seat-contract";
import { boto3, runPython } from "./python";
import { stock } from "./stocked-market";

describe.skipIf(!boto3)("boto3 with nothing but the profiles, every reply held against its model", () => {
  let market: RunningMarketplace;
  let shop: Awaited<ReturnType<typeof stock>>;
  beforeAll(async () => {
    market = await startMarketplace();
    shop = await stock(market);
  });
  afterAll(() => market.close());

  const python = (script: string, given: object) => runPython(market, script, given);

  test("finds, filters, counts and reads listings, products and offers", { timeout: 60_000 }, async () => {
    const malformed = "ValidationException 400 MALFORMED_REQUEST_PARAMETERS";
    const badToken = "ValidationException 400 INVALID_PAGINATION_TOKEN";
    const notFound = "ResourceNotFoundException 404";
    expect(await python("discovering.py", shop)).toEqual({
      all: [3, ["Log Agent", "Mail Gateway", "Secret Agent"]],
      word: ["Log Agent"],
      prefix: ["Mail Gateway"],
      withinWord: [],
      twoWords: ["Log Agent"],
      nothing: [],
      either: ["Log Agent", "Mail Gateway", "Secret Agent"],
      both: ["Mail Gateway", "Secret Agent"],
      neither: [],
      unrated: [],
      anyRating: 3,
      byPublisher: 3,
      byRating: ["Log Agent", "Mail Gateway", "Secret Agent"],
      strangers: ["Log Agent", "Mail Gateway"],
      onePerPage: [["Log Agent"], ["Mail Gateway"], ["Secret Agent"]],
      facets: {
        CATEGORY: { "log-analysis": 1, security: 2 },
        FULFILLMENT_OPTION_TYPE: { AMAZON_MACHINE_IMAGE: 3 },
        PRICING_MODEL: { USAGE: 3 },
      },
      allFacets: [
        "CATEGORY",
        "DEPLOYED_ON_AWS",
        "FULFILLMENT_OPTION_TYPE",
        "NUMBER_OF_PRODUCTS",
        "PRICING_MODEL",
        "PRICING_UNIT",
        "PUBLISHER",
      ],
      narrowed: [1, [1]],
      listing: [true, "DEPLOYED_ON_AWS"],
      product: "DEPLOYED",
      fulfillment: [["amazonMachineImageFulfillmentOption"]],
      offer: ["USAGE", [], false],
      private: [["PRIVATE_PRICING"], "2099-12-31T23:59:59.999000+00:00"],
      terms: ["configurableUpfrontPricingTerm", "legalTerm", "supportTerm", "usageBasedPricingTerm"],
      options: ["private", "public"],
      publicOptions: ["public"],
      privateOptions: ["private"],
      offerSets: [],
      bySeller: ["private", "public"],
      expired: [],
      strangersOptions: ["public"],
      refused: {
        noListing: notFound,
        noProduct: notFound,
        noOffer: notFound,
        noTerms: notFound,
        noOfferSet: notFound,
        noFulfillment: notFound,
        strangersOffer: notFound,
        noPurchaseFilter: malformed,
        otherPurchaseFilter: malformed,
        wrongScope: malformed,
        badToken,
        othersToken: badToken,
        otherQuery: badToken,
        tooMany: malformed,
        unknownFilter: malformed,
        noValues: malformed,
        emptyText: malformed,
        tooGood: malformed,
        twoRatings: malformed,
        missingId: malformed,
      },
      violations: [],
    });
  });

  test("strikes deals, changes and ends them, from both sides", { timeout: 60_000 }, async () => {
    const { buy } = buyerOf(market, "partner");
    const variableAgreementId = await buy(shop.otherOfferId, everything);
    await allowVariablePayments(market, variableAgreementId, "100");
    expect(await python("dealing.py", { ...shop, variableAgreementId, variableTermId })).toEqual({
      sameToken: true,
      otherInput: "ConflictException 409 AgreementRequest",
      freeNow: { currencyCode: "USD", newAgreementValue: null, expectedCharges: [] },
      entitled: ["PROVISIONED"],
      described: [
        "ACTIVE",
        "444455556666",
        "111122223333",
        "AmiProduct",
        true,
        false,
        true,
        true,
        { currencyCode: "USD", agreementValue: "0.00" },
      ],
      acceptTwice: "ConflictException 409 Agreement",
      buyTwice: "ConflictException 409 Agreement",
      quote: ["730.00", "730.00", "ON_ACCEPTANCE", "730.00", [["m5.large", 0, 2]], "0.00"],
      otherCharge: "ValidationException 400 INVALID_CHARGE_ID",
      staleOrder: "ConflictException 409 Charge",
      amended: [true, 2],
      less: "ValidationException 400 INVALID_INCREMENTAL_CHARGE",
      charges: [
        ["730.00", 2, "PO-2"],
        ["365.00", 1, null],
      ],
      acceptedTerms: ["configurableUpfrontPricingTerm", "legalTerm", "supportTerm"],
      chosen: [{ selectorValue: "P365D", dimensions: [{ dimensionKey: "m5.large", dimensionValue: 3 }] }],
      replaced: ["REPLACED", "ACTIVE"],
      oldEntitlement: "AGREEMENT_INACTIVE",
      ended: "ValidationException 400 INACTIVE_AGREEMENT",
      paidUpfront: "ValidationException 400 UNSUPPORTED_ACTION",
      invoices: [2, "INVOICE", true],
      issuedBefore: 0,
      adjusted: [
        ["a"],
        [
          ["b", "VALIDATION_EXCEPTION"],
          ["c", "RESOURCE_NOT_FOUND_EXCEPTION"],
          ["d", "VALIDATION_EXCEPTION"],
        ],
      ],
      adjustment: ["COMPLETED", ["30"]],
      memo: ["30.00"],
      buyersInvoices: "AccessDeniedException 403 INVALID_ACCESS",
      oneAtATime: "ConflictException 409 AgreementCancellationRequest",
      notTheSeller: "AccessDeniedException 403 INVALID_ACCESS",
      rejected: ["REJECTED", "We need it.", true],
      rejectTwice: "ConflictException 409 AgreementCancellationRequest",
      notTheBuyer: "AccessDeniedException 403 INVALID_ACCESS",
      approved: "APPROVED",
      cancelled: "CANCELLED",
      tooLate: "ConflictException 409 AgreementCancellationRequest",
      askEnded: "ValidationException 400 INACTIVE_AGREEMENT",
      requestsAsAcceptor: ["APPROVED", "CANCELLED", "REJECTED"],
      readAsAcceptor: "A mistake of ours.",
      requestsAsProposer: ["APPROVED", "CANCELLED", "REJECTED"],
      readAsProposer: "A mistake of ours.",
      variable: [true, "100", { paymentRequestApprovalStrategy: "WAIT_FOR_APPROVAL" }],
      beyondTotal: "ValidationException 400 INVALID_CHARGE_AMOUNT",
      buyersRequest: "AccessDeniedException 403 INVALID_ACCESS",
      paid: ["APPROVED", "60", true],
      declined: "Not yet.",
      withdrawn: "CANCELLED",
      payTwice: "ConflictException 409 PaymentRequest",
      strangersPayment: "ResourceNotFoundException 404 Agreement",
      paymentsAsAcceptor: ["APPROVED", "CANCELLED", "REJECTED"],
      paymentsAsProposer: ["APPROVED", "CANCELLED", "REJECTED"],
      paymentCharge: [["60", "PO-7"]],
      wronglySearched: [],
      found: [4, 3, 1, 0, [true], 1, 0, [true]],
      onePerPage: [1, 1, 1],
      latestEndFirst: true,
      refused: {
        noAgreement: "ResourceNotFoundException 404 Agreement",
        strangers: "ResourceNotFoundException 404 Agreement",
        strangersTerms: "ResourceNotFoundException 404 Agreement",
        sellersEntitlements: "AccessDeniedException 403 INVALID_ACCESS",
        sellersCharges: "AccessDeniedException 403 INVALID_ACCESS",
        strangersCharges: "accepted",
        noRequest: "ResourceNotFoundException 404 AgreementRequest",
        noProposal: "ResourceNotFoundException 404 AgreementProposal",
        noParty: "ValidationException 400 MISSING_PARTY_TYPE",
        noType: "ValidationException 400 UNSUPPORTED_FILTERS",
        otherParty: "ValidationException 400 INVALID_PARTY_TYPE",
        otherFilter: "ValidationException 400 INVALID_FILTER_NAME",
        otherStatus: "ValidationException 400 INVALID_FILTER_VALUES",
        twice: "ValidationException 400 INVALID_FILTERS",
        twoValues: "ValidationException 400 INVALID_FILTER_VALUES",
        byStart: "ValidationException 400 INVALID_SORT_BY",
        sideways: "ValidationException 400 INVALID_SORT_ORDER",
        otherCatalog: "ValidationException 400 INVALID_CATALOG",
        tooMany: "ValidationException 400 INVALID_MAX_RESULTS",
        badToken: "ValidationException 400 INVALID_NEXT_TOKEN",
        otherAgreementType: "ValidationException 400 INVALID_AGREEMENT_TYPE",
        listWithoutParty: "ValidationException 400 MISSING_PARTY_TYPE",
        emptyName: "ValidationException 400 INVALID_NAME",
        missingAmount: "ValidationException 400 MISSING_CHARGE_AMOUNT",
        noReason: "ValidationException 400 MISSING_REASON_CODE",
        otherReason: "ValidationException 400 INVALID_REASON_CODE",
        unexplained: "ValidationException 400 MISSING_REASON",
        badRequestId: "ValidationException 400 INVALID_AGREEMENT_REQUEST_ID",
        noOrders: "ValidationException 400 INVALID_PURCHASE_ORDERS",
        sameChargeTwice: "ValidationException 400 DUPLICATE_CHARGES",
        strangersCharge: "ResourceNotFoundException 404 Charge",
        noEntries: "ValidationException 400 MISSING_BILLING_ADJUSTMENT_REQUEST_ENTRY",
        twoAgreements: "ValidationException 400 MULTIPLE_AGREEMENT_IDS",
        badClientToken: "ValidationException 400 INVALID_CLIENT_TOKEN",
      },
      lastly: "CANCELLED",
      violations: [],
    });
  });

  test("uses what was bought: images, instances, entitlements, and people who may", { timeout: 60_000 }, async () => {
    const { buy, entity, offerId, productId } = await shopIn(catalogOf(market), seats);
    await buy(offerId, takeSeats);
    const { DetailsDocument } = await entity(productId);
    const { ProductCode: productCode } = (DetailsDocument as { Description: { ProductCode: string } }).Description;
    const productCodes = [{ ProductCodeId: productCode, ProductCodeType: "marketplace" }];
    expect(await python("using.py", { productId, productCode })).toEqual({
      alias: [true, "aws:ec2:image", "ami-", true],
      parameters: [1, ["/none"]],
      noParameter: "ParameterNotFound 400",
      image: [productCodes, "aws-marketplace", "available"],
      notSubscribed: "OptInRequired 401",
      otherType: "UnsupportedOperation 400",
      instance: ["terminated", true, true],
      entitlements: [["seats", { IntegerValue: 1 }, "444455556666", true]],
      strangersEntitlements: [],
      noProduct: "InvalidParameterException 400",
      tooMany: "InvalidParameterException 400",
      metering: {
        noToken: "InvalidTokenException 400",
        noCustomer: "InvalidProductCodeException 400",
        noDimension: "CustomerNotEntitledException 400",
        noContainer: "CustomerNotEntitledException 400",
      },
      identity: true,
      mayLook: true,
      mayNotSearch: "AccessDeniedException 403",
      mayNotBuy: "AccessDeniedException 403",
      roleMayBuy: "ResourceNotFoundException 404 AgreementProposal",
      role: ["assumed-role/buyers/today", "AccessDenied 403"],
      groups: ["viewers"],
      violations: [],
    });
  });
});
