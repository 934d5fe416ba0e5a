import { RegisterImageCommand, CreateSnapshotCommand, CreateVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import type { AmiListing } from "../../../marketplace/listing/ami-listing";
import { amiProduct } from "../../../providers/ami-product/reconciler";
import type { Properties } from "../../../providers/provider";
import { unknownText } from "../../../providers/unknown";
import { openMarket, startRun } from "../support/market";
import { openSeller } from "../support/seller";

const setUp = async () => openSeller(await openMarket());
type Seller = Awaited<ReturnType<typeof setUp>>;

const usage = (hourly: Record<string, string>): Partial<AmiListing> => ({ pricing: { model: "usage", hourly } });
const without = (name: keyof AmiListing) => ({ [name]: undefined });

test.each<[string, Properties, string]>([
  [
    "a price for an instance type that is not offered",
    usage({ "m7i.large": "0.09", "m7i.xlarge": "0.18", "m7g.large": "0.1" }),
    'pricing.hourly["m7g.large"]',
  ],
  ["an instance type without a price", usage({ "m7i.large": "0.09" }), "pricing.hourly"],
  ["a price that is no amount", usage({ "m7i.large": "9 cents", "m7i.xlarge": "0.18" }), 'pricing.hourly["m7i.large"]'],
  ["a region that AWS does not have", { regions: ["us-east-1", "us-east-9"] }, "regions[1]"],
  ["no EULA", without("eula"), "eula"],
  ["no refund policy for a paid product", without("refundPolicy"), "refundPolicy"],
  ["a title that is too long", { title: "x".repeat(73) }, "title"],
  ["a misspelt property", { shortDescriptoin: "Ships logs." }, "shortDescriptoin"],
  ["a number where a text belongs", { title: 5 }, "title"],
])("%s is refused in preview, by the property's name", async (_what, wrong, property) => {
  const listing = { ...listingForCheck, ...wrong };
  const { failures } = await startRun().provider(amiProduct).check({}, listing);
  expect(failures.map((failure) => failure.property)).toEqual(
    expect.arrayContaining([expect.stringContaining(property)]),
  );
  expect(failures.every(({ reason }) => reason.length > 15)).toBe(true);
});

test("every mistake is told at once", async () => {
  const listing = { ...listingForCheck, regions: ["us-east-9"], eula: undefined, title: "x".repeat(73) };
  const { failures } = await startRun().provider(amiProduct).check({}, listing);
  expect(new Set(failures.map(({ property }) => property.replace(/\[.*$/, "")))).toEqual(
    new Set(["regions", "eula", "title"]),
  );
});

test("in preview, what is not known yet is no mistake, and shows as a change", async () => {
  const provider = startRun().provider(amiProduct);
  const listing = {
    ...listingForCheck,
    logoUrl: unknownText,
    regions: unknownText,
    versions: [
      { ...listingForCheck.versions[0], image: { ...listingForCheck.versions[0]?.image, amiId: unknownText } },
    ],
  };
  const { inputs, failures } = await provider.check({}, listing);
  expect(failures).toEqual([]);
  expect(await provider.diff("prod-1", { ...listingForCheck }, inputs)).toMatchObject({ changes: true, replaces: [] });
});

test("the image of a version that is there cannot be changed, which preview says", async () => {
  const [version] = listingForCheck.versions;
  const versions = [{ ...version, image: { ...version?.image, amiId: "ami-0fedcba9876543210" } }];
  const diff = startRun()
    .provider(amiProduct)
    .diff("prod-1", { ...listingForCheck }, { ...listingForCheck, versions });
  await expect(diff).rejects.toThrow(
    "versions[0].image.amiId: Version 4.2.0 is made of ami-0123456789abcdef0, and AWS keeps it so",
  );
});

test.each<[string, (seller: Seller) => Promise<AmiListing>, RegExp]>([
  [
    "an image with an encrypted snapshot",
    async (seller) => withImage(seller.listing(), { amiId: await encryptedImage(seller) }),
    /^Change set \w+ failed and changed nothing:\n {2}versions\[0\]\.image.*\[ASSET_ACCESS_EXCEPTION\]/,
  ],
  [
    "an image that is not there",
    async (seller) => withImage(seller.listing(), { amiId: "ami-0123456789abcdef0" }),
    /failed and changed nothing:\n {2}versions\[0\]\.image\.amiId: .*\[ASSET_NOT_FOUND\]/,
  ],
  [
    "a role that AWS Marketplace may not assume",
    async (seller) => withImage(seller.listing(), { accessRoleArn: await uselessRole(seller) }),
    /failed and changed nothing:\n {2}versions\[0\]\.image.*\[ASSET_/,
  ],
])("%s fails with the property's name, and nothing was made", async (_what, listingOf, expected) => {
  const seller = await setUp();
  const provider = startRun().provider(amiProduct);
  const { inputs, failures } = await provider.check({}, { ...(await listingOf(seller)) });
  expect(failures).toEqual([]);
  await expect(provider.create(inputs)).rejects.toThrow(expected);
  expect(await seller.products()).toEqual([]);
});

const listingForCheck: AmiListing = {
  title: "Example Corp Log Agent",
  shortDescription: "Collects and ships logs.",
  longDescription: "Collects logs from every workload of a VPC and ships them.",
  logoUrl: "https://example-corp.s3.amazonaws.com/logo.png",
  highlights: ["Filters at the edge"],
  categories: ["Log Analysis"],
  searchKeywords: ["logs"],
  additionalResources: [{ text: "Documentation", url: "https://docs.example.com" }],
  supportDescription: "Write to support@example.com.",
  regions: ["us-east-1"],
  instanceTypes: ["m7i.large", "m7i.xlarge"],
  versions: [
    {
      title: "4.2.0",
      releaseNotes: "The first version.",
      image: {
        amiId: "ami-0123456789abcdef0",
        accessRoleArn: "arn:aws:iam::111122223333:role/Ingestion",
        userName: "ec2-user",
        operatingSystem: { name: "AMAZONLINUX", version: "Amazon Linux 2023" },
      },
      usageInstructions: "Launch it and connect by SSH as ec2-user.",
      recommendedInstanceType: "m7i.large",
      securityGroups: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["10.0.0.0/8"] }],
    },
  ],
  pricing: { model: "usage", hourly: { "m7i.large": "0.09", "m7i.xlarge": "0.18" } },
  eula: { type: "standard" },
  refundPolicy: "In full within 30 days.",
  visibility: "Public",
};

function withImage(listing: AmiListing, image: Partial<AmiListing["versions"][number]["image"]>): AmiListing {
  const versions = listing.versions.map((version) => ({ ...version, image: { ...version.image, ...image } }));
  return { ...listing, versions };
}

async function encryptedImage({ connection }: Seller): Promise<string> {
  const ec2 = new EC2Client(connection);
  const volume = new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8, Encrypted: true });
  const { VolumeId } = await ec2.send(volume);
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  const image = new RegisterImageCommand({
    Name: "Example Corp Log Agent encrypted",
    Architecture: "x86_64",
    VirtualizationType: "hvm",
    EnaSupport: true,
    RootDeviceName: "/dev/xvda",
    BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }],
  });
  const { ImageId = "" } = await ec2.send(image);
  return ImageId;
}

async function uselessRole({ connection }: Seller): Promise<string> {
  const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  const command = new CreateRoleCommand({ RoleName: "Useless", AssumeRolePolicyDocument: document });
  const { Role } = await new IAMClient(connection).send(command);
  return Role?.Arn ?? "";
}
