import {
  DescribeChangeSetCommand,
  DescribeEntityCommand,
  ListChangeSetsCommand,
  ListEntitiesCommand,
  MarketplaceCatalogClient,
} from "@aws-sdk/client-marketplace-catalog";
import type { RunningMarketplace } from "../../../backend/index";
import { prepareSeller } from "../../../automation/tour/prepare";
import type { AmiListing } from "../../../marketplace/listing/ami-listing";

const Catalog = "AWSMarketplace";

/** A seller with an image, a role and a bucket, and a catalog client of the test's own to ask what really is there. */
export async function openSeller(market: RunningMarketplace) {
  const account = market.accounts.find(({ name }) => name === "seller");
  if (account === undefined) throw new Error("The marketplace has no seller.");
  const { accessKeyId, secretAccessKey } = account;
  const connection = {
    endpoint: market.endpoint,
    region: market.region,
    credentials: { accessKeyId, secretAccessKey },
  };
  const catalog = new MarketplaceCatalogClient(connection);
  const built = await prepareSeller(connection);
  return {
    ...built,
    connection,
    catalog,
    listing: (more: Partial<AmiListing> = {}): AmiListing => ({ ...listingOf(built), ...more }),
    details: async (EntityId: unknown) => {
      const { DetailsDocument } = await catalog.send(
        new DescribeEntityCommand({ Catalog, EntityId: String(EntityId) }),
      );
      return DetailsDocument;
    },
    products: async () => {
      const { EntitySummaryList } = await catalog.send(new ListEntitiesCommand({ Catalog, EntityType: "AmiProduct" }));
      return (EntitySummaryList ?? []).map(({ EntityId, Visibility }) => ({ id: EntityId, visibility: Visibility }));
    },
    /** The change types of every change set so far, oldest first. */
    changeSets: async () => {
      const { ChangeSetSummaryList = [] } = await catalog.send(new ListChangeSetsCommand({ Catalog }));
      const described = ChangeSetSummaryList.map(({ ChangeSetId }) =>
        catalog.send(new DescribeChangeSetCommand({ Catalog, ChangeSetId })),
      );
      return (await Promise.all(described)).toReversed().map(({ ChangeSet, Status, ChangeSetId }) => ({
        id: ChangeSetId,
        status: Status,
        changes: (ChangeSet ?? []).map(({ ChangeType }) => ChangeType),
      }));
    },
  };
}

function listingOf({
  amiId,
  ingestionRoleArn,
}: {
  readonly amiId: string;
  readonly ingestionRoleArn: string;
}): AmiListing {
  return {
    title: "Example Corp Log Agent",
    sku: "EX-LOG-1",
    shortDescription: "Collects and ships logs.",
    longDescription: "Collects logs from every workload of a VPC and ships them.",
    logoUrl: "https://example-corp.s3.amazonaws.com/logo.png",
    highlights: ["Filters at the edge", "Keeps logs while a destination is down"],
    categories: ["Log Analysis"],
    searchKeywords: ["logs", "syslog"],
    additionalResources: [{ text: "Documentation", url: "https://docs.example.com" }],
    supportDescription: "Write to support@example.com.",
    regions: ["us-east-1", "eu-central-1"],
    instanceTypes: ["m7i.large", "m7i.xlarge"],
    versions: [
      {
        title: "4.2.0",
        releaseNotes: "The first version.",
        image: {
          amiId,
          accessRoleArn: ingestionRoleArn,
          userName: "ec2-user",
          operatingSystem: { name: "AMAZONLINUX", version: "Amazon Linux 2023" },
        },
        usageInstructions: "Launch it and connect by SSH as ec2-user.",
        recommendedInstanceType: "m7i.large",
        securityGroups: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["10.0.0.0/8"] }],
      },
    ],
    pricing: {
      model: "usage",
      hourly: { "m7i.large": "0.09", "m7i.xlarge": "0.18" },
      annual: { "m7i.large": "630", "m7i.xlarge": "1260" },
    },
    eula: { type: "standard" },
    refundPolicy: "In full within 30 days.",
    allowlist: ["444455556666"],
    visibility: "Public",
  };
}
