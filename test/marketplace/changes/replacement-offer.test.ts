import { expect, test } from "vitest";
import type { Change, Json, ProposedAgreement } from "../../../marketplace/changes/change-type";
import { runChanges } from "../../../marketplace/changes/run";
import { contract, listed, offerType } from "../support/offers";

const agreement = { id: "agmt-1", acceptor: "444455556666", active: true, isContract: true };
const own = (changeType: string, details: Json): Change => ({
  changeType,
  entity: { type: offerType, identifier: "$Offer.Entity.Identifier" },
  details,
});
const changes: Change[] = [
  {
    changeType: "CreateReplacementOffer",
    changeName: "Offer",
    entity: { type: offerType },
    details: { AgreementId: "agmt-1" },
  },
  own("UpdateInformation", { Name: "Again", Description: "Once more" }),
  own("UpdatePricingTerms", {
    PricingModel: "Contract",
    Terms: [
      { Type: "FixedUpfrontPricingTerm", CurrencyCode: "USD", Price: "0.0", Grants: [{ DimensionKey: "seats" }] },
    ],
  }),
  own("UpdateValidityTerms", { Terms: [{ Type: "ValidityTerm", AgreementEndDate: "2027-12-31" }] }),
  own("UpdatePaymentScheduleTerms", {
    Terms: [
      {
        Type: "PaymentScheduleTerm",
        CurrencyCode: "USD",
        Schedule: [{ ChargeDate: "2027-01-01", ChargeAmount: "0" }],
      },
    ],
  }),
  own("UpdateLegalTerms", {
    Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }],
  }),
  own("UpdateAvailability", { AvailabilityEndDate: "2026-12-31" }),
  own("ReleaseOffer", {}),
];

function attempt(known: Partial<ProposedAgreement> | "nothing" | "nobody's", asked = changes) {
  const market = listed({ ...contract, dimensions: contract.dimensions?.slice(0, 1) });
  const productId = market.only("AmiProduct@1.0").id;
  const proposedAgreement = (): ProposedAgreement | undefined =>
    typeof known === "string" ? undefined : { ...agreement, productId, ...known };
  const run = runChanges({ ...market.world(), ...(known !== "nothing" && { proposedAgreement }) }, asked);
  const made = run.entities.find(({ type, id }) => type === offerType && id === run.resolved[0]?.entityId);
  return { made, productId, codes: [...run.problems.values()].flat().map(({ code }) => code) };
}

test("a replacement offer is for the product and the buyer of its agreement", () => {
  const { made, productId, codes } = attempt({});
  expect(codes).toEqual([]);
  expect(made).toMatchObject({
    details: {
      ProductId: productId,
      State: "Released",
      Rules: [
        { Type: "TargetingRule", PositiveTargeting: { BuyerAccounts: [agreement.acceptor] } },
        { Type: "AvailabilityRule" },
      ],
    },
    submitted: { ReplacesAgreementId: "agmt-1" },
  });
});

test.each<[what: string, known: Parameters<typeof attempt>[0], codes: string[]]>([
  ["somebody else's agreement", "nobody's", ["RESOURCE_NOT_FOUND"]],
  ["an agreement that has ended", { active: false }, ["INCOMPATIBLE_AGREEMENT"]],
  ["an agreement by use", { isContract: false }, ["INCOMPATIBLE_AGREEMENT"]],
])("nothing replaces %s", (_what, known, expected) => {
  expect(attempt(known).codes).toEqual(expected);
});

test("a draft whose agreement has ended meanwhile is not released", () => {
  const market = listed({ ...contract, dimensions: contract.dimensions?.slice(0, 1) });
  const productId = market.only("AmiProduct@1.0").id;
  const proposedAgreement = (active: boolean) => (): ProposedAgreement => ({ ...agreement, productId, active });
  const draft = runChanges({ ...market.world(), proposedAgreement: proposedAgreement(true) }, changes.slice(0, -1));
  expect(draft.problems.size).toBe(0);
  for (const entity of draft.entities) market.entities.set(entity.id, entity);
  const release: Change = {
    changeType: "ReleaseOffer",
    entity: { type: offerType, identifier: draft.resolved[0]?.entityId ?? "" },
    details: {},
  };
  const codes = (active: boolean) =>
    [...runChanges({ ...market.world(), proposedAgreement: proposedAgreement(active) }, [release]).problems.values()]
      .flat()
      .map(({ code }) => code);
  expect(codes(false)).toEqual(["INCOMPATIBLE_AGREEMENT"]);
  expect(codes(true)).toEqual([]);
});

test("where agreements are not known, nothing is said about them", () => {
  expect(attempt("nothing").codes).toEqual([]);
  expect(
    attempt(
      "nothing",
      changes.filter(({ changeType }) => changeType !== "UpdateValidityTerms"),
    ).codes,
  ).toEqual(["MISSING_AGREEMENT_END_DATE"]);
});
