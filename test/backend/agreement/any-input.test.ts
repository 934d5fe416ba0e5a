import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  constraints as agreementLimits,
  shapes as agreementShapes,
} from "../../../backend/wire/models/marketplace-agreement";
import {
  constraints as discoveryLimits,
  shapes as discoveryShapes,
} from "../../../backend/wire/models/marketplace-discovery";
import { connection } from "../catalog/catalog-market";
import { fits, inputsOf, type Known, resolve } from "../wire/inputs-by-model";
import { signedFetch } from "../wire/signed-fetch";
import { buyerOf, everything, openShop } from "./buyer";
import { allowVariablePayments } from "./variable-payments";

/** What each operation may answer with, besides ValidationException and AccessDeniedException. */
const LISTS = ["SearchAgreements", "ListAgreementCharges", "ListAgreementPaymentRequests"];
const MORE_LISTS = ["ListAgreementCancellationRequests", "ListBillingAdjustmentRequests"];
const SEARCHES = ["SearchListings", "SearchFacets", "ListPurchaseOptions"];
const nothingToMiss = new Set([...LISTS, ...MORE_LISTS, ...SEARCHES, "BatchCreateBillingAdjustmentRequest"]);
const conflicting = /^(Accept|Cancel|Reject|Send|Create|Batch|Update)/;

function mayAnswer(operation: string, code: string): boolean {
  if (code === "ValidationException" || code === "AccessDeniedException") return true;
  if (code === "ResourceNotFoundException") return !nothingToMiss.has(operation);
  if (code === "ConflictException") return conflicting.test(operation);
  return code === "ServiceQuotaExceededException" && operation === "CreateAgreementRequest";
}

/** What a member most likely means. */
const MEANT: Readonly<Record<string, RegExp>> = {
  agreementId: /^agmt-/,
  sourceAgreementIdentifier: /^agmt-/,
  agreementProposalIdentifier: /^at-/,
  agreementRequestId: /^ar-/,
  paymentRequestId: /^pr-/,
  agreementCancellationRequestId: /^acr-/,
  billingAdjustmentRequestId: /^ba-/,
  chargeId: /^ch-/,
  originalInvoiceId: /^INV/,
  invoiceId: /^INV/,
  termId: /^term-variable/,
  id: /^term-/,
  offerId: /^offer-/,
  productId: /^prod-/,
  listingId: /^prodview-/,
  partyType: /^(Acceptor|Proposer)$/,
  agreementType: /^PurchaseAgreement$/,
  catalog: /^AWSMarketplace$/,
  sortBy: /^EndTime$/,
  chargeAmount: /^\d/,
  adjustmentAmount: /^\d/,
  currencyCode: /^USD$/,
};

const ids = /"(?:(?:agmt|at|ar|pr|acr|ba|ch|term|offer|prod|prodview|seller)-\w+|INV\w+)"/g;
const words =
  "Acceptor Proposer PurchaseAgreement AWSMarketplace PartyType AgreementType Status ACTIVE EndTime 5.5 USD";

test("whatever the models allow is answered, and refused with nothing but the operation's own errors", async () => {
  const shop = await openShop();
  const said = new Set([shop.offerId, shop.productId, ...words.split(" ")]);
  /** Something to deal with, each time anew, since any input may have ended it. */
  const agree = async (account: string) => {
    const agreementId = await buyerOf(shop.market, account)
      .buy(shop.offerId, everything)
      .catch(() => undefined);
    if (agreementId === undefined) return;
    said.add(agreementId);
    await allowVariablePayments(shop.market, agreementId, "100");
  };
  const limits = { ...discoveryLimits.shapes, ...agreementLimits.shapes };
  const choose = ({ known, shape, member }: Known): string | undefined => {
    if (member === "nextToken") return undefined;
    const fitting = [...said].filter((one) => fits(limits[shape] ?? {}, one));
    const meant = fitting.filter((one) => MEANT[member]?.test(one) ?? true);
    const candidates = known % 4 > 0 && meant.length > 0 ? meant : fitting;
    return candidates[known % Math.max(1, candidates.length)] ?? "1";
  };

  const send = async (service: "agreement" | "discovery", operation: string, input: unknown, account: string) => {
    const reply = await signedFetch(shop.market.endpoint, {
      service: "aws-marketplace",
      ...(service === "agreement"
        ? {
            headers: {
              "content-type": "application/x-amz-json-1.0",
              "x-amz-target": `AWSMPCommerceService_v20200301.${operation}`,
            },
          }
        : {
            path: `/2026-02-05/${operation.charAt(0).toLowerCase()}${operation.slice(1)}`,
            headers: { "content-type": "application/json" },
          }),
      body: JSON.stringify(input),
      signer: connection(shop.market, account).credentials,
    });
    for (const [id = ""] of reply.text.matchAll(ids)) said.add(id.slice(1, -1));
    if (reply.status === 200) return "fine";
    const [, type = String(reply.headers["x-amzn-errortype"])] = /"__type":"([^"]+)"/.exec(reply.text) ?? [];
    const code = type.split("#").at(-1)?.split(":")[0] ?? "";
    const asked = `${account}: ${operation} ${JSON.stringify(input)} → ${reply.status} ${reply.text}`;
    return reply.status < 500 && mayAnswer(operation, code) ? code : asked;
  };

  const requests = [
    ...inputsOf(agreementShapes, agreementLimits).map((one) => ({ ...one, service: "agreement" as const })),
    ...inputsOf(discoveryShapes, discoveryLimits).map((one) => ({ ...one, service: "discovery" as const })),
  ];
  const answers = new Map<string, Set<string>>();
  const any = fc.tuple(
    ...requests.map(({ input }) => fc.tuple(input, fc.constantFrom("buyer", "buyer", "seller", "partner"))),
  );
  await fc.assert(
    fc.asyncProperty(any, async (inputs) => {
      await Promise.all([agree("buyer"), agree("partner")]);
      for (const [i, [input, account]] of inputs.entries()) {
        const { service, name } = requests[i] as (typeof requests)[number];
        const answer = await send(service, name, resolve(input, choose), account);
        expect(answer).toMatch(/^(fine|\w+Exception)$/);
        answers.set(name, (answers.get(name) ?? new Set()).add(answer));
      }
    }),
    { numRuns: 30, endOnFailure: true },
  );
  expect(answers.size).toBe(34);
  expect([...answers].filter(([, seen]) => seen.has("fine")).length).toBeGreaterThan(5);
});
