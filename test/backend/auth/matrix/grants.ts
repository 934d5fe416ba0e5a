import { levelGrants } from "../../../../marketplace/access/level-grants";
import { accessLevels } from "../../../../marketplace/access/levels";
import { type Grants, managedPolicyArn } from "../../../../marketplace/access/policy-document";
import { portalGrants, portalPages } from "../../../../marketplace/access/portal-pages";
import type { Listing } from "./belongings";

/** By service, the calls that somebody may make, as the pages of AWS say, and as our own policies mean to. */
export type Allowed = Readonly<Record<string, "all" | readonly string[]>>;

/** A user of the seller's account, by what it has been given. */
export interface Person {
  readonly name: string;
  readonly grants: (listing: Listing) => Grants;
  readonly allowed: Allowed;
}

/** What needs no right at all: STS API Reference. */
export const FREE = ["GetCallerIdentity", "GetSessionToken"];

/** Roles are for users and other roles: STS API Reference, "AssumeRole". */
export const NOT_FOR_ROOT = ["AssumeRole"];

const CATALOG_READS = [
  "ListChangeSets",
  "DescribeChangeSet",
  "ListEntities",
  "DescribeEntity",
  "BatchDescribeEntities",
];
const RESOURCE_POLICIES = ["GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy"];
const TAGS = ["TagResource", "UntagResource", "ListTagsForResource"];
const STARTS = ["on a product", "with an offer", "on a seller", "on an agent's token", "on a product request"].map(
  (label) => `StartChangeSet ${label}`,
);
const CATALOG = [...CATALOG_READS, ...STARTS, "CancelChangeSet", ...RESOURCE_POLICIES, ...TAGS];

const SELLERS_IMAGES = ["DescribeImages", "DescribeSnapshots", "ModifyImageAttribute", "ModifySnapshotAttribute"];
const BUYERS_INSTANCES = [
  "DescribeAccountAttributes",
  "DescribeAddresses",
  "DescribeImages",
  "DescribeInstances",
  "DescribeKeyPairs",
  "DescribeSecurityGroups",
  "DescribeSubnets",
  "DescribeVpcs",
];

const asBuyer = (...names: string[]) => names.map((name) => `${name} as buyer`);
const asSeller = (...names: string[]) => names.map((name) => `${name} as seller`);

const AGREEMENTS = ["SearchAgreements", "DescribeAgreement", "GetAgreementTerms"];
const CANCELLATIONS = ["ListAgreementCancellationRequests", "GetAgreementCancellationRequest"];
const PAYMENTS = ["ListAgreementPaymentRequests", "GetAgreementPaymentRequest"];
const ADJUSTMENTS = ["ListAgreementInvoiceLineItems", "ListBillingAdjustmentRequests", "GetBillingAdjustmentRequest"];
const OWN_AGREEMENTS = [...asBuyer(...AGREEMENTS), "GetAgreementEntitlements", "ListAgreementCharges"];
const BUYING = ["CreateAgreementRequest of a product", "AcceptAgreementRequest of a product"];

/** `aws-marketplace:*` */
const MARKETPLACE: Allowed = {
  agreement: "all",
  catalog: "all",
  deployment: "all",
  discovery: "all",
  entitlement: "all",
  metering: "all",
  reporting: "all",
};

const ADMINISTRATOR: Allowed = {
  ...MARKETPLACE,
  iam: "all",
  sts: "all",
  ec2: "all",
  s3: "all",
  ssm: "all",
  secretsmanager: "all",
};

const FULL_ACCESS: Allowed = {
  ...MARKETPLACE,
  iam: ["GetRole", "GetInstanceProfile", "ListRoles", "ListInstanceProfiles"],
  ec2: [
    ...BUYERS_INSTANCES,
    "AuthorizeSecurityGroupEgress",
    "AuthorizeSecurityGroupIngress",
    "CreateSecurityGroup",
    "DeleteSecurityGroup",
    "CreateTags",
    "DescribeTags",
    "RunInstances",
    "StartInstances",
    "StopInstances",
    "TerminateInstances",
    "CopyImage",
    "CreateImage",
    "DeregisterImage",
    "DescribeSnapshots",
    "DeleteSnapshot",
    "DescribeInstanceStatus",
  ],
};

const MANAGED_SUBSCRIBING = [
  "UpdatePurchaseOrders",
  "ListAgreementCharges",
  ...asBuyer(...PAYMENTS),
  ...asSeller(...PAYMENTS),
  "AcceptAgreementPaymentRequest without more",
  "AcceptAgreementPaymentRequest with a purchase order",
  "RejectAgreementPaymentRequest",
  ...asBuyer(...CANCELLATIONS),
  "AcceptAgreementCancellationRequest",
  "RejectAgreementCancellationRequest",
  "CancelAgreement",
];
const SUBSCRIBERS_CATALOG = [...CATALOG_READS, "StartChangeSet on an agent's token"];

const MANAGED_VIEWING = [
  "ListAgreementCharges",
  ...asBuyer(...PAYMENTS, ...CANCELLATIONS),
  ...asSeller(...PAYMENTS, ...CANCELLATIONS),
];
const VIEWERS_ACCOUNT: Allowed = { iam: ["ListRoles", "ListInstanceProfiles"], ec2: BUYERS_INSTANCES };

/** AWS Managed Policy Reference, the page of each. */
const POLICIES: Readonly<Record<string, Allowed>> = {
  AdministratorAccess: ADMINISTRATOR,
  AWSMarketplaceDiscoveryFullAccess: { discovery: "all" },
  AWSMarketplaceFullAccess: FULL_ACCESS,
  AWSMarketplaceGetEntitlements: { entitlement: ["GetEntitlements"] },
  AWSMarketplaceManageSubscriptions: {
    catalog: SUBSCRIBERS_CATALOG,
    agreement: MANAGED_SUBSCRIBING,
    discovery: "all",
  },
  AWSMarketplaceMeteringFullAccess: { metering: ["MeterUsage"] },
  AWSMarketplaceMeteringRegisterUsage: { metering: ["RegisterUsage"] },
  "AWSMarketplaceRead-only": { ...VIEWERS_ACCOUNT, agreement: MANAGED_VIEWING, discovery: "all" },
  AWSMarketplaceSellerFullAccess: {
    agreement: [
      ...asSeller(...AGREEMENTS, ...PAYMENTS, ...CANCELLATIONS),
      ...ADJUSTMENTS,
      "BatchCreateBillingAdjustmentRequest",
      "SendAgreementPaymentRequest",
      "CancelAgreementPaymentRequest",
      "SendAgreementCancellationRequest",
      "CancelAgreementCancellationRequest",
    ],
    catalog: CATALOG,
    iam: ["GetRole", "CreateServiceLinkedRole"],
    ec2: SELLERS_IMAGES,
  },
  AWSMarketplaceSellerOfferManagement: {
    agreement: [...asSeller(...AGREEMENTS, ...CANCELLATIONS), ...ADJUSTMENTS],
    catalog: [...CATALOG_READS, "StartChangeSet with an offer"],
  },
  AWSMarketplaceSellerProductsFullAccess: { catalog: CATALOG, iam: ["GetRole"], ec2: SELLERS_IMAGES },
  AWSMarketplaceSellerProductsReadOnly: {
    catalog: [...CATALOG_READS, "ListTagsForResource", "GetResourcePolicy"],
    ec2: ["DescribeImages", "DescribeSnapshots"],
  },
  AWSPrivateMarketplaceAdminFullAccess: { catalog: [...CATALOG_READS, ...STARTS, "CancelChangeSet", ...TAGS] },
  AWSPrivateMarketplaceRequests: {
    catalog: ["ListEntities", "ListChangeSets", "DescribeChangeSet", "StartChangeSet on a product request"],
  },
};

/** The three groups of the buyer guide, through the console and through the API. */
const LEVELS = {
  view: { ...VIEWERS_ACCOUNT, agreement: [...MANAGED_VIEWING, ...OWN_AGREEMENTS], discovery: "all" },
  subscribe: {
    catalog: [...SUBSCRIBERS_CATALOG, "StartChangeSet on a product request"],
    agreement: [
      ...MANAGED_SUBSCRIBING,
      ...OWN_AGREEMENTS,
      ...BUYING,
      "CreateAgreementRequest of nothing known",
      "AcceptAgreementRequest with purchase orders",
    ],
    discovery: "all",
  },
  "full-control": FULL_ACCESS,
} as const satisfies Readonly<Record<string, Allowed>>;

/** The same for one product: images of others do not launch, and instances of others are not touched. */
const LIMITED_LEVELS = {
  view: { agreement: OWN_AGREEMENTS, discovery: "all", ec2: ["DescribeImages", "DescribeInstances"] },
  subscribe: {
    agreement: [...OWN_AGREEMENTS, ...BUYING, "CancelAgreement"],
    discovery: "all",
    ec2: ["DescribeImages", "DescribeInstances"],
  },
  "full-control": {
    agreement: [...OWN_AGREEMENTS, ...BUYING, "CancelAgreement"],
    discovery: "all",
    ec2: [
      "DescribeImages",
      "DescribeInstances",
      "DescribeInstanceStatus",
      "DescribeKeyPairs",
      "DescribeSecurityGroups",
      "DescribeSubnets",
      "DescribeVpcs",
    ],
  },
} as const satisfies Readonly<Record<string, Allowed>>;

/** AWS Marketplace seller guide, "Policies and permissions for AWS Marketplace sellers"; some pages have no API. */
const PAGES = {
  marketing: {},
  "support-eligibility": {},
  reports: {},
  "manage-products": { catalog: CATALOG, iam: ["GetRole"], ec2: SELLERS_IMAGES },
  "file-upload": { catalog: ["ListEntities", "DescribeEntity", "BatchDescribeEntities", ...STARTS] },
  settings: { catalog: ["ListEntities", "StartChangeSet on a seller"] },
} as const satisfies Readonly<Record<string, Allowed>>;

/** Everybody in the matrix but root, who has nothing, and other accounts. */
export const PEOPLE: readonly Person[] = [
  ...Object.entries(POLICIES).map(([name, allowed]) => ({
    name,
    grants: () => ({ managed: [managedPolicyArn(name)] }),
    allowed,
  })),
  ...accessLevels.map((level) => ({
    name: `level-${level}`,
    grants: () => levelGrants(level),
    allowed: LEVELS[level],
  })),
  ...accessLevels.map((level) => ({
    name: `limited-${level}`,
    grants: ({ productId }: Listing) => levelGrants(level, [productId]),
    allowed: LIMITED_LEVELS[level],
  })),
  ...portalPages.map((page) => ({ name: `page-${page}`, grants: () => portalGrants([page]), allowed: PAGES[page] })),
  { name: "without-rights", grants: () => ({ managed: [] }), allowed: {} },
];
