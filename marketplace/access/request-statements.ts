import type { Statement } from "./policy-document";

/**
 * Asking for products that a private marketplace lacks, by the Catalog API: as AWS's policy AWSPrivateMarketplaceRequests
 * v4 has it. AWSMarketplaceManageSubscriptions has the console's own action for it, CreatePrivateMarketplaceRequests, and
 * lets change sets and requests be read.
 */
export const askingForProducts: Statement = {
  Sid: "AskForProducts",
  Effect: "Allow",
  Action: ["aws-marketplace:StartChangeSet"],
  Resource: ["ProductProcurementRequest", "ChangeSet"].map(
    (kind) => `arn:aws:aws-marketplace:*:*:AWSMarketplace/${kind}/*`,
  ),
  Condition: {
    StringEquals: {
      "catalog:ChangeType": ["CreateProductProcurementRequest", "CancelProductProcurementRequest"],
    },
  },
};
