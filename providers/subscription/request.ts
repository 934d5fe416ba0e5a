import type { CreateAgreementRequestOutput, RequestedTerm } from "@aws-sdk/client-marketplace-agreement";
import { type AgreementCalls, isOverQuota } from "../buying/agreement-calls";
import type { WireTerm } from "../buying/terms";
import type { Wanted } from "./wanted";

/** What a request is about: a new agreement, or one that changes or takes the place of another. */
export type Intent =
  | { readonly intent: "NEW"; readonly agreementProposalIdentifier: string }
  | {
      readonly intent: "REPLACE";
      readonly agreementProposalIdentifier: string;
      readonly sourceAgreementIdentifier: string;
    }
  | { readonly intent: "AMEND"; readonly sourceAgreementIdentifier: string };

/** Has the request quoted, then accepts it: returns the agreement's id. */
export async function accept(
  agreements: AgreementCalls,
  intent: Intent,
  terms: readonly WireTerm[],
  wanted: Wanted,
): Promise<string> {
  const { agreementRequestId, chargeSummary } = await quote(agreements, intent, terms, wanted);
  const { purchaseOrder } = wanted;
  const charges = (chargeSummary?.expectedCharges ?? []).flatMap(({ id }) => id ?? []);
  const purchaseOrders =
    purchaseOrder === undefined ? [] : charges.map((chargeId) => ({ chargeId, purchaseOrderReference: purchaseOrder }));
  const { agreementId = "" } = await agreements((client, { AcceptAgreementRequestCommand }) =>
    client.send(
      new AcceptAgreementRequestCommand({
        agreementRequestId,
        ...(purchaseOrders.length > 0 && { purchaseOrders }),
      }),
    ),
  );
  return agreementId;
}

/** The quote for all terms or, where the product has been tried for free before, for those that are paid. */
async function quote(
  agreements: AgreementCalls,
  intent: Intent,
  terms: readonly WireTerm[],
  wanted: Wanted,
): Promise<CreateAgreementRequestOutput> {
  const ask = (asked: readonly WireTerm[]) =>
    agreements((client, { CreateAgreementRequestCommand }) =>
      client.send(new CreateAgreementRequestCommand({ ...intent, requestedTerms: requested(asked, wanted) })),
    );
  const paid = terms.filter((term) => !("freeTrialPricingTerm" in term));
  try {
    return await ask(terms);
  } catch (error) {
    if (paid.length === terms.length || !isOverQuota(error)) throw error;
    return ask(paid);
  }
}

const byUse: ReadonlySet<string> = new Set(["usageBasedPricingTerm", "freeTrialPricingTerm"]);

/**
 * The terms to ask for: those that come with every agreement, and the prices by use or the contract. An offer by the
 * hour and by the year makes two agreements (AWS Marketplace Agreement API, "Subscribing to AMI products").
 */
function requested(terms: readonly WireTerm[], { contract, autoRenew }: Wanted): RequestedTerm[] {
  return terms.flatMap((term) =>
    Object.entries(term).flatMap(([kind, { id }]): RequestedTerm[] => {
      if (contract === undefined ? kind === "configurableUpfrontPricingTerm" : byUse.has(kind)) return [];
      switch (kind) {
        case "configurableUpfrontPricingTerm": {
          const { duration = "", units = {} } = contract ?? {};
          const dimensions = Object.entries(units).map(([dimensionKey, dimensionValue]) => ({
            dimensionKey,
            dimensionValue,
          }));
          const choice = { selectorValue: duration, dimensions };
          return [{ id, configuration: { configurableUpfrontPricingTermConfiguration: choice } }];
        }
        case "renewalTerm":
          return [{ id, configuration: { renewalTermConfiguration: { enableAutoRenew: autoRenew } } }];
        case "variablePaymentTerm": {
          const choice = { paymentRequestApprovalStrategy: "WAIT_FOR_APPROVAL" as const };
          return [{ id, configuration: { variablePaymentTermConfiguration: choice } }];
        }
        default:
          return [{ id }];
      }
    }),
  );
}
