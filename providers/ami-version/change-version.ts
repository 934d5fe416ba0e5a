import { planAmiListing, readAmiListing, type AmiVersionSpec } from "../../marketplace/listing/ami-listing";
import type { Change } from "../../marketplace/changes/change-type";
import { refusal } from "../ami-product/converge";
import type { SeenListing } from "../ami-product/look";
import { observedListing } from "../ami-product/observed";

/** Only these touch versions; whatever else the product may need is its own resource's business. */
const ofVersions = new Set(["AddDeliveryOptions", "UpdateDeliveryOptions"]);

/**
 * The changes that give a product this version, or bring the version it has to what is declared: the plan for the
 * product as it is, with the one version put in.
 * @param last the version as it was last submitted, for what AWS does not read back.
 */
export function changesFor(
  seen: SeenListing,
  wanted: AmiVersionSpec,
  last: AmiVersionSpec | undefined,
): readonly Change[] {
  const observed = observedListing(seen, last === undefined ? {} : { versions: [last] }, undefined);
  const listing = readAmiListing(observed, last === undefined ? {} : { versions: [last] });
  const others = listing.versions.filter(({ title }) => title !== wanted.title);
  const { changes, problems } = planAmiListing({ ...listing, versions: [...others, wanted] }, observed);
  const index = `versions[${others.length}]`;
  const own = problems.filter(({ path }) => path.startsWith(index));
  if (own.length > 0) throw refusal(own.map((problem) => ({ ...problem, path: problem.path.slice(index.length + 1) })));
  return changes.filter(({ changeType }) => ofVersions.has(changeType));
}
