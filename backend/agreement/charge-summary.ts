import type { ChargeSummary } from "@aws-sdk/client-marketplace-agreement";
import type { StoredQuote } from "./quotes";

/**
 * What a request is going to cost, as the service shows it. No tax applies in this marketplace: where taxes are asked
 * for, they are estimated at nothing.
 */
export function chargeSummary(quote: StoredQuote, withTaxes: boolean): ChargeSummary {
  const { currency, value, charges, items } = quote;
  const taxes = withTaxes ? { estimatedTaxes: { breakdown: [], totalAmount: "0.00" } } : {};
  return {
    currencyCode: currency,
    ...(value !== undefined && { newAgreementValue: value, ...(withTaxes && { newAgreementValueAfterTax: value }) }),
    ...taxes,
    expectedCharges: charges.map(({ id, time, amount, timing }) => ({
      id,
      amount,
      timing,
      ...(time !== undefined && { time: new Date(time) }),
      ...(withTaxes && { amountAfterTax: amount }),
      ...taxes,
    })),
    itemizedCharges: items.map((item) => ({ ...item, chargeReference: charges[0]?.id })),
    invoicingEntity: { legalName: "Amazon Web Services, Inc." },
  };
}
