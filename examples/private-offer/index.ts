import * as pulumi from "@pulumi/pulumi";
import { AmiProduct, ListingFile, PrivateOffer, Subscription } from "pulumi-aws-marketplace";

const config = new pulumi.Config();
const northwind = "444455556666";
const fabrikam = "777788889999";

const logo = new ListingFile("logo", { bucket: config.require("bucket"), source: "../paid-ami/logo.png" });

// Everybody's prices: the public offer, and the rate card from which the private ones take their discounts.
const listing = new AmiProduct("log-agent", {
  title: "Example Corp Log Agent",
  shortDescription: "Collects, filters and ships logs from every workload in a VPC, without an agent on each host.",
  longDescription: "Receives syslog and OpenTelemetry, drops what you do not need, ships the rest to Amazon S3.",
  logoUrl: logo.url,
  highlights: ["Filters and samples at the edge"],
  categories: ["Log Analysis"],
  searchKeywords: ["logs", "syslog"],
  additionalResources: [{ text: "Documentation", url: "https://docs.example.com/log-agent" }],
  supportDescription: "Write to support@example.com; we answer within one business day.",
  regions: ["us-east-1", "eu-central-1"],
  instanceTypes: ["m7i.large", "m7i.xlarge"],
  versions: [
    {
      title: "4.2.0",
      releaseNotes: "Adds OpenTelemetry input and sampling rules.",
      image: {
        amiId: config.require("amiId"),
        accessRoleArn: config.require("ingestionRoleArn"),
        userName: "ec2-user",
        operatingSystem: { name: "AMAZONLINUX", version: "Amazon Linux 2023" },
      },
      usageInstructions: "Launch the instance and open https://<address>/.",
      recommendedInstanceType: "m7i.large",
      securityGroups: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrs: ["10.0.0.0/8"] }],
    },
  ],
  pricing: { model: "usage", hourly: { "m7i.large": "0.09", "m7i.xlarge": "0.18" } },
  eula: { type: "standard" },
  refundPolicy: "We refund in full within 30 days; write to billing@example.com.",
  allowlist: [northwind, fabrikam],
  visibility: "Limited",
});

// Try it: marketplace config set discount 20, then preview. Prices that are agreed on stay as they are, so that a new
// offer takes the old one's place.
const deals = new PrivateOffer("deals", {
  product: listing,
  availabilityEndDate: config.require("lastDay"),
  validity: { duration: "P365D" },
  buyers: {
    northwind: { accounts: [northwind], discount: config.requireNumber("discount") },
    fabrikam: { accounts: [fabrikam], discount: 10, discounts: { "m7i.xlarge": 25 } },
  },
});

// The other side of the deal, in Northwind's own account. In real life that is Northwind's program.
const agreement = new Subscription("northwind-agent", {
  offerId: deals.offers.northwind.offerId,
  connection: { profile: config.require("buyerProfile") },
});

export const productId = listing.productId;
export const offerOfNorthwind = deals.offers.northwind.offerId;
export const offerOfFabrikam = deals.offers.fabrikam.offerId;
export const agreementStatus = agreement.status;
export const agreedPrices = agreement.terms.apply(({ prices }) => prices);
