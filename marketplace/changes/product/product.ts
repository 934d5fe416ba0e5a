import type { Entity, JsonObject, World } from "../change-type";

/** The entity types of products that can be listed here: single-AMI products, and software as a service. */
export const amiProduct = "AmiProduct@1.0";
export const saasProduct = "SaaSProduct@1.0";
export type ProductType = typeof amiProduct | typeof saasProduct;

export type Visibility = "Draft" | "Limited" | "Public" | "Restricted";
export type DimensionType = "Entitled" | "Metered" | "ExternallyMetered";

export type Dimension = {
  readonly Name: string;
  readonly Description: string;
  readonly Key: string;
  readonly Unit: string;
  readonly Types: readonly DimensionType[];
};

/** What DescribeEntity shows of a product of any kind. A fresh draft holds Description and Targeting only. */
export type ProductDocument = {
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
  readonly Dimensions?: readonly Dimension[];
};

export type Media = {
  readonly Type?: string;
  readonly Url?: string;
  readonly Title?: string;
  readonly Description?: string;
  readonly PreviewUrl?: string;
};

/** What was submitted for a product and is never read back. */
export type Submissions = {
  readonly LogoUrl?: string;
  /** The allowlist as submitted: AWS adds operations accounts of its own to the one that is read back. */
  readonly BuyerAccounts?: readonly string[];
  readonly RestrictedDimensions?: readonly { readonly Key: string; readonly Types: readonly string[] }[];
};

export function isProduct({ type }: Pick<Entity, "type">): boolean {
  return type === amiProduct || type === saasProduct;
}

export function documentOf(entity: Entity): ProductDocument {
  return entity.details as unknown as ProductDocument;
}

/** The entity's documents with some facets replaced. */
export function withFacets(
  entity: Entity,
  facets: Partial<ProductDocument>,
  submitted: Submissions = {},
): Pick<Entity, "details" | "submitted"> {
  return {
    details: { ...entity.details, ...(facets as JsonObject) },
    submitted: { ...entity.submitted, ...(submitted as JsonObject) },
  };
}

export function visibilityOf(entity: Entity): Visibility {
  return documentOf(entity).Description.Visibility;
}

export function dimensionsOf(entity: Entity): readonly Dimension[] {
  return documentOf(entity).Dimensions ?? [];
}

/** The dimensions that were taken out of use. */
export function restrictedDimensions(entity: Entity): NonNullable<Submissions["RestrictedDimensions"]> {
  return (entity.submitted as Submissions).RestrictedDimensions ?? [];
}

export function isRestricted(
  entity: Entity,
  dimension: { readonly Key: string; readonly Types: readonly string[] },
): boolean {
  return restrictedDimensions(entity).some((one) => sameDimension(one, dimension));
}

/** Dimensions are told apart by key and types together. */
export function sameDimension(
  a: { readonly Key: string; readonly Types: readonly string[] },
  b: { readonly Key: string; readonly Types: readonly string[] },
): boolean {
  return a.Key === b.Key && a.Types.toSorted().join() === b.Types.toSorted().join();
}

/** The set that is being checked holds such a change for the entity. */
export function alsoAsked(world: World, entityId: string, changeType: string): boolean {
  return world.changes.some((change) => change.entityId === entityId && change.changeType === changeType);
}
