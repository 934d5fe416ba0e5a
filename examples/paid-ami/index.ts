import * as pulumi from "@pulumi/pulumi";
import { AmiProduct, ListingFile } from "pulumi-aws-marketplace";
import { annual, hourly, instanceTypes } from "./prices";

const config = new pulumi.Config();

const logo = new ListingFile("logo", { bucket: config.require("bucket"), source: "logo.png" });

const listing = new AmiProduct("log-agent", {
  title: "Example Corp Log Agent",
  sku: "EX-LOG-1",
  shortDescription: "Collects, filters and ships logs from every workload in a VPC, without an agent on each host.",
  longDescription:
    "Example Corp Log Agent receives syslog, OpenTelemetry and plain files from the workloads of a VPC, drops what you do not " +
    "need before you pay to store it, and ships the rest to Amazon S3, Amazon OpenSearch Service or CloudWatch Logs. One " +
    "instance handles up to 40,000 events a second; launch more behind a Network Load Balancer to grow.",
  logoUrl: logo.url,
  highlights: [
    "Filters and samples at the edge: most customers store 60 percent less",
    "Keeps logs on disk while a destination is down, and catches up by itself",
    "Ready in five minutes: one instance, one IAM role, one security group",
  ],
  categories: ["Log Analysis", "Monitoring"],
  searchKeywords: ["logs", "syslog", "opentelemetry", "observability"],
  additionalResources: [{ text: "Documentation", url: "https://docs.example.com/log-agent" }],
  supportDescription:
    "Write to support@example.com; we answer within one business day. Critical problems: within two hours, around the clock.",
  regions: ["us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "ap-southeast-2"],
  futureRegionSupport: "All",
  instanceTypes,
  versions: [
    {
      title: "4.2.0",
      releaseNotes:
        "Adds OpenTelemetry input and sampling rules. Upgrades from 4.x keep their configuration and queue.",
      image: {
        amiId: config.require("amiId"),
        accessRoleArn: config.require("ingestionRoleArn"),
        userName: "ec2-user",
        operatingSystem: { name: "AMAZONLINUX", version: "Amazon Linux 2023" },
      },
      usageInstructions:
        "Launch the instance with a role that may write to your destination. Open https://<address>/ and sign in as admin; the " +
        "first password is the instance id. For a shell, connect by SSH as ec2-user.",
      recommendedInstanceType: "m7i.large",
      securityGroups: [
        { protocol: "tcp", fromPort: 443, toPort: 443, cidrs: ["10.0.0.0/8"] },
        { protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["10.0.0.0/8"] },
        { protocol: "udp", fromPort: 514, toPort: 514, cidrs: ["10.0.0.0/8"] },
      ],
      accessEndpoint: { port: 443, protocol: "https" },
    },
  ],
  // Try it: pulumi config set hourlyFactor 0.9, then preview.
  pricing: { model: "usage", hourly: hourly(config.getNumber("hourlyFactor") ?? 1), annual: annual() },
  eula: { type: "standard" },
  refundPolicy: "We refund annual subscriptions in full within 30 days; write to billing@example.com.",
  visibility: "Public",
});

export const productId = listing.productId;
export const offerId = listing.offerId;
export const state = listing.state;
export const prices = listing.pricing;
