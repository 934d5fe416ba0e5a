import type { AmiListing, AmiVersionSpec } from "../../../marketplace/listing/ami-listing";

export const version: AmiVersionSpec = {
  title: "1.0.0",
  releaseNotes: "First release.",
  image: {
    amiId: "ami-0123456789abcdef0",
    accessRoleArn: "arn:aws:iam::111122223333:role/ingestion",
    userName: "ec2-user",
    operatingSystem: { name: "AMAZONLINUX", version: "2023" },
  },
  usageInstructions: "Open https://<public-dns>/ in a browser.",
  recommendedInstanceType: "m5.large",
  securityGroups: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrs: ["0.0.0.0/0"] }],
};

/** A listing that AWS would take: hourly and annual prices, 14 changes. */
export const hourlyListing: AmiListing = {
  title: "Acme Log Agent",
  shortDescription: "Ships logs.",
  longDescription: "Ships logs from here to there, without losing any.",
  logoUrl: "https://acme-files.s3.amazonaws.com/logo.png",
  highlights: ["Fast", "Small"],
  categories: ["Monitoring"],
  searchKeywords: ["logs", "agent"],
  supportDescription: "Write to support@example.com.",
  regions: ["us-east-1", "eu-west-1"],
  instanceTypes: ["m5.large", "m5.xlarge"],
  versions: [version],
  pricing: {
    model: "usage",
    hourly: { "m5.large": "0.10", "m5.xlarge": "0.20" },
    annual: { "m5.large": "700", "m5.xlarge": "1400.50" },
  },
  eula: { type: "standard" },
  refundPolicy: "Full refund within 30 days.",
  allowlist: ["444455556666"],
  visibility: "Public",
};
