/** A listing as a seller declares it: the product, its public offer and its versions, in one. */
export interface AmiListing {
  readonly title: string;
  readonly sku?: string;
  readonly shortDescription: string;
  readonly longDescription: string;
  readonly logoUrl: string;
  readonly highlights: readonly string[];
  readonly categories: readonly string[];
  readonly searchKeywords: readonly string[];
  readonly additionalResources?: readonly { readonly text: string; readonly url: string }[];
  readonly videoUrl?: string;
  readonly promotionalMedia?: readonly PromotionalMedia[];
  readonly supportDescription: string;
  /** Ids of products that go with this one. Left alone when absent. */
  readonly associatedProducts?: readonly string[];
  readonly regions: readonly string[];
  /** Whether regions that AWS opens later are added by themselves. Left alone when absent. */
  readonly futureRegionSupport?: "All" | "US" | "None";
  readonly instanceTypes: readonly string[];
  readonly versions: readonly AmiVersionSpec[];
  /** For contracts and custom metering. Dimensions of hourly prices follow from `instanceTypes`. */
  readonly dimensions?: readonly ListingDimension[];
  readonly pricing: ListingPricing;
  readonly eula: ListingEula;
  /** Needed where buyers pay. */
  readonly refundPolicy?: string;
  /** Contracts may renew themselves. Left alone when absent. */
  readonly renewal?: boolean;
  /** Defaults to the listing's title and short description when the offer is made; left alone after that. */
  readonly offer?: { readonly name?: string; readonly description?: string };
  /** Accounts that see the product while it is Limited. */
  readonly allowlist?: readonly string[];
  readonly visibility: "Limited" | "Public" | "Restricted";
  readonly tags?: Readonly<Record<string, string>>;
}

/** One version: an image, and all that a buyer needs to launch it. */
export interface AmiVersionSpec {
  /** Unique in the product; fixed once the version exists. */
  readonly title: string;
  readonly releaseNotes: string;
  readonly image: {
    /** An image of yours in us-east-1. */
    readonly amiId: string;
    /** The role by which AWS Marketplace copies the image. */
    readonly accessRoleArn: string;
    readonly userName: string;
    /** Where the scan finds SSH or WinRM: 22 unless said. */
    readonly scanningPort?: number;
    readonly operatingSystem: { readonly name: string; readonly version: string };
  };
  readonly usageInstructions: string;
  readonly recommendedInstanceType: string;
  readonly securityGroups: readonly {
    readonly protocol: "tcp" | "udp";
    readonly fromPort: number;
    readonly toPort: number;
    readonly cidrs: readonly string[];
  }[];
  readonly accessEndpoint?: {
    readonly port: number;
    readonly protocol: "http" | "https";
    readonly relativePath?: string;
  };
  readonly deliveryOptionTitle?: string;
}

export interface PromotionalMedia {
  readonly type?: "Image" | "Video";
  readonly url: string;
  readonly title?: string;
  readonly description?: string;
  readonly previewUrl?: string;
}

export interface ListingDimension {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly types: readonly ("Entitled" | "Metered" | "ExternallyMetered")[];
}

/** Prices by dimension or instance type: decimal strings, `{ "m5.large": "0.25" }`. */
export type Prices = Readonly<Record<string, string>>;

export type ListingPricing =
  | { readonly model: "free" }
  | { readonly model: "byol" }
  | UsagePricing
  | {
      readonly model: "contract";
      readonly currency?: string;
      readonly durations: readonly { readonly duration: string; readonly prices: Prices }[];
    };

export interface UsagePricing {
  readonly model: "usage";
  readonly currency?: string;
  readonly hourly?: Prices;
  readonly annual?: Prices;
  readonly monthly?: string;
  readonly freeTrial?: { readonly days: number };
  /** For dimensions of your own that the product reports. */
  readonly metered?: Prices;
}

export type ListingEula =
  { readonly type: "standard"; readonly version?: string } | { readonly type: "custom"; readonly url: string };
