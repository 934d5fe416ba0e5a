import { describe, expect, test } from "vitest";
import type { Change } from "../../../marketplace/changes/change-type";
import type { Market } from "../support/market";
import { codes, listed, withDraft } from "../support/offers";
import {
  type Asked,
  apply,
  complete,
  eula,
  fixed,
  inParts,
  netPayment,
  release,
  seatsOnly,
  support,
  to,
  until,
  validity,
  withoutDuration,
  words,
} from "../support/private-offers";

describe("releasing a private offer", () => {
  const cases: [what: string, before: Asked, codes: string[]][] = [
    ["that is complete", complete, []],
    ["that is paid in parts", inParts, []],
    ["without a last day", complete.slice(0, 3), ["MISSING_AVAILABILITY_END_DATE"]],
    ["without prices", complete.filter(([type]) => type !== "UpdatePricingTerms"), ["MISSING_MANDATORY_TERMS"]],
    [
      "without an agreement text",
      complete.filter(([type]) => type !== "UpdateLegalTerms"),
      ["MISSING_MANDATORY_TERMS"],
    ],
    ["without words", complete.slice(1), ["MISSING_NAME", "MISSING_DESCRIPTION"]],
    [
      "whose price is paid nohow",
      inParts.filter(([type]) => type !== "UpdatePaymentScheduleTerms"),
      ["MISSING_MANDATORY_TERMS"],
    ],
    [
      "that lasts for no time",
      inParts.map(([type, details]) =>
        type === "UpdatePricingTerms" ? [type, withoutDuration("Contract")] : [type, details],
      ),
      ["MISSING_MANDATORY_TERMS"],
    ],
  ];
  test.each(cases)("%s", (_what, before, expected) => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    expect(codes(market, id, [...before, ...release])).toEqual(expected);
  });

  const changed: [what: string, before: Asked, then: (market: Market, id: string) => void, codes: string[]][] = [
    [
      "whose buyers were taken away",
      inParts,
      (market, id) => apply(market, id, [["UpdateTargeting", {}]]),
      ["MISSING_BUYER_ACCOUNTS"],
    ],
    [
      "whose last day passed",
      complete,
      (market) => {
        market.now = "2027-01-01T00:00:00Z";
      },
      ["INVALID_UPDATE_REQUEST"],
    ],
    [
      "whose schedule no longer fits its price",
      inParts,
      (market, id) => apply(market, id, [["UpdatePricingTerms", fixed({ Price: "7" })]]),
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "whose last day moved behind two charges",
      inParts,
      (market, id) => apply(market, id, [["UpdateAvailability", until("2027-09-01")]]),
      ["TOO_MANY_BACKDATED_CHARGES"],
    ],
    [
      "with the refund policy of a public one",
      [],
      (market, id) => {
        apply(market, id, [
          ["UpdateTargeting", {}],
          ["UpdateSupportTerms", support],
        ]);
        apply(market, id, [["UpdateTargeting", to("444455556666")], ...complete]);
      },
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "of a product that was taken off the market",
      complete,
      (market) => {
        const entity = { type: "AmiProduct@1.0", identifier: market.only("AmiProduct@1.0").id };
        const visible = (TargetVisibility: string): Change => ({
          changeType: "UpdateVisibility",
          entity,
          details: { TargetVisibility },
        });
        market.apply([visible("Restricted")]);
      },
      ["INCOMPATIBLE_PRODUCT"],
    ],
  ];
  test.each(changed)("%s", (_what, before, then, expected) => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    if (before.length > 0) apply(market, id, before);
    then(market, id);
    expect(codes(market, id, release)).toEqual(expected);
  });

  test("that follows another agreement, or that names nobody, is refused", () => {
    const market = listed(seatsOnly);
    const id = withDraft(market, false);
    const earlier = { PreExistingAgreement: { AcquisitionChannel: "External", PricingModel: "Contract" } };
    apply(market, id, [["UpdateInformation", { ...(words as object), ...earlier }], ...complete.slice(1, 3)]);
    const found = codes(market, id, release);
    expect(found).toContain("INCOMPATIBLE_TARGETING");
    expect(found).toContain("TOO_MANY_OFFERS");
  });
});

describe("a released private offer", () => {
  const cases: [what: string, asked: Asked, codes: string[]][] = [
    ["stays longer", [["UpdateAvailability", until("2027-06-30")]], []],
    ["ends at once", [["UpdateAvailability", until("2026-11-01")]], []],
    ["is renamed", [["UpdateInformation", { Name: "Still for you" }]], []],
    ["keeps its buyers", [["UpdateTargeting", to("777788889999")]], ["INCOMPATIBLE_TARGETING"]],
    ["gets no buyer more", [["UpdateTargeting", to("444455556666", "777788889999")]], ["INCOMPATIBLE_TARGETING"]],
    ["does not become public", [["UpdateTargeting", {}]], ["INCOMPATIBLE_TARGETING"]],
    ["keeps its prices", [["UpdatePricingTerms", fixed({ Price: "1" })]], ["INCOMPATIBLE_TERMS"]],
    ["keeps its schedule", [["UpdatePaymentScheduleTerms", { Terms: [] }]], ["INCOMPATIBLE_TERMS"]],
    ["keeps its validity", [["UpdateValidityTerms", validity({ AgreementDuration: "P1Y" })]], ["INCOMPATIBLE_TERMS"]],
    ["keeps its agreement text", [["UpdateLegalTerms", eula]], ["INCOMPATIBLE_TERMS"]],
    ["gets no time to pay", [["UpdateNetPaymentTerms", netPayment]], ["INCOMPATIBLE_TERMS"]],
    ["is released once", release, ["INVALID_UPDATE_REQUEST"]],
  ];
  test.each(cases)("%s", (_what, asked, expected) => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    apply(market, id, [...inParts, ...release]);
    expect(codes(market, id, asked)).toEqual(expected);
  });

  test("is no longer changed once it has expired, but for a later last day", () => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    apply(market, id, [...inParts, ...release]);
    market.now = "2027-02-01T00:00:00Z";
    expect(codes(market, id, [["UpdateInformation", { Name: "Too late" }]])).toEqual(["INCOMPATIBLE_TERMS"]);
    expect(codes(market, id, [["UpdateTargeting", to("444455556666")]])).toEqual(["INCOMPATIBLE_TARGETING"]);
    expect(codes(market, id, [["UpdateRenewalTerms", { Terms: [] }]])).toEqual(["INCOMPATIBLE_TERMS"]);
    expect(codes(market, id, [["UpdateAvailability", until("2027-03-01")]])).toEqual([]);
  });
});
