import type { Account } from "../accounts";
import { factsOf, type VersionFacts } from "../ami-product/facts";
import { look, type SeenListing } from "../ami-product/look";

/** The product, which must be there for a version to be added or changed. */
export async function productOf({ entities, id }: Account, productId: string): Promise<SeenListing> {
  const seen = await look({ entities, id }, productId, undefined);
  if (seen !== undefined) return seen;
  throw new Error(`productId: account ${id} has no product ${productId}.`);
}

export function versionTitled(seen: SeenListing, title: string): VersionFacts | undefined {
  return factsOf(seen.product).versions.find((version) => version.title === title);
}
