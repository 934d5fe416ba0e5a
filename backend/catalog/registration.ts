import type { Entity } from "../../marketplace/changes/change-type";
import { sellerDocument, sellerType } from "../../marketplace/changes/seller/seller";
import { registerSeller, sellerOf } from "../sellers";
import type { Store } from "../storage/store";

/** Has the marketplace know a registered seller by what its entity has become. */
export function keepSeller(store: Store, entity: Entity): void {
  if (entity.type !== sellerType) return;
  const { Registration, Information, Verification } = sellerDocument(entity);
  const displayName = Information?.DisplayName ?? Registration.LegalName;
  registerSeller(store, {
    accountId: entity.owner,
    legalName: Registration.LegalName,
    displayName,
    brands: Information?.Brands ?? [displayName],
    maySell: Verification?.MaySell ?? [],
    missing: (Verification?.Missing ?? []).map(({ Code, Path, Message }) => ({
      code: Code,
      path: Path,
      message: Message,
    })),
    channelPartner: sellerOf(store, entity.owner)?.channelPartner ?? false,
  });
}
