import type { AmiOptionDetails, SecurityGroup } from "../changes/ami-product/delivery-option-shapes";
import type { Information } from "../changes/product/information";
import { newestStandardContract } from "../legal-documents";
import type { AmiListing, AmiVersionSpec, ListingEula, PromotionalMedia } from "./listing";

/** A listing's parts as the catalog's documents say them. */

export function informationOf(listing: AmiListing): Information {
  return withoutUndefined({
    ProductTitle: listing.title,
    ShortDescription: listing.shortDescription,
    LongDescription: listing.longDescription,
    Sku: listing.sku,
    LogoUrl: listing.logoUrl,
    VideoUrls: listing.videoUrl === undefined ? [] : [listing.videoUrl],
    Highlights: listing.highlights,
    AdditionalResources: (listing.additionalResources ?? []).map(({ text, url }) => ({ Text: text, Url: url })),
    SupportDescription: listing.supportDescription,
    Categories: listing.categories,
    AssociatedProducts: listing.associatedProducts,
    SearchKeywords: listing.searchKeywords,
    PromotionalMedia: listing.promotionalMedia?.map(mediaOf),
  });
}

function mediaOf({ type, url, title, description, previewUrl }: PromotionalMedia) {
  return withoutUndefined({ Type: type, Url: url, Title: title, Description: description, PreviewUrl: previewUrl });
}

export function deliveryDetails(version: AmiVersionSpec): AmiOptionDetails {
  const { image } = version;
  return withoutUndefined({
    AmiSource: withoutUndefined({
      AmiId: image.amiId,
      AccessRoleArn: image.accessRoleArn,
      UserName: image.userName,
      ScanningPort: image.scanningPort,
      OperatingSystemName: image.operatingSystem.name,
      OperatingSystemVersion: image.operatingSystem.version,
    }),
    ...launchOf(version),
  });
}

/** The part of a delivery option that can change later. */
export function launchOf(version: AmiVersionSpec): Omit<AmiOptionDetails, "AmiSource"> {
  const { accessEndpoint } = version;
  return withoutUndefined({
    UsageInstructions: version.usageInstructions,
    AccessEndpointUrl:
      accessEndpoint &&
      withoutUndefined({
        Port: accessEndpoint.port,
        Protocol: accessEndpoint.protocol,
        RelativePath: accessEndpoint.relativePath,
      }),
    RecommendedInstanceType: version.recommendedInstanceType,
    SecurityGroups: version.securityGroups.map(({ protocol, fromPort, toPort, cidrs }): SecurityGroup => ({
      IpProtocol: protocol,
      FromPort: fromPort,
      ToPort: toPort,
      IpRanges: cidrs,
    })),
  });
}

export function newVersionOf(version: AmiVersionSpec) {
  return {
    Version: { VersionTitle: version.title, ReleaseNotes: version.releaseNotes },
    DeliveryOptions: [
      withoutUndefined({
        Details: { AmiDeliveryOptionDetails: deliveryDetails(version) },
        DeliveryOptionTitle: version.deliveryOptionTitle,
      }),
    ],
  };
}

export function legalDocumentOf(eula: ListingEula): { [member: string]: string } {
  if (eula.type === "custom") return { Type: "CustomEula", Url: eula.url };
  return { Type: "StandardEula", Version: eula.version ?? newestStandardContract["StandardEula"] ?? "" };
}

/** A document carries no undefined members: they are not JSON. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

/** The values, where there are any. */
export function filled<T>(values: readonly T[] | undefined): readonly T[] | undefined {
  return values === undefined || values.length === 0 ? undefined : values;
}
