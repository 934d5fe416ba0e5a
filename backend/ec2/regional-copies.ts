import type { Market } from "../service";
import { ingestionRegion } from "./assets";
import { steadyId } from "./ids";
import { imagesIn, snapshotsIn } from "./things";

/** The id that the marketplace's copy of an image has in a region: every region has its own. */
export function regionalCopy(copyId: string, region: string): string {
  return region === ingestionRegion ? copyId : steadyId("ami", `${copyId} in ${region}`);
}

/**
 * Brings the marketplace's copy of an image, as it is in us-east-1 now, to more regions with its snapshots: new ones get
 * it, and those that have it follow in who may see it and whether it is deprecated.
 */
export function spreadCopy(market: Market, copyId: string, regions: readonly string[]): void {
  const copy = imagesIn(market, ingestionRegion).get(copyId);
  if (copy === undefined) return;
  for (const region of regions) {
    if (region === ingestionRegion) continue;
    const id = regionalCopy(copyId, region);
    const there = imagesIn(market, region).get(id);
    imagesIn(market, region).put({
      ...copy,
      id,
      created: there?.created ?? market.clock.now().toISOString(),
      devices: copy.devices.map((device) => ({
        ...device,
        Ebs: device.Ebs && { ...device.Ebs, SnapshotId: spreadSnapshot(market, device.Ebs.SnapshotId, region) },
      })),
    });
  }
}

function spreadSnapshot(market: Market, id: string | undefined, region: string): string | undefined {
  const snapshot = id === undefined ? undefined : snapshotsIn(market, ingestionRegion).get(id);
  if (snapshot === undefined) return id;
  const copyId = steadyId("snap", `${snapshot.id} in ${region}`);
  snapshotsIn(market, region).put({ ...snapshot, id: copyId });
  return copyId;
}
