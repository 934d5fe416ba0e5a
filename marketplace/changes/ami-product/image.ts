import { instanceTypeFacts } from "../../instance-types";
import type { Problem } from "../../problem";
import { unless } from "../../problem";
import type { AssetFacts } from "../change-type";

type Image = Extract<AssetFacts["image"], { found: true }>;

const architectures = new Set(["x86_64", "arm64"]);

/** The product as an image must fit it: what it offers, and the architecture of the versions it has. */
export interface Fit {
  readonly instanceTypes: readonly string[];
  readonly architecture: string | undefined;
  /** The account that asks. */
  readonly account: string;
  /** RFC 3339. */
  readonly now: string;
}

/** An instance type that is known to be made for another architecture. */
export function isUnfit(instanceType: string, architecture: string): boolean {
  const facts = instanceTypeFacts(instanceType);
  return facts !== undefined && facts.architecture !== architecture;
}

/**
 * What keeps an image out of the catalog, of what EC2 and IAM know about it (AMI-based product requirements; Catalog API,
 * Work with AMI-based products). Paths are members of AmiSource. A scan of its contents is another matter.
 */
export function checkAssets({ image, role }: AssetFacts, fit: Fit): Problem[] {
  return [
    ...checkRole(role),
    ...(image.found
      ? checkImage(image, fit)
      : unless(false, "ASSET_NOT_FOUND", "AmiId", `The image cannot be ingested: ${image.reason}.`)),
  ];
}

function checkRole(role: AssetFacts["role"]): Problem[] {
  if (!role.found) return unusable(`The ingestion role cannot be used: ${role.reason}.`);
  if (!role.passable) {
    return unusable(
      "You may not pass this role to AWS Marketplace. Allow yourself iam:PassRole on it for the service assets.marketplace.amazonaws.com.",
    );
  }
  if (!role.trustsIngestion) {
    return unusable(
      "The role does not let assets.marketplace.amazonaws.com assume it. Add that service to its trust policy.",
    );
  }
  const missing = role.missingActions.join(", ");
  return missing === ""
    ? []
    : unusable(`The role does not allow ${missing}. Attach the managed policy AWSMarketplaceAmiIngestion.`);
}

function unusable(message: string): Problem[] {
  return unless(false, "ASSET_NOT_FOUND", "AccessRoleArn", message);
}

function checkImage(image: Image, fit: Fit): Problem[] {
  const encrypted = image.snapshots.filter((snapshot) => snapshot.encrypted).map(({ id }) => id);
  return [
    ...unless(
      image.ownerId === fit.account,
      "ASSET_NOT_FOUND",
      "AmiId",
      `The image belongs to account ${image.ownerId}. Only an image that you own can be listed: copy it first.`,
    ),
    ...unless(
      image.productCodes.length === 0,
      "EXISTING_AMI_PRODUCT_CODE",
      "AmiId",
      `The image already carries the product code ${image.productCodes.join(", ")}. Use one without product codes.`,
    ),
    ...unless(
      image.virtualizationType === "hvm",
      "INVALID_AMI_VIRTUALIZATION_TYPE",
      "AmiId",
      `The image's virtualization type is ${image.virtualizationType}; only hvm is accepted.`,
    ),
    ...unless(
      image.rootDeviceType === "ebs",
      "INVALID_AMI_VIRTUALIZATION_TYPE",
      "AmiId",
      `The image's root device is ${image.rootDeviceType}; only images backed by EBS are accepted.`,
    ),
    ...unless(
      encrypted.length === 0,
      "ASSET_ACCESS_EXCEPTION",
      "AmiId",
      `The image could not be copied: its snapshot ${encrypted.join(", ")} is encrypted. Make the image from unencrypted snapshots.`,
    ),
    ...checkArchitecture(image, fit),
    ...checkEna(image, fit),
    ...checkAge(image, fit.now),
  ];
}

function checkArchitecture({ architecture }: Image, fit: Fit): Problem[] {
  const path = "AmiId";
  if (!architectures.has(architecture)) {
    const message = `The image's architecture is ${architecture}; a listing's is x86_64 or arm64.`;
    return unless(false, "INVALID_AMI_ARCHITECTURE", path, message);
  }
  if (fit.architecture !== undefined && fit.architecture !== architecture) {
    const message = `The product's versions are made for ${fit.architecture}, this image for ${architecture}. List the other architecture as a product of its own.`;
    return unless(false, "INVALID_AMI_ARCHITECTURE", path, message);
  }
  const unfit = fit.instanceTypes.filter((type) => isUnfit(type, architecture));
  const message = `The image is made for ${architecture} and cannot run on ${unfit.join(", ")}, which the product offers.`;
  return unless(unfit.length === 0, "INCOMPATIBLE_AMI", path, message);
}

function checkEna({ enaSupport }: Image, { instanceTypes }: Fit): Problem[] {
  const needing = instanceTypes.filter((type) => instanceTypeFacts(type)?.needsEna === true);
  const message = `The image does not have enhanced networking (ENA) enabled, which ${needing.slice(0, 5).join(", ")} need.`;
  return unless(enaSupport || needing.length === 0, "INCOMPATIBLE_AMI", "AmiId", message);
}

/** Images older than two years are refused (AMI-based product requirements). */
function checkAge({ creationDate }: Image, now: string): Problem[] {
  const limit = new Date(now);
  limit.setUTCFullYear(limit.getUTCFullYear() - 2);
  const made = Date.parse(creationDate);
  const message = `The image was made on ${creationDate.slice(0, 10)}, more than two years ago. Build it again.`;
  return unless(Number.isNaN(made) || made >= limit.getTime(), "SCAN_ERROR", "AmiId", message);
}
