import { type Grants, managedPolicyArn, type Statement } from "./policy-document";

/** Pages of the seller portal that can be given out one by one: AWS Marketplace seller guide, "Policies and permissions for AWS Marketplace sellers". */
export const portalPages = [
  "marketing",
  "support-eligibility",
  "reports",
  "manage-products",
  "file-upload",
  "settings",
] as const;

export type PortalPage = (typeof portalPages)[number];

export function isPortalPage(value: unknown): value is PortalPage {
  return portalPages.some((page) => page === value);
}

/** What these pages need: AWS's managed policy where the portal insists on it, and statements for all others together. */
export function portalGrants(pages: "all" | readonly PortalPage[]): Grants {
  const open = portalPages.filter((page) => pages === "all" || pages.includes(page));
  const statements = open.flatMap((page) => statementsOf[page]);
  const managed = open.includes("manage-products") ? [managedPolicyArn(productsPolicy)] : [];
  return statements.length === 0 ? { managed } : { managed, own: { Version: "2012-10-17", Statement: statements } };
}

/** Managing products works with this very policy only, not with one that says the same. */
const productsPolicy = "AWSMarketplaceSellerProductsFullAccess";

const entities = "arn:aws:aws-marketplace:*:*:AWSMarketplace";

/** Actions of the current edition of that page, with those of the 2023 edition, which older accounts still check. */
const statementsOf: Readonly<Record<PortalPage, readonly Statement[]>> = {
  marketing: [portal("Marketing", "viewMarketing")],
  "support-eligibility": [portal("SupportEligibility", "viewSupport")],
  reports: [portal("Reports", "viewReports")],
  "manage-products": [],
  "file-upload": [portal("FileUpload", "uploadFiles"), ...changing("FileUpload", `${entities}/*`)],
  settings: [
    portal("Settings", "viewSettings"),
    // A set of changes is a resource of its own beside the entity that it changes.
    ...changing("Settings", [`${entities}/Seller/*`, `${entities}/ChangeSet/*`]),
  ],
};

function portal(Sid: string, action: string): Statement {
  return { Sid, Effect: "Allow", Action: [`aws-marketplace-management:${action}`], Resource: "*" };
}

function changing(sid: string, Resource: string | readonly string[]): Statement[] {
  return [
    { Sid: `${sid}List`, Effect: "Allow", Action: ["aws-marketplace:ListEntities"], Resource: "*" },
    {
      Sid: `${sid}Entities`,
      Effect: "Allow",
      Action: ["aws-marketplace:DescribeEntity", "aws-marketplace:StartChangeSet"],
      Resource,
    },
  ];
}

/** The pages that these policies open: the other way round, for a group that somebody else made. */
export function pagesGranted(policies: readonly string[], document: unknown): PortalPage[] {
  const written = JSON.stringify(document ?? {});
  return portalPages.filter((page) => {
    if (page === "manage-products") return policies.includes(managedPolicyArn(productsPolicy));
    return statementsOf[page].every(({ Action }) => Action.every((action) => written.includes(`"${action}"`)));
  });
}
