import { seeingAgreements } from "./agreement-statements";
import type { AccessLevel } from "./levels";
import type { PolicyDocument, Statement } from "./policy-document";

/**
 * The least that a level needs, with purchases limited to the given products.
 *
 * AWS can tell products apart when something is bought (condition key `aws-marketplace:ProductId`), not when it is looked
 * at or unsubscribed: IAM service authorization reference, "Actions, resources, and condition keys for AWS Marketplace".
 * Instances are limited to those of AWS Marketplace images; which of these launch is decided by what is subscribed to.
 */
export function levelDocument(level: AccessLevel, products: readonly string[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statementsOf(level, products) };
}

function statementsOf(level: AccessLevel, products: readonly string[]): Statement[] {
  switch (level) {
    case "view":
      return viewing;
    case "subscribe":
      return [...viewing, ...subscribing(products)];
    case "full-control":
      return [...viewing, ...subscribing(products), ...running];
  }
}

const viewing: Statement[] = [
  {
    Sid: "SeeSubscriptions",
    Effect: "Allow",
    Action: [
      "aws-marketplace:ViewSubscriptions",
      "aws-marketplace:ListPrivateListings",
      "aws-marketplace:GetListing",
      "aws-marketplace:GetOffer",
      "aws-marketplace:GetOfferSet",
      "aws-marketplace:GetOfferTerms",
      "aws-marketplace:GetProduct",
      "aws-marketplace:ListFulfillmentOptions",
      "aws-marketplace:ListPurchaseOptions",
      "aws-marketplace:SearchFacets",
      "aws-marketplace:SearchListings",
    ],
    Resource: "*",
  },
  ...seeingAgreements,
  { Sid: "SeeInstances", Effect: "Allow", Action: ["ec2:DescribeImages", "ec2:DescribeInstances"], Resource: "*" },
];

/** `Null` refuses a purchase that names no product, which `ForAllValues` alone would let pass. */
function subscribing(products: readonly string[]): Statement[] {
  return [
    {
      Sid: "SubscribeToProducts",
      Effect: "Allow",
      Action: [
        "aws-marketplace:Subscribe",
        "aws-marketplace:CreateAgreementRequest",
        "aws-marketplace:AcceptAgreementRequest",
      ],
      Resource: "*",
      Condition: {
        "ForAllValues:StringEquals": { "aws-marketplace:ProductId": [...new Set(products)].toSorted() },
        Null: { "aws-marketplace:ProductId": "false" },
      },
    },
    { Sid: "Unsubscribe", Effect: "Allow", Action: ["aws-marketplace:Unsubscribe"], Resource: "*" },
    {
      Sid: "CancelOwnAgreements",
      Effect: "Allow",
      Action: ["aws-marketplace:CancelAgreement"],
      Resource: "*",
      Condition: { StringEquals: { "aws-marketplace:PartyType": "Acceptor" } },
    },
  ];
}

/** Keys of the service authorization reference, "Actions, resources, and condition keys for Amazon EC2". */
const running: Statement[] = [
  {
    Sid: "LaunchMarketplaceImages",
    Effect: "Allow",
    Action: ["ec2:RunInstances"],
    Resource: "arn:aws:ec2:*::image/*",
    Condition: { StringEquals: { "ec2:Owner": "aws-marketplace" } },
  },
  {
    Sid: "LaunchWith",
    Effect: "Allow",
    Action: ["ec2:RunInstances"],
    Resource: ["instance", "volume", "network-interface", "security-group", "subnet", "key-pair"].map(
      (kind) => `arn:aws:ec2:*:*:${kind}/*`,
    ),
  },
  {
    Sid: "RunMarketplaceInstances",
    Effect: "Allow",
    Action: ["ec2:StartInstances", "ec2:StopInstances", "ec2:TerminateInstances"],
    Resource: "arn:aws:ec2:*:*:instance/*",
    Condition: { Null: { "ec2:ProductCode": "false" } },
  },
  {
    Sid: "SeeWhatToLaunchWith",
    Effect: "Allow",
    Action: [
      "ec2:DescribeInstanceStatus",
      "ec2:DescribeKeyPairs",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
    ],
    Resource: "*",
  },
];
