/** The callers of the matrix that are users of the seller's account, by the one policy that each has. */
export const POLICIES = [
  "AdministratorAccess",
  "AWSMarketplaceFullAccess",
  "AWSMarketplaceManageSubscriptions",
  "AWSMarketplaceRead-only",
  "AWSMarketplaceSellerFullAccess",
  "AWSMarketplaceSellerProductsFullAccess",
  "AWSMarketplaceSellerProductsReadOnly",
  "AWSMarketplaceSellerOfferManagement",
] as const;

export type PolicyName = (typeof POLICIES)[number];

const CATALOG_READS = [
  "ListChangeSets",
  "DescribeChangeSet",
  "ListEntities",
  "DescribeEntity",
  "BatchDescribeEntities",
];
const RESOURCE_POLICIES = ["GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy"];
const TAGS = ["TagResource", "UntagResource", "ListTagsForResource"];
const CHANGE_SETS = ["CancelChangeSet", "StartChangeSet on a product", "StartChangeSet with an offer"];
const CATALOG = [...CATALOG_READS, ...CHANGE_SETS, ...RESOURCE_POLICIES, ...TAGS];

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

/** By service, the calls that a policy allows: AWS Managed Policy Reference, the page of each. */
type Grants = Readonly<Record<string, "all" | readonly string[]>>;

export const GRANTS: Readonly<Record<PolicyName, Grants>> = {
  AdministratorAccess: { catalog: "all", iam: "all", sts: "all", ec2: "all", s3: "all" },
  AWSMarketplaceFullAccess: {
    catalog: "all",
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
  },
  AWSMarketplaceManageSubscriptions: { catalog: CATALOG_READS },
  "AWSMarketplaceRead-only": { iam: ["ListRoles", "ListInstanceProfiles"], ec2: BUYERS_INSTANCES },
  AWSMarketplaceSellerFullAccess: {
    catalog: CATALOG,
    iam: ["GetRole", "CreateServiceLinkedRole"],
    ec2: SELLERS_IMAGES,
  },
  AWSMarketplaceSellerProductsFullAccess: { catalog: CATALOG, iam: ["GetRole"], ec2: SELLERS_IMAGES },
  AWSMarketplaceSellerProductsReadOnly: {
    catalog: [...CATALOG_READS, "ListTagsForResource", "GetResourcePolicy"],
    ec2: ["DescribeImages", "DescribeSnapshots"],
  },
  AWSMarketplaceSellerOfferManagement: { catalog: [...CATALOG_READS, "StartChangeSet with an offer"] },
};

/** What needs no right at all: STS API Reference. */
export const FREE = ["GetCallerIdentity", "GetSessionToken"];

/** Roles are for users and other roles: STS API Reference, "AssumeRole". */
export const NOT_FOR_ROOT = ["AssumeRole"];
