import { describe, expect, test } from "vitest";
import type { Change, Json } from "../../../marketplace/changes/change-type";
import { codes, hourly, listed, offerType, withDraft } from "../support/offers";

const eula = (document: Json): Json => ({ Terms: [{ Type: "LegalTerm", Documents: [document] }] });

describe("other terms and words", () => {
  const cases: [
    what: string,
    offer: "released" | "draft" | "private",
    changeType: string,
    details: Json,
    codes: string[],
  ][] = [
    ["a standard agreement", "draft", "UpdateLegalTerms", eula({ Type: "StandardEula", Version: "2022-07-14" }), []],
    [
      "an outdated agreement",
      "draft",
      "UpdateLegalTerms",
      eula({ Type: "StandardEula", Version: "2019-04-24" }),
      ["INVALID_LEGAL_DOCUMENTS"],
    ],
    [
      "an agreement without address",
      "draft",
      "UpdateLegalTerms",
      eula({ Type: "CustomEula" }),
      ["INVALID_LEGAL_DOCUMENTS"],
    ],
    [
      "a refund policy in private",
      "private",
      "UpdateSupportTerms",
      { Terms: [{ Type: "SupportTerm", RefundPolicy: "x" }] },
      ["INCOMPATIBLE_PRODUCT"],
    ],
    [
      "a refund policy with a space at its end",
      "draft",
      "UpdateSupportTerms",
      { Terms: [{ Type: "SupportTerm", RefundPolicy: "x " }] },
      ["INVALID_INPUT"],
    ],
    [
      "validity in public",
      "draft",
      "UpdateValidityTerms",
      { Terms: [{ Type: "ValidityTerm", AgreementDuration: "P30D" }] },
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "validity by duration and end",
      "private",
      "UpdateValidityTerms",
      { Terms: [{ Type: "ValidityTerm", AgreementDuration: "P30D", AgreementEndDate: "2027-01-01" }] },
      ["INVALID_AGREEMENT_TIME_INTERVAL"],
    ],
    [
      "validity that is over",
      "private",
      "UpdateValidityTerms",
      { Terms: [{ Type: "ValidityTerm", AgreementStartDate: "2025-01-01", AgreementEndDate: "2026-01-01" }] },
      ["INVALID_AGREEMENT_END_DATE", "INVALID_AGREEMENT_START_DATE"],
    ],
    [
      "an end in public",
      "draft",
      "UpdateAvailability",
      { AvailabilityEndDate: "2027-01-01" },
      ["INVALID_AVAILABILITY_END_DATE"],
    ],
    [
      "an end in the past",
      "private",
      "UpdateAvailability",
      { AvailabilityEndDate: "2026-01-01" },
      ["INVALID_AVAILABILITY_END_DATE"],
    ],
    [
      "a schedule without price",
      "private",
      "UpdatePaymentScheduleTerms",
      {
        Terms: [
          {
            Type: "PaymentScheduleTerm",
            CurrencyCode: "USD",
            Schedule: [{ ChargeDate: "2027-01-01", ChargeAmount: "5" }],
          },
        ],
      },
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "net payment in public",
      "draft",
      "UpdateNetPaymentTerms",
      { Terms: [{ Type: "NetPaymentTerm", PaymentDuePeriod: "P30D" }] },
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "renewal in private without increase",
      "private",
      "UpdateRenewalTerms",
      { Terms: [{ Type: "RenewalTerm" }] },
      ["MISSING_PRICE_INCREASE"],
    ],
    ["renewal of use", "released", "UpdateRenewalTerms", { Terms: [{ Type: "RenewalTerm" }] }, ["INCOMPATIBLE_TERMS"]],
    [
      "buyers after release",
      "released",
      "UpdateTargeting",
      { PositiveTargeting: { BuyerAccounts: ["444455556666"] } },
      ["INCOMPATIBLE_TARGETING"],
    ],
    [
      "positive and negative",
      "draft",
      "UpdateTargeting",
      { PositiveTargeting: { CountryCodes: ["US"] }, NegativeTargeting: { CountryCodes: ["FR"] } },
      ["INVALID_TARGETING"],
    ],
    [
      "a buyer twice",
      "draft",
      "UpdateTargeting",
      { PositiveTargeting: { BuyerAccounts: ["444455556666", "444455556666"] } },
      ["INVALID_BUYER_ACCOUNTS"],
    ],
    [
      "a country twice",
      "draft",
      "UpdateTargeting",
      { PositiveTargeting: { CountryCodes: ["US", "US"] } },
      ["INVALID_COUNTRY_CODES"],
    ],
    [
      "an earlier agreement after release",
      "released",
      "UpdateInformation",
      { PreExistingAgreement: { AcquisitionChannel: "External", PricingModel: "Contract" } },
      ["INCOMPATIBLE_PRE_EXISTING_AGREEMENT"],
    ],
    ["no words", "draft", "UpdateInformation", {}, ["MISSING_DATA"]],
    ["releasing again", "released", "ReleaseOffer", {}, ["INVALID_UPDATE_REQUEST"]],
    [
      "releasing a second public offer, of nothing",
      "draft",
      "ReleaseOffer",
      {},
      ["MISSING_NAME", "MISSING_DESCRIPTION", "MISSING_MANDATORY_TERMS", "MISSING_MANDATORY_TERMS", "TOO_MANY_OFFERS"],
    ],
    [
      "releasing a private offer without end",
      "private",
      "ReleaseOffer",
      {},
      [
        "MISSING_NAME",
        "MISSING_DESCRIPTION",
        "MISSING_MANDATORY_TERMS",
        "MISSING_MANDATORY_TERMS",
        "MISSING_AVAILABILITY_END_DATE",
      ],
    ],
  ];
  test.each(cases)("%s (%s)", (_what, state, changeType, details, expected) => {
    const market = listed(hourly);
    const id = state === "released" ? market.only(offerType).id : withDraft(market, state === "private");
    expect(codes(market, id, [[changeType, details]])).toEqual(expected);
  });
});

const create = (ProductId: string): Change[] => [
  { changeType: "CreateOffer", entity: { type: offerType }, details: { ProductId } },
];

test("an offer is made for a product of yours that is not Restricted", () => {
  const market = listed(hourly);
  const found = (id: string) => [...market.try(create(id)).problems.values()].flat().map(({ code }) => code);
  const product = market.only("AmiProduct@1.0").id;
  expect(found("prod-nobody")).toEqual(["RESOURCE_NOT_FOUND"]);
  expect(found(market.only(offerType).id)).toEqual(["INCOMPATIBLE_PRODUCT"]);
  expect(found(product)).toEqual([]);
  const entity = { type: "AmiProduct@1.0", identifier: product };
  market.apply([{ changeType: "UpdateVisibility", entity, details: { TargetVisibility: "Restricted" } }]);
  expect(found(product)).toEqual(["INCOMPATIBLE_PRODUCT"]);
});

test("dates read back as moments, and the address of an agreement as that of a copy", () => {
  const market = listed({ ...hourly, eula: { type: "custom", url: "https://acme.example.com/eula.txt" } });
  const { details, submitted } = market.only(offerType);
  expect(JSON.stringify(details)).not.toContain("acme.example.com/eula");
  expect(submitted).toMatchObject({ EulaUrl: "https://acme.example.com/eula.txt" });
  const id = withDraft(market, true);
  const entity = { type: offerType, identifier: id };
  market.apply([{ changeType: "UpdateAvailability", entity, details: { AvailabilityEndDate: "2027-01-01" } }]);
  expect(market.entities.get(id)?.details["Rules"]).toContainEqual({
    Type: "AvailabilityRule",
    AvailabilityEndDate: "2027-01-01T23:59:59.999Z",
  });
});
