import type { Change } from "@aws-sdk/client-marketplace-catalog";
import type { RequestedTerm } from "@aws-sdk/client-marketplace-agreement";
import { change, OFFER } from "../catalog/listing";
import { type Terms, without } from "./buyer";

export const DAY = 86_400_000;
export const buyerAccount = "444455556666";
export const offer = "$Offer.Entity.Identifier";

type Document = NonNullable<Change["DetailsDocument"]>;

/** An offer in one change set: what it says by change type, in the order given, between its creation and its release. */
export function newOffer(
  productId: string,
  says: Readonly<Record<string, Document>>,
  release: readonly Change[] = [change("ReleaseOffer", OFFER, offer, {})],
): Change[] {
  return [change("CreateOffer", OFFER, undefined, { ProductId: productId }, "Offer"), ...updates(says), ...release];
}

/** An offer that takes an agreement's place. */
export function newReplacement(AgreementId: string, says: Readonly<Record<string, Document>>): Change[] {
  return [
    change("CreateReplacementOffer", OFFER, undefined, { AgreementId }, "Offer"),
    ...updates(says),
    change("ReleaseOffer", OFFER, offer, {}),
  ];
}

export function updates(says: Readonly<Record<string, Document>>, id = offer): Change[] {
  return Object.entries(says).map(([changeType, details]) => change(changeType, OFFER, id, details));
}

export const words = { Name: "For you", Description: "Made for you" };
export const standardEula = {
  Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }],
};
export const forBuyer = { PositiveTargeting: { BuyerAccounts: [buyerAccount] } };
export const validity = (term: object) => ({ Terms: [{ Type: "ValidityTerm", ...term }] });
export const schedule = (...charges: readonly (readonly [day: string, amount: string])[]) => ({
  Terms: [
    {
      Type: "PaymentScheduleTerm",
      CurrencyCode: "USD",
      Schedule: charges.map(([ChargeDate, ChargeAmount]) => ({ ChargeDate, ChargeAmount })),
    },
  ],
});
export const renewal = (term: object) => ({ Terms: [{ Type: "RenewalTerm", ...term }] });

/** So many seats for one price. */
export function fixedPrice(Price: string, MaxQuantity = 5, more: object = {}) {
  return {
    PricingModel: "Contract",
    Terms: [
      {
        Type: "FixedUpfrontPricingTerm",
        CurrencyCode: "USD",
        Price,
        Grants: [{ DimensionKey: "seats", MaxQuantity }],
        ...more,
      },
    ],
  };
}

/** One seat for a year, and whether it goes on by itself where the offer leaves that open. */
export const oneSeat =
  (enableAutoRenew = false) =>
  (terms: Terms): (RequestedTerm | undefined)[] => [
    ...without("configurableUpfrontPricingTerm", "renewalTerm")(terms),
    {
      id: terms["configurableUpfrontPricingTerm"]?.id,
      configuration: {
        configurableUpfrontPricingTermConfiguration: {
          selectorValue: "P12M",
          dimensions: [{ dimensionKey: "seats", dimensionValue: 1 }],
        },
      },
    },
    renewing(enableAutoRenew)(terms),
  ];

/** All terms; the renewal, where there is one, as said. */
export const allRenewing =
  (enableAutoRenew: boolean) =>
  (terms: Terms): (RequestedTerm | undefined)[] => [...without("renewalTerm")(terms), renewing(enableAutoRenew)(terms)];

const renewing = (enableAutoRenew: boolean) => (terms: Terms) =>
  terms["renewalTerm"] && {
    id: terms["renewalTerm"].id,
    configuration: { renewalTermConfiguration: { enableAutoRenew } },
  };
