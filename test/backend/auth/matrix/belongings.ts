import { CreateSnapshotCommand, CreateVolumeCommand, EC2Client, RegisterImageCommand } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { RunningMarketplace } from "../../../../backend";
import { everything, shopIn } from "../../agreement/buyer";
import { catalogOf, connection, madeBy } from "../../catalog/catalog-market";
import { createProduct } from "../../catalog/listing";

export const SELLER = "111122223333";

/** What the seller has, for others to try their hands on. */
export interface Belongings {
  /** A draft. */
  readonly productId: string;
  readonly changeSetId: string;
  readonly bucket: string;
  readonly imageId: string;
  readonly snapshotId: string;
  readonly volumeId: string;
  readonly roleArn: string;
  /** What is for sale. */
  readonly listing: Listing;
}

/** A public listing that the account named buyer has bought once, and asked a quote for another time. */
export interface Listing {
  readonly productId: string;
  readonly offerId: string;
  readonly productCode: string;
  readonly proposalId: string;
  readonly terms: readonly { readonly id?: string | undefined }[];
  readonly agreementId: string;
  readonly quoteId: string;
}

export async function sellersThings(market: RunningMarketplace): Promise<Belongings> {
  const seller = connection(market, "seller");
  const s3 = new S3Client({ ...seller, forcePathStyle: true });
  const ec2 = new EC2Client(seller);
  const iam = new IAMClient(seller);
  const bucket = "example-of-the-matrix";
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "thing", Body: "thing" }));
  const { VolumeId: volumeId = "" } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8 }),
  );
  const { SnapshotId: snapshotId = "" } = await ec2.send(new CreateSnapshotCommand({ VolumeId: volumeId }));
  const { ImageId: imageId = "" } = await ec2.send(
    new RegisterImageCommand({
      Name: "example",
      RootDeviceName: "/dev/xvda",
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId: snapshotId } }],
    }),
  );
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: `arn:aws:iam::${SELLER}:root` } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: trust });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "visited", AssumeRolePolicyDocument }));
  const catalog = catalogOf(market);
  const changeSetId = await catalog.start([createProduct("Example")]);
  const productId = madeBy(await catalog.ended(changeSetId));
  for (const client of [s3, ec2, iam]) client.destroy();
  const listing = await sellersListing(market);
  return { productId, changeSetId, bucket, imageId, snapshotId, volumeId, roleArn: Role?.Arn ?? "", listing };
}

async function sellersListing(market: RunningMarketplace): Promise<Listing> {
  const { productId, offerId, entity, ask, accept, discover, termsOf } = await shopIn(catalogOf(market));
  const { DetailsDocument } = await entity(productId);
  const { Description } = DetailsDocument as { readonly Description: { readonly ProductCode: string } };
  const [quote, request] = [await ask(offerId, everything), await ask(offerId, everything)];
  const { agreementId = "" } = await accept(request.agreementRequestId);
  const { agreementProposalId } = await discover("getOffer", { offerId });
  return {
    productId,
    offerId,
    productCode: Description.ProductCode,
    proposalId: String(agreementProposalId),
    terms: everything(await termsOf(offerId)),
    agreementId,
    quoteId: quote.agreementRequestId ?? "",
  };
}
