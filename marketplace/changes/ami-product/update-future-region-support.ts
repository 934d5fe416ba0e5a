import type { ChangeType } from "../change-type";
import { list, oneOf, whole } from "../document-shapes";
import { withRegions } from "./add-regions";
import { amiProduct } from "./product";

type Details = { readonly FutureRegionSupport: { readonly SupportedRegions: readonly string[] } };

/** Decides whether regions that AWS opens later are added by themselves: all, those of the US, or none. */
export const updateFutureRegionSupport: ChangeType<Details> = {
  changeType: "UpdateFutureRegionSupport",
  entityType: amiProduct,
  schema: whole({ FutureRegionSupport: whole({ SupportedRegions: list(oneOf("All", "US", "None"), 1, 1) }) }),
  apply: (_world, entity, { FutureRegionSupport: { SupportedRegions } }) =>
    withRegions(entity, { FutureRegionSupport: SupportedRegions[0] }),
};
