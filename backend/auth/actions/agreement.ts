import { agreementsIn, PURCHASE } from "../../agreement/agreements";
import type { Context } from "../../service";
import type { Need, Rights } from "../need";
import type { ContextKeys } from "../policy";
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

/**
 * What the console asks for in place of an operation, and the service authorization reference lists beside it. A Deny of
 * these stops a buyer here as well; an Allow of these is not enough, nor is it needed.
 */
const consoleActions: Readonly<Record<string, string>> = {
  AcceptAgreementRequest: "Subscribe",
  CancelAgreement: "Unsubscribe",
  CreateAgreementRequest: "Subscribe",
  DescribeAgreement: "ViewSubscriptions",
  GetAgreementEntitlements: "ViewSubscriptions",
  GetAgreementTerms: "ViewSubscriptions",
  SearchAgreements: "ViewSubscriptions",
};

interface Input extends Purchase {
  readonly agreementId?: string;
  readonly agreementType?: string;
  readonly partyType?: string;
  readonly purchaseOrders?: readonly object[];
  readonly purchaseOrderReference?: string;
  readonly filters?: readonly { readonly name?: string; readonly values?: readonly string[] }[];
}

/**
 * AWS Marketplace agreements: each operation is an action of its own, which takes no resource; conditions may look at
 * the party and the agreement type (Service Authorization Reference, "Actions, resources, and condition keys for AWS
 * Marketplace"; Access control for the AWS Marketplace Agreement API).
 */
export const rights: Rights = Object.fromEntries(
  Object.entries(parties).map(([name, party]) => [
    name,
    (ctx: Context, input: Input) => {
      const keys = keysOf(ctx, name, party, input);
      return [name, ...besides(name, input)].map((one) => need(one, keys));
    },
  ]),
);

/** What else an operation does is an action too. */
function besides(name: string, { purchaseOrders = [], purchaseOrderReference }: Input): string[] {
  switch (name) {
    case "AcceptAgreementCancellationRequest":
      return ["CancelAgreement"];
    case "AcceptAgreementPaymentRequest":
      return purchaseOrderReference === undefined ? [] : ["UpdatePurchaseOrders"];
    case "AcceptAgreementRequest":
      return purchaseOrders.length === 0 ? [] : ["UpdatePurchaseOrders"];
    default:
      return [];
  }
}

function need(name: string, keys: ContextKeys): Need {
  const others = keys["aws-marketplace:PartyType"] === "Acceptor" ? consoleActions[name] : undefined;
  return {
    action: `aws-marketplace:${name}`,
    resource: "*",
    keys,
    ...(others !== undefined && { unlessDenied: [`aws-marketplace:${others}`] }),
  };
}

function keysOf(ctx: Context, name: string, party: (typeof parties)[string], input: Input): ContextKeys {
  const { caller, market } = ctx;
  const { agreementId = "", agreementType, partyType, filters = [] } = input;
  const filtered = (key: string) => filters.find((filter) => filter.name === key)?.values?.[0];
  const agreement = agreementsIn(market.store).get(agreementId);
  const standing = agreement?.proposer === caller.accountId ? "Proposer" : "Acceptor";
  const said = party === "either" ? (partyType ?? filtered("PartyType") ?? standing) : party;
  const product = purchases.has(name) ? purchasedProduct(ctx, input) : undefined;
  return {
    "aws-marketplace:PartyType": said,
    "aws-marketplace:AgreementType": [agreementType ?? filtered("AgreementType") ?? PURCHASE],
    ...(product !== undefined && { "aws-marketplace:ProductId": [product] }),
  };
}
