import type { AmiListing } from "../../marketplace/listing/ami-listing";
import type { ChangeSet } from "../change-sets/change-set";
import { memberAt, sentIn } from "../change-sets/sent";

/**
 * The listing with what a change set really submitted of that which the catalog does not show as it was given: images, of
 * which it shows its own copies, the addresses of logo and EULA, and the allowlist, to which AWS adds accounts. For a
 * listing that an earlier run made, the change set is the one witness.
 */
export function asSubmitted(listing: AmiListing, changeSet: ChangeSet): AmiListing {
  const logo = memberAt(sentIn(changeSet, "AmiProduct", "UpdateInformation"), "LogoUrl");
  const eula = memberAt(sentIn(changeSet, "Offer", "UpdateLegalTerms"), "Terms", 0, "Documents", 0, "Url");
  const buyers = memberAt(sentIn(changeSet, "AmiProduct", "UpdateTargeting"), "PositiveTargeting", "BuyerAccounts");
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
    .filter((details) => memberAt(details, "Version", "VersionTitle") === title)
    .map((details) => memberAt(details, "DeliveryOptions", 0, "Details", "AmiDeliveryOptionDetails", "AmiSource"))
    .at(0);
  const [amiId, accessRoleArn] = [memberAt(source, "AmiId"), memberAt(source, "AccessRoleArn")];
  return typeof amiId === "string" && typeof accessRoleArn === "string" ? { ...image, amiId, accessRoleArn } : image;
}
