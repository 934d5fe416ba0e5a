import { agreementsIn } from "../../agreement/agreements";
import type { Context } from "../../service";
import type { Need, Rights } from "../need";
import { type Purchase, purchasedProduct } from "./purchased-product";

/** Who may call an operation: it is about agreements that the caller's account accepted, proposed, or either. */
const parties: Readonly<Record<string, "Acceptor" | "Proposer" | "either">> = {
  AcceptAgreementCancellationRequest: "Acceptor",
  AcceptAgreementPaymentRequest: "Acceptor",
  AcceptAgreementRequest: "Acceptor",
  BatchCreateBillingAdjustmentRequest: "Proposer",
  CancelAgreement: "Acceptor",
  CancelAgreementCancellationRequest: "Proposer",
  CancelAgreementPaymentRequest: "Proposer",
  CreateAgreementRequest: "Acceptor",
  DescribeAgreement: "either",
  GetAgreementCancellationRequest: "either",
  GetAgreementEntitlements: "Acceptor",
  GetAgreementPaymentRequest: "either",
  GetAgreementTerms: "either",
  GetBillingAdjustmentRequest: "Proposer",
  ListAgreementCancellationRequests: "either",
  ListAgreementCharges: "Acceptor",
  ListAgreementInvoiceLineItems: "Proposer",
  ListAgreementPaymentRequests: "either",
  ListBillingAdjustmentRequests: "Proposer",
  RejectAgreementCancellationRequest: "Acceptor",
  RejectAgreementPaymentRequest: "Acceptor",
  SearchAgreements: "either",
  SendAgreementCancellationRequest: "Proposer",
  SendAgreementPaymentRequest: "Proposer",
  UpdatePurchaseOrders: "Acceptor",
};

/** What buys: a policy can limit these to products. */
const purchases = new Set(["CreateAgreementRequest", "AcceptAgreementRequest"]);

interface Input extends Purchase {
  readonly agreementId?: string;
  readonly partyType?: string;
  readonly filters?: readonly { readonly name?: string; readonly values?: readonly string[] }[];
}

/**
 * AWS Marketplace agreements: each operation is an action of its own, which takes no resource; conditions may look at
 * the party and the agreement type (Service Authorization Reference, "AWS Marketplace").
 */
export const rights: Rights = Object.fromEntries(
  Object.entries(parties).map(([name, party]) => [
    name,
    (ctx: Context, input: Input) => [need(ctx, name, party, input)],
  ]),
);

function need(ctx: Context, name: string, party: (typeof parties)[string], input: Input): Need {
  const { caller, market } = ctx;
  const { agreementId = "", partyType, filters = [] } = input;
  const filtered = filters.find((filter) => filter.name === "PartyType")?.values?.[0];
  const agreement = agreementsIn(market.store).get(agreementId);
  const standing = agreement?.proposer === caller.accountId ? "Proposer" : "Acceptor";
  const said = party === "either" ? (partyType ?? filtered ?? standing) : party;
  const product = purchases.has(name) ? purchasedProduct(ctx, input) : undefined;
  return {
    action: `aws-marketplace:${name}`,
    resource: "*",
    keys: {
      "aws-marketplace:PartyType": said,
      "aws-marketplace:AgreementType": ["PurchaseAgreement"],
      ...(product !== undefined && { "aws-marketplace:ProductId": [product] }),
    },
  };
}
