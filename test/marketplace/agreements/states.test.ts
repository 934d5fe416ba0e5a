import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AgreementEvent,
  type AgreementStatus,
  entitlementAt,
  moveAgreement,
} from "../../../marketplace/agreements/agreement-states";
import { moveRequest, type RequestEvent, type RequestStatus } from "../../../marketplace/agreements/request-states";
import { checkSearchFilters } from "../../../marketplace/agreements/search-filters";

const agreementEvents = fc.constantFrom<AgreementEvent[]>("cancel", "expire", "renew", "replace", "terminate");
const requestEvents = fc.constantFrom<RequestEvent[]>("validate", "fail", "approve", "reject", "cancel");

test("whatever happens in whatever order, an agreement ends once and stays as it ended", () => {
  fc.assert(
    fc.property(fc.array(agreementEvents, { minLength: 1 }), (events) => {
      let status: AgreementStatus = "ACTIVE";
      const moves = events.filter((event) => {
        const next = moveAgreement(status, event);
        if (next !== undefined) status = next;
        return next !== undefined;
      });
      expect(moves).toEqual(events.slice(0, 1));
      expect(status).not.toBe("ACTIVE");
    }),
  );
});

test("whatever happens in whatever order, a request is answered once, and only after it was found valid", () => {
  fc.assert(
    fc.property(fc.array(requestEvents), (events) => {
      const seen: RequestStatus[] = ["VALIDATING"];
      for (const event of events) {
        const next = moveRequest(seen.at(-1) ?? "VALIDATING", event);
        if (next !== undefined) seen.push(next);
      }
      expect(seen.join(" ")).toMatch(
        /^VALIDATING( VALIDATION_FAILED| PENDING_APPROVAL( APPROVED| REJECTED| CANCELLED)?)?$/,
      );
    }),
  );
});

test.each([
  ["ACTIVE", "2026-01-01", "SCHEDULED", "FUTURE_START_DATE"],
  ["ACTIVE", "2026-02-01", "PENDING", "PROVISIONING_IN_PROGRESS"],
  ["ACTIVE", "2026-03-01", "PROVISIONED", undefined],
  ["CANCELLED", "2026-03-01", "DEPROVISIONED", "AGREEMENT_INACTIVE"],
] as const)("an agreement that is %s on %s entitles as %s", (status, now, expected, reason) => {
  const agreement = { status, start: "2026-01-15T00:00:00Z", provisionedAt: "2026-02-15T00:00:00Z" };
  expect(entitlementAt(agreement, `${now}T00:00:00Z`)).toEqual({
    status: expected,
    ...(reason !== undefined && { reason }),
  });
});

const buyer = { PartyType: "Acceptor", AgreementType: "PurchaseAgreement" };
const seller = { PartyType: "Proposer", AgreementType: "PurchaseAgreement" };

test.each<[Readonly<Record<string, string>>, string[]]>([
  [buyer, []],
  [seller, []],
  [{ ...buyer, Status: "ACTIVE", BeforeEndTime: "2026-01-01T00:00:00Z" }, []],
  [{ ...buyer, ResourceIdentifier: "prod-1", Status: "ACTIVE" }, []],
  [{ ...buyer, ResourceType: "AmiProduct" }, []],
  [{ ...buyer, ResourceType: "AmiProduct", Status: "ACTIVE" }, ["UNSUPPORTED_FILTERS"]],
  [{ ...buyer, AcceptorAccountId: "444455556666" }, ["UNSUPPORTED_FILTERS"]],
  [{ ...seller, ResourceType: "AmiProduct", Status: "ACTIVE" }, []],
  [{ ...seller, AcceptorAccountId: "444455556666", OfferId: "offer-1", Status: "ACTIVE" }, []],
  [{ ...seller, AcceptorAccountId: "444455556666", OfferSetId: "offerset-1" }, ["UNSUPPORTED_FILTERS"]],
  [{ ...seller, OfferId: "offer-1", ResourceIdentifier: "prod-1" }, ["UNSUPPORTED_FILTERS"]],
  [{ PartyType: "Acceptor" }, ["UNSUPPORTED_FILTERS"]],
  [{ AgreementType: "PurchaseAgreement" }, ["MISSING_PARTY_TYPE"]],
  [{ ...buyer, PartyType: "Broker" }, ["INVALID_PARTY_TYPE"]],
  [{ ...buyer, AgreementType: "Loan" }, ["INVALID_AGREEMENT_TYPE"]],
  [{ ...buyer, Colour: "red" }, ["INVALID_FILTER_NAME"]],
  [{ ...buyer, Status: "SLEEPING" }, ["INVALID_FILTER_VALUES"]],
  [{ ...seller, AcceptorAccountId: "me" }, ["INVALID_FILTER_VALUES"]],
  [{ ...buyer, AfterEndTime: "soon" }, ["INVALID_FILTER_VALUES"]],
])("a search by %j is refused for %j", (filters, reasons) => {
  const problems = checkSearchFilters(new Map(Object.entries(filters)), Object.keys(filters));
  expect(problems.map(({ code }) => code)).toEqual(reasons);
});
