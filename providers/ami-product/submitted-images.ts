import type { Json } from "../../marketplace/changes/change-type";
import type { AmiListing } from "../../marketplace/listing/ami-listing";
import type { ChangeSet } from "../change-sets/change-set";

/**
 * The listing with the images that a change set really submitted: the catalog shows its own copies only, so for a listing
 * that an earlier run made, the change set is the one witness.
 */
export function withSubmittedImages(listing: AmiListing, changeSet: ChangeSet): AmiListing {
  const versions = listing.versions.map((version) => {
    const source = changeSet.changes
      .map(({ details }) => details)
      .filter((details) => member(member(details, "Version"), "VersionTitle") === version.title)
      .map((details) =>
        member(
          member(member(member(member(details, "DeliveryOptions"), 0), "Details"), "AmiDeliveryOptionDetails"),
          "AmiSource",
        ),
      )
      .at(0);
    const [amiId, accessRoleArn] = [member(source, "AmiId"), member(source, "AccessRoleArn")];
    if (typeof amiId !== "string" || typeof accessRoleArn !== "string") return version;
    return { ...version, image: { ...version.image, amiId, accessRoleArn } };
  });
  return { ...listing, versions };
}

function member(value: Json | undefined, name: string | number): Json | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, Json>(Object.entries(value)).get(String(name));
}
