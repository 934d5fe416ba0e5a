import * as fc from "fast-check";
import { expect, test } from "vitest";
import { constraints, shapes } from "../../../backend/wire/models/marketplace-agreement";
import { connection, openCatalog } from "../catalog/catalog-market";
import { fits, inputsOf, type Known, resolve } from "../wire/inputs-by-model";
import { signedFetch } from "../wire/signed-fetch";

interface Refused {
  readonly reason: string;
  readonly message: string;
  readonly fields: readonly { readonly name: string; readonly message: string }[];
}

async function openDesk() {
  const { market } = await openCatalog();
  return async (operation: string, input: object): Promise<Refused> => {
    const { status, text } = await signedFetch(market.endpoint, {
      service: "aws-marketplace",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `AWSMPCommerceService_v20200301.${operation}`,
      },
      body: JSON.stringify(input),
      signer: connection(market, "buyer").credentials,
    });
    expect([status, text]).toEqual([400, expect.stringContaining("ValidationException")]);
    return JSON.parse(text) as Refused;
  };
}

/** Something that each shape allows. */
function fitting({ shape }: Known): string | undefined {
  const samples = ["ar-1", "pr-1", "acr-1", "ba-1", "at-1", "10", "Milestone", "USD", "P10D"];
  return samples.find((sample) => fits(constraints.shapes[shape] ?? {}, sample));
}

/** Members that are required but that no reason is about. */
const nameless = new Set(["billingAdjustmentRequestId", "groupBy"]);

test("each required member that is missing has a reason and a field of its own", async () => {
  const ask = await openDesk();
  const refused = [];
  for (const { name, input } of inputsOf(shapes, constraints)) {
    const required = constraints.shapes[`${name}Input`]?.required ?? [];
    const [whole = {}] = fc.sample(input, { numRuns: 1, seed: 7 });
    for (const member of required) {
      const { [member]: _, ...rest } = resolve(whole, fitting) as Record<string, unknown>;
      const { reason, fields } = await ask(name, rest);
      expect(fields.map((field) => field.name)).toContain(member);
      refused.push([member, fields.length === 1 ? reason : "more is wrong"]);
    }
  }
  const others = refused.filter(([, reason]) => reason === "OTHER").map(([member]) => member);
  expect(others.filter((member) => !nameless.has(member ?? ""))).toEqual([]);
  expect(refused).not.toContainEqual([expect.anything(), "more is wrong"]);
  expect(refused.length).toBeGreaterThan(35);
});

test("of several things that are wrong each is said in its own words", async () => {
  const ask = await openDesk();
  const { reason, message, fields } = await ask("SearchAgreements", {
    maxResults: 51,
    filters: [{ name: "Status", values: ["ACTIVE", "EXPIRED"] }],
  });
  expect(reason).toBe("INVALID_FILTER_VALUES");
  expect(message).toMatch(/^2 validation errors detected: /);
  expect(fields).toEqual([
    { name: "filters[0].values", message: expect.stringMatching(/^1 validation error detected: .*length less than/) },
    { name: "maxResults", message: expect.stringMatching(/^1 validation error detected: .*less than or equal to 50/) },
  ]);
});

test.each([
  ["CancelAgreement", { agreementId: "" }, "INVALID_AGREEMENT_ID"],
  ["CancelAgreement", { agreementId: "a b" }, "INVALID_AGREEMENT_ID"],
  ["AcceptAgreementRequest", { agreementRequestId: "request" }, "INVALID_AGREEMENT_REQUEST_ID"],
  ["AcceptAgreementRequest", { agreementRequestId: "ar-1", purchaseOrders: [{}] }, "MISSING_CHARGE_ID"],
  ["UpdatePurchaseOrders", { purchaseOrders: [{ chargeId: "ch-1", chargeRevision: 0 }] }, "INVALID_CHARGE_REVISION"],
  ["CreateAgreementRequest", { intent: "NEW", requestedTerms: [{}] }, "MISSING_REQUESTED_TERM_ID"],
  [
    "CreateAgreementRequest",
    { intent: "NEW", requestedTerms: [{ id: "t", configuration: { renewalTermConfiguration: {} } }] },
    "MISSING_REQUESTED_TERM_CONFIGURATION",
  ],
  ["SearchAgreements", { filters: [{ name: "?", values: ["1"] }] }, "INVALID_FILTER_NAME"],
  ["SearchAgreements", { filters: [] }, "INVALID_FILTERS"],
  ["SearchAgreements", { sort: { sortOrder: "UP" } }, "INVALID_SORT_ORDER"],
  ["ListAgreementPaymentRequests", { partyType: "Acceptor", status: "LOST" }, "INVALID_STATUS"],
  [
    "RejectAgreementPaymentRequest",
    { agreementId: "a", paymentRequestId: "pr-1", rejectionReason: "" },
    "INVALID_REJECTION_REASON",
  ],
])("%s %j is refused for %s", async (operation, input, reason) => {
  const ask = await openDesk();
  expect((await ask(operation, input)).reason).toBe(reason);
});
