import type { AssetFacts } from "../../marketplace/changes/change-type";
import { mayDo, roleAllows, roleExists, roleTrusts } from "../auth/rights";
import type { Caller, Market } from "../service";
import { mayLaunch } from "./image-access";
import type { StoredImage } from "./stored-things";
import { imagesIn, snapshotsIn } from "./things";

/** AWS Marketplace takes images from this region only: marketplace seller guide, "AMI-based product requirements". */
export const ingestionRegion = "us-east-1";

/** The service that assumes the seller's role to share an image with AWS Marketplace. */
const ingestionService = "assets.marketplace.amazonaws.com";

/**
 * What EC2 and IAM know of an image and the role that is to share it. The image is looked for in us-east-1 as the
 * caller sees it there; the role is asked for every action of the managed policy AWSMarketplaceAmiIngestion, on this
 * image and these snapshots, so that narrower policies do too.
 */
export function assetFacts(
  market: Market,
  caller: Caller,
  source: { readonly AmiId: string; readonly AccessRoleArn: string },
): AssetFacts {
  const image = imagesIn(market, ingestionRegion).get(source.AmiId);
  const visible = image && mayLaunch(image, caller.accountId) ? image : undefined;
  return {
    image: visible ? imageFacts(market, visible) : { found: false, reason: whyNotFound(source.AmiId) },
    role: roleFacts(market, caller, source.AccessRoleArn, source.AmiId, visible),
  };
}

function whyNotFound(imageId: string): string {
  return `${imageId} is not in ${ingestionRegion}, or not yours to see`;
}

function imageFacts(market: Market, image: StoredImage): AssetFacts["image"] {
  return {
    found: true,
    ownerId: image.owner,
    name: image.name,
    creationDate: image.created,
    architecture: image.architecture,
    virtualizationType: image.virtualization,
    rootDeviceType: image.rootDeviceType,
    enaSupport: image.ena,
    productCodes: image.productCodes.flatMap((code) => code.ProductCodeId ?? []),
    snapshots: snapshotIds(image).map((id) => ({
      id,
      encrypted: snapshotsIn(market, ingestionRegion).get(id)?.encrypted ?? false,
    })),
  };
}

function snapshotIds(image: StoredImage): string[] {
  return image.devices.flatMap((device) => device.Ebs?.SnapshotId ?? []);
}

function roleFacts(
  market: Market,
  caller: Caller,
  roleArn: string,
  imageId: string,
  image: StoredImage | undefined,
): AssetFacts["role"] {
  const { store } = market;
  if (!roleExists(store, roleArn)) return { found: false, reason: `There is no role ${roleArn}` };
  const needs = ingestionNeeds(imageId, image ? snapshotIds(image) : []);
  const missing = needs.filter(({ action, resource }) => !roleAllows(store, roleArn, action, resource));
  const passes = mayDo(market, caller, "iam:PassRole", roleArn, { "iam:PassedToService": ingestionService });
  return {
    found: true,
    trustsIngestion: roleTrusts(store, roleArn, ingestionService),
    missingActions: [...new Set(missing.map((need) => need.action))],
    // Roles are passed within their own account only: IAM user guide, "Granting a user permissions to pass a role".
    passable: passes.allowed && roleArn.split(":")[4] === caller.accountId,
  };
}

/** The actions of AWSMarketplaceAmiIngestion and what the ingestion does them to. */
function ingestionNeeds(imageId: string, snapshots: readonly string[]) {
  const imageArn = `arn:aws:ec2:${ingestionRegion}::image/${imageId}`;
  const shared = snapshots.length > 0 ? snapshots : ["snap-00000000000000000"];
  return [
    { action: "ec2:DescribeImages", resource: "*" },
    { action: "ec2:DescribeImageAttribute", resource: imageArn },
    { action: "ec2:ModifyImageAttribute", resource: imageArn },
    ...shared.flatMap((id) => {
      const resource = `arn:aws:ec2:${ingestionRegion}::snapshot/${id}`;
      return [
        { action: "ec2:DescribeSnapshotAttribute", resource },
        { action: "ec2:ModifySnapshotAttribute", resource },
      ];
    }),
  ];
}
