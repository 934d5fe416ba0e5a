import type { Statement } from "./policy-document";

/** Agreements to buy products, as AWS's own policies put it: of all the types that a request is about, and there is one. */
const purchases: NonNullable<Statement["Condition"]> = {
  "ForAllValues:StringEquals": { "aws-marketplace:AgreementType": "PurchaseAgreement" },
  Null: { "aws-marketplace:AgreementType": "false" },
};

/**
 * What a buyer is shown of its own agreements. Which conditions an action takes is from the IAM service authorization
 * reference, "Actions, resources, and condition keys for AWS Marketplace": entitlements and charges are the buyer's only,
 * and know no party.
 */
export const seeingAgreements: readonly Statement[] = [
  {
    Sid: "SeeOwnAgreements",
    Effect: "Allow",
    Action: ["SearchAgreements", "DescribeAgreement", "GetAgreementTerms"].map(action),
    Resource: "*",
    Condition: { StringEquals: { "aws-marketplace:PartyType": "Acceptor" } },
  },
  {
    Sid: "SeeEntitlementsAndCharges",
    Effect: "Allow",
    Action: ["GetAgreementEntitlements", "ListAgreementCharges"].map(action),
    Resource: "*",
    Condition: purchases,
  },
];

/** Quotes, and agreements made of them: Access control for the AWS Marketplace Agreement API. */
export const buyingAnything: Statement = {
  Sid: "BuyProducts",
  Effect: "Allow",
  Action: ["CreateAgreementRequest", "AcceptAgreementRequest"].map(action),
  Resource: "*",
  Condition: purchases,
};

function action(name: string): string {
  return `aws-marketplace:${name}`;
}
