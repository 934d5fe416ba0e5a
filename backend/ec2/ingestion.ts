import type { Market } from "../service";
import { ingestionRegion } from "./assets";
import { notFound, steadyId } from "./ids";
import { changeGrants } from "./permissions";
import type { StoredImage } from "./stored-things";
import { imagesIn, snapshotsIn } from "./things";

/** The account under which AWS Marketplace keeps its copies of images; they carry the owner alias `aws-marketplace`. */
export const marketplaceAccount = "999988887777";

/** The id of the marketplace's copy of an image: the one it was ingested as, else the one it would get. */
export function marketplaceCopy(market: Market, amiId: string): string {
  const copy = imagesIn(market, ingestionRegion)
    .all()
    .find((image) => image.owner === marketplaceAccount && image.sourceImage?.id === amiId);
  return copy?.id ?? steadyId("ami", `marketplace copy of ${amiId}`);
}

/** What the copy is for. */
export interface Ingestion {
  /** Goes onto the copy, as a product code of type `marketplace`. */
  readonly productCode?: string;
  /** The product's entity id. */
  readonly product?: string;
  /** The id that the version shows as its image, where it is settled already. */
  readonly copyId?: string;
}

/**
 * Takes an image in, as the ingestion does with the seller's role: shares image and snapshots with the marketplace,
 * which copies them and puts the product code on its copy. Returns the copy's id; done again, it changes nothing. The
 * copy stays private until `showCopy`. Fails with InvalidAMIID.NotFound when the image is gone.
 */
export function ingestImage(market: Market, amiId: string, ingestion: Ingestion = {}): string {
  const images = imagesIn(market, ingestionRegion);
  const copyId = ingestion.copyId ?? marketplaceCopy(market, amiId);
  if (images.get(copyId)) return copyId;
  const source = images.get(amiId);
  if (!source) throw notFound("ami", amiId);
  shareWithMarketplace(market, source);
  const { productCode } = ingestion;
  const name = productCode === undefined ? source.name : `${source.name}-${productCode}`;
  images.put({
    ...source,
    id: copyId,
    owner: marketplaceAccount,
    ownerAlias: "aws-marketplace",
    name,
    location: `aws-marketplace/${name}`,
    created: market.clock.now().toISOString(),
    availableAt: undefined,
    deprecateAt: undefined,
    devices: source.devices.map((device) => ({
      ...device,
      Ebs: device.Ebs && { ...device.Ebs, SnapshotId: copySnapshot(market, device.Ebs.SnapshotId) },
    })),
    productCodes: productCode === undefined ? [] : [{ ProductCodeId: productCode, ProductCodeType: "marketplace" }],
    product: ingestion.product,
    sourceImage: { id: source.id, region: ingestionRegion },
    launchPermission: [],
  });
  return copyId;
}

/** Shows the copy to everybody, as that of a public product, or only to accounts that are named, or to nobody. */
export function showCopy(market: Market, copyId: string, to: "everybody" | readonly string[]): void {
  const images = imagesIn(market, ingestionRegion);
  const copy = images.get(copyId);
  if (copy?.owner !== marketplaceAccount) throw notFound("ami", copyId);
  const launchPermission = to === "everybody" ? [{ Group: "all" as const }] : to.map((UserId) => ({ UserId }));
  images.put({ ...copy, launchPermission });
}

/** Marks the copy as deprecated from now on: what restricting its delivery options does. */
export function deprecateCopy(market: Market, copyId: string): void {
  const images = imagesIn(market, ingestionRegion);
  const copy = images.get(copyId);
  if (copy?.owner !== marketplaceAccount) throw notFound("ami", copyId);
  images.put({ ...copy, deprecateAt: market.clock.now().toISOString() });
}

function shareWithMarketplace(market: Market, source: StoredImage): void {
  const toMarketplace = { modifications: { Add: [{ UserId: marketplaceAccount }] } };
  imagesIn(market, ingestionRegion).put({
    ...source,
    launchPermission: changeGrants(source.launchPermission, toMarketplace),
  });
  const snapshots = snapshotsIn(market, ingestionRegion);
  for (const id of source.devices.flatMap((device) => device.Ebs?.SnapshotId ?? [])) {
    const snapshot = snapshots.get(id);
    // What Amazon provides is shared with everybody anyway, and is not ours to change.
    if (!snapshot || snapshot.ownerAlias === "amazon") continue;
    const createVolumePermission = changeGrants(snapshot.createVolumePermission, toMarketplace);
    snapshots.put({ ...snapshot, createVolumePermission });
  }
}

function copySnapshot(market: Market, id: string | undefined): string | undefined {
  const snapshots = snapshotsIn(market, ingestionRegion);
  const source = id === undefined ? undefined : snapshots.get(id);
  if (!source) return id;
  const copyId = steadyId("snap", `marketplace copy of ${source.id}`);
  snapshots.put({
    ...source,
    id: copyId,
    owner: marketplaceAccount,
    ownerAlias: "aws-marketplace",
    started: market.clock.now().toISOString(),
    completeAt: undefined,
    createVolumePermission: [],
  });
  return copyId;
}
