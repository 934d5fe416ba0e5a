import type { Json } from "../../marketplace/changes/change-type";
import type { AmiListing } from "../../marketplace/listing/ami-listing";
import type { ChangeSet } from "../change-sets/change-set";

/**
 * The listing with what a change set really submitted of that which the catalog does not show as it was given: images, of
 * which it shows its own copies, the addresses of logo and EULA, and the allowlist, to which AWS adds accounts. For a
 * listing that an earlier run made, the change set is the one witness.
 */
export function asSubmitted(listing: AmiListing, changeSet: ChangeSet): AmiListing {
  const sent = (changeType: string, entityType: string) =>
    changeSet.changes.find((change) => change.changeType === changeType && change.entityType.startsWith(entityType))
      ?.details;
  const logo = at(sent("UpdateInformation", "AmiProduct"), "LogoUrl");
  const eula = at(sent("UpdateLegalTerms", "Offer"), "Terms", 0, "Documents", 0, "Url");
  const buyers = at(sent("UpdateTargeting", "AmiProduct"), "PositiveTargeting", "BuyerAccounts");
  const { allowlist: _declared, ...others } = listing;
  return {
    ...others,
    versions: listing.versions.map((version) => ({ ...version, image: imageIn(changeSet, version) })),
    ...(typeof logo === "string" && { logoUrl: logo }),
    ...(typeof eula === "string" && { eula: { type: "custom" as const, url: eula } }),
    ...(Array.isArray(buyers) && { allowlist: buyers.map(String) }),
  };
}

type Version = AmiListing["versions"][number];

function imageIn(changeSet: ChangeSet, { title, image }: Version): Version["image"] {
  const source = changeSet.changes
    .map(({ details }) => details)
    .filter((details) => at(details, "Version", "VersionTitle") === title)
    .map((details) => at(details, "DeliveryOptions", 0, "Details", "AmiDeliveryOptionDetails", "AmiSource"))
    .at(0);
  const [amiId, accessRoleArn] = [at(source, "AmiId"), at(source, "AccessRoleArn")];
  return typeof amiId === "string" && typeof accessRoleArn === "string" ? { ...image, amiId, accessRoleArn } : image;
}

/** `at(details, "Terms", 0, "Type")`; undefined where that leads nowhere. */
function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return at(new Map<string, Json>(Object.entries(value)).get(String(name)), ...rest);
}
