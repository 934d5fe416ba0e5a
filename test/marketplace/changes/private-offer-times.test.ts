import { expect, test } from "vitest";
import type { Json } from "../../../marketplace/changes/change-type";
import { codes, hourly, listed, withDraft } from "../support/offers";
import {
  apply,
  byTheHour,
  fixed,
  seatsOnly,
  termsOf,
  until,
  validity,
  withoutDuration,
} from "../support/private-offers";

const ahead = (more: object) => ({
  ...(termsOf(fixed())[0] as object),
  Grants: [{ DimensionKey: "m5.large" }],
  ...more,
});
const both = (fixedTerm: Json): Json => ({ PricingModel: "Usage", Terms: [...termsOf(byTheHour), fixedTerm] });

test("a start to come of what is paid by use", () => {
  const market = listed(hourly);
  const later = validity({ AgreementStartDate: "2027-01-01", AgreementDuration: "P1Y" });
  expect(
    codes(market, withDraft(market, true), [
      ["UpdatePricingTerms", byTheHour],
      ["UpdateValidityTerms", later],
    ]),
  ).toEqual(["INCOMPATIBLE_PRODUCT"]);
});

test("a year of instances for one price names metered dimensions, and the year", () => {
  const market = listed(hourly);
  const id = withDraft(market, true);
  expect(codes(market, id, [["UpdatePricingTerms", both(ahead({}))]])).toEqual([]);
  const [timeless = null] = termsOf(withoutDuration("Usage"));
  expect(codes(market, id, [["UpdatePricingTerms", both(timeless)]])).toEqual(["MISSING_DURATION"]);
  const asContract: Json = { PricingModel: "Contract", Terms: [ahead({})] };
  expect(codes(market, id, [["UpdatePricingTerms", asContract]])).toEqual(["INVALID_GRANTS"]);
});

test("agreements that end before the offer does, when only the validity changes", () => {
  const market = listed(seatsOnly);
  const id = withDraft(market, true);
  apply(market, id, [["UpdateAvailability", until("2027-03-01")]]);
  const ends = validity({ AgreementStartDate: "2027-01-01", AgreementEndDate: "2027-02-01" });
  expect(codes(market, id, [["UpdateValidityTerms", ends]])).toEqual(["INCOMPATIBLE_AGREEMENT_END_DATE"]);
});
