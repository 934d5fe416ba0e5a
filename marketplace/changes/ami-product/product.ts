import type { Entity, JsonObject } from "../change-type";
import { dimensionsOf, isRestricted, type ProductDocument, type Submissions } from "../product/product";

export * from "../product/product";

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

/** What DescribeEntity shows of an AMI product. */
export type AmiProductDocument = ProductDocument & {
  readonly RegionAvailability?: {
    readonly Regions: readonly string[];
    readonly Restrict: readonly string[];
    readonly FutureRegionSupport?: string;
  };
  readonly Compatibility?: InstanceTypes;
  readonly Versions?: readonly Version[];
};

/** What was submitted for an AMI product and is never read back. */
export type ProductSubmissions = Submissions & {
  /** By delivery option id. */
  readonly AmiSources?: {
    readonly [deliveryOptionId: string]: { readonly AmiId: string; readonly AccessRoleArn: string };
  };
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
