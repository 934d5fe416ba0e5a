import type { Entity, JsonObject, World } from "../change-type";

/** The entity type of single-AMI products. */
export const amiProduct = "AmiProduct@1.0";

export type Visibility = "Draft" | "Limited" | "Public" | "Restricted";
export type DimensionType = "Entitled" | "Metered" | "ExternallyMetered";

export type Dimension = {
  readonly Name: string;
  readonly Description: string;
  readonly Key: string;
  readonly Unit: string;
  readonly Types: readonly DimensionType[];
};

export type InstanceTypes = {
  readonly AvailableInstanceTypes: readonly string[];
  readonly RestrictedInstanceTypes: readonly string[];
};

export type Source = {
  readonly Id: string;
  readonly Type: "AmazonMachineImage";
  /** The marketplace's own copy of the image. */
  readonly Image: string;
  readonly Architecture: string;
  readonly VirtualizationType: string;
  readonly OperatingSystem: {
    readonly Name: string;
    readonly Version: string;
    readonly Username: string;
    readonly ScanningPort: number;
  };
  readonly Compatibility: InstanceTypes;
};

export type Access = { readonly Port: number; readonly Protocol: string; readonly RelativePath?: string };
export type OpenPorts = {
  readonly Protocol: string;
  readonly FromPort: number;
  readonly ToPort: number;
  readonly CidrIps: readonly string[];
};

export type DeliveryOption = {
  readonly Id: string;
  readonly Type: "AmazonMachineImage";
  readonly SourceId: string;
  readonly Title?: string;
  readonly Instructions: { readonly Usage: string; readonly Access?: Access };
  readonly Visibility: "Public" | "Restricted";
  readonly Recommendations: { readonly SecurityGroups: readonly OpenPorts[]; readonly InstanceType: string };
  /** An SSM public parameter that names the image in every region. */
  readonly AmiAlias: string;
};

export type Version = {
  readonly Id: string;
  readonly VersionTitle: string;
  readonly ReleaseNotes: string;
  readonly UpgradeInstructions: string;
  readonly CreationDate: string;
  readonly Sources: readonly Source[];
  readonly DeliveryOptions: readonly DeliveryOption[];
  /** The name that older clients know DeliveryOptions by. */
  readonly DeliveryMethods: readonly DeliveryOption[];
};

/** What DescribeEntity shows of an AMI product. A fresh draft holds Description and Targeting only. */
export type AmiProductDocument = {
  readonly Description: {
    readonly ProductTitle: string | null;
    readonly ProductCode: string;
    readonly ShortDescription: string | null;
    readonly LongDescription: string | null;
    readonly Sku: string | null;
    readonly Highlights: readonly string[] | null;
    readonly AssociatedProducts: readonly string[] | null;
    readonly SearchKeywords: readonly string[] | null;
    readonly Categories: readonly string[] | null;
    readonly Visibility: Visibility;
    readonly ProductState: "Draft" | "Active";
    readonly ReplacementProductId?: string;
  };
  readonly Targeting: { readonly PositiveTargeting: { readonly BuyerAccounts: readonly string[] } };
  readonly PromotionalResources?: {
    readonly LogoUrl?: string;
    readonly Videos: readonly { readonly Type: string; readonly Url: string }[];
    readonly AdditionalResources: readonly { readonly Type: string; readonly Text: string; readonly Url: string }[];
    readonly PromotionalMedia?: readonly Media[];
  };
  readonly SupportInformation?: { readonly Description: string };
  readonly RegionAvailability?: {
    readonly Regions: readonly string[];
    readonly Restrict: readonly string[];
    readonly FutureRegionSupport?: string;
  };
  readonly Compatibility?: InstanceTypes;
  readonly Dimensions?: readonly Dimension[];
  readonly Versions?: readonly Version[];
};

export type Media = {
  readonly Type?: string;
  readonly Url?: string;
  readonly Title?: string;
  readonly Description?: string;
  readonly PreviewUrl?: string;
};

/** What was submitted for a product and is never read back. */
export type ProductSubmissions = {
  readonly LogoUrl?: string;
  /** The allowlist as submitted: AWS adds operations accounts of its own to the one that is read back. */
  readonly BuyerAccounts?: readonly string[];
  /** By delivery option id. */
  readonly AmiSources?: {
    readonly [deliveryOptionId: string]: { readonly AmiId: string; readonly AccessRoleArn: string };
  };
  readonly RestrictedDimensions?: readonly { readonly Key: string; readonly Types: readonly string[] }[];
};

export function productOf(entity: Entity): AmiProductDocument {
  return entity.details as unknown as AmiProductDocument;
}

export function submissionsOf(entity: Entity): ProductSubmissions {
  return entity.submitted as ProductSubmissions;
}

/** The entity's documents with some facets replaced. */
export function withProduct(
  entity: Entity,
  facets: Partial<AmiProductDocument>,
  submitted: ProductSubmissions = {},
): Pick<Entity, "details" | "submitted"> {
  return {
    details: { ...entity.details, ...(facets as JsonObject) },
    submitted: { ...entity.submitted, ...(submitted as JsonObject) },
  };
}

export function visibilityOf(entity: Entity): Visibility {
  return productOf(entity).Description.Visibility;
}

export function dimensionsOf(entity: Entity): readonly Dimension[] {
  return productOf(entity).Dimensions ?? [];
}

export function isRestricted(
  entity: Entity,
  dimension: { readonly Key: string; readonly Types: readonly string[] },
): boolean {
  return (submissionsOf(entity).RestrictedDimensions ?? []).some((one) => sameDimension(one, dimension));
}

/** Dimensions are told apart by key and types together. */
export function sameDimension(
  a: { readonly Key: string; readonly Types: readonly string[] },
  b: { readonly Key: string; readonly Types: readonly string[] },
): boolean {
  return a.Key === b.Key && a.Types.toSorted().join() === b.Types.toSorted().join();
}

/** Dimensions that AWS meters itself: one for each instance type of an hourly product. */
export function meteredKeys(entity: Entity): string[] {
  return dimensionsOf(entity)
    .filter((dimension) => dimension.Types.includes("Metered") && !isRestricted(entity, dimension))
    .map((dimension) => dimension.Key);
}

export function instanceTypesOf(entity: Entity): InstanceTypes {
  return productOf(entity).Compatibility ?? { AvailableInstanceTypes: [], RestrictedInstanceTypes: [] };
}

export function versionsOf(entity: Entity): readonly Version[] {
  return productOf(entity).Versions ?? [];
}

/** A version is restricted once all its delivery options are. */
export function isOpen(version: Version): boolean {
  return version.DeliveryOptions.some((option) => option.Visibility === "Public");
}

/** The product's versions after a change to their delivery options, under both names. */
export function withDeliveryOptions(version: Version, options: readonly DeliveryOption[]): Version {
  return { ...version, DeliveryOptions: options, DeliveryMethods: options };
}

/** The set that is being checked holds such a change for the entity. */
export function alsoAsked(world: World, entityId: string, changeType: string): boolean {
  return world.changes.some((change) => change.entityId === entityId && change.changeType === changeType);
}
