import { daysOf } from "../durations";
import {
  dimensionsOf,
  instanceTypesOf,
  isOpen,
  productOf,
  submissionsOf,
  versionsOf,
  type Version,
} from "../changes/ami-product/product";
import type { Entity } from "../changes/change-type";
import { offerOf, offerSubmissions } from "../changes/offer/offer";
import { isPricingTerm, type PricingTerm } from "../changes/offer/terms";
import { filled, withoutUndefined } from "./documents";
import { keepForm } from "./keep-form";
import type { AmiListing, AmiVersionSpec, ListingEula, ListingPricing } from "./listing";
import type { ObservedListing } from "./plan-parts";
import { modelOf } from "./plan-prices";
import { observedInformation } from "./plan-product";
import { pricesOf } from "./prices";

/**
 * What a listing in the catalog would have to be declared as. In: what the catalog shows, with what was submitted and is
 * never read back, and what was last declared, if anything was: then whatever still says the same keeps the form it was
 * declared in, and what was left to AWS stays out.
 */
export function readAmiListing(observed: ObservedListing, last?: Partial<AmiListing>): AmiListing {
  const seen = readWords(observed, last);
  return last?.title === undefined ? seen : keepForm(seen, last);
}

function readWords({ product, offer }: ObservedListing, last: Partial<AmiListing> | undefined): AmiListing {
  const words = observedInformation(product);
  const { Description, RegionAvailability, Targeting } = productOf(product);
  const { Name, Description: offerDescription, Terms } = offerOf(offer);
  const shown = Targeting.PositiveTargeting.BuyerAccounts;
  const ours = last?.allowlist ?? submissionsOf(product).BuyerAccounts;
  const visibility = Description.Visibility === "Draft" ? "Limited" : Description.Visibility;
  return withoutUndefined({
    title: words.ProductTitle ?? "",
    sku: words.Sku ?? undefined,
    shortDescription: words.ShortDescription ?? "",
    longDescription: words.LongDescription ?? "",
    logoUrl: words.LogoUrl ?? "",
    highlights: words.Highlights ?? [],
    categories: words.Categories ?? [],
    searchKeywords: words.SearchKeywords ?? [],
    additionalResources: filled(words.AdditionalResources?.map(({ Text, Url }) => ({ text: Text, url: Url }))),
    videoUrl: words.VideoUrls?.[0],
    promotionalMedia: filled(
      words.PromotionalMedia?.map(({ Type, Url, Title, Description: text, PreviewUrl }) =>
        withoutUndefined({
          type: Type as "Image" | "Video" | undefined,
          url: Url ?? "",
          title: Title,
          description: text,
          previewUrl: PreviewUrl,
        }),
      ),
    ),
    supportDescription: words.SupportDescription ?? "",
    associatedProducts: filled(words.AssociatedProducts),
    regions: RegionAvailability?.Regions ?? [],
    futureRegionSupport: RegionAvailability?.FutureRegionSupport as AmiListing["futureRegionSupport"],
    instanceTypes: instanceTypesOf(product).AvailableInstanceTypes,
    versions: versionsOf(product)
      .filter(isOpen)
      .map((version) => readVersion(product, version)),
    dimensions: filled(readDimensions(product)),
    pricing: readPricing(Terms.filter(isPricingTerm), product),
    eula: readEula(offer),
    refundPolicy: Terms.find((term) => term.Type === "SupportTerm")?.RefundPolicy,
    renewal: Terms.some((term) => term.Type === "RenewalTerm") || undefined,
    offer: withoutUndefined({ name: Name ?? undefined, description: offerDescription ?? undefined }),
    allowlist: filled(ours ? shown.filter((account) => ours.includes(account)) : shown),
    visibility,
    tags: last?.tags,
  });
}

function readVersion(product: Entity, version: Version): AmiVersionSpec {
  const option =
    version.DeliveryOptions.find(({ Visibility }) => Visibility === "Public") ?? version.DeliveryOptions[0];
  const source = version.Sources.find(({ Id }) => Id === option?.SourceId) ?? version.Sources[0];
  const submitted = option && submissionsOf(product).AmiSources?.[option.Id];
  const access = option?.Instructions.Access;
  return withoutUndefined({
    title: version.VersionTitle,
    releaseNotes: version.ReleaseNotes,
    image: {
      amiId: submitted?.AmiId ?? source?.Image ?? "",
      accessRoleArn: submitted?.AccessRoleArn ?? "",
      userName: source?.OperatingSystem.Username ?? "",
      scanningPort: source?.OperatingSystem.ScanningPort ?? 22,
      operatingSystem: {
        name: source?.OperatingSystem.Name ?? "",
        version: source?.OperatingSystem.Version ?? "",
      },
    },
    usageInstructions: option?.Instructions.Usage ?? "",
    recommendedInstanceType: option?.Recommendations.InstanceType ?? "",
    securityGroups: (option?.Recommendations.SecurityGroups ?? []).map(({ Protocol, FromPort, ToPort, CidrIps }) => ({
      protocol: Protocol as "tcp" | "udp",
      fromPort: FromPort,
      toPort: ToPort,
      cidrs: CidrIps,
    })),
    accessEndpoint:
      access &&
      withoutUndefined({
        port: access.Port,
        protocol: access.Protocol as "http" | "https",
        relativePath: access.RelativePath,
      }),
    deliveryOptionTitle: option?.Title,
  });
}

/** Dimensions that AWS meters follow from the instance types, so they are not declared. */
function readDimensions(product: Entity): NonNullable<AmiListing["dimensions"]> {
  return dimensionsOf(product)
    .filter(({ Types }) => !Types.includes("Metered"))
    .map(({ Key, Name, Description, Unit, Types }) => ({
      key: Key,
      name: Name,
      description: Description,
      unit: Unit,
      types: Types,
    }));
}

function readPricing(terms: readonly PricingTerm[], product: Entity): ListingPricing {
  const upfront = terms.find((term) => term.Type === "ConfigurableUpfrontPricingTerm");
  const usage = terms.find((term) => term.Type === "UsageBasedPricingTerm");
  const monthly = terms.find((term) => term.Type === "RecurringPaymentTerm");
  const trial = terms.find((term) => term.Type === "FreeTrialPricingTerm");
  const model = modelOf(terms);
  if (model === "Byol") return { model: "byol" };
  if (model === "Free") return { model: "free" };
  if (model === "Contract") {
    const durations = (upfront?.RateCards ?? []).map(({ Selector, RateCard }) => ({
      duration: Selector.Value,
      prices: pricesOf(RateCard),
    }));
    return { model: "contract", currency: upfront?.CurrencyCode ?? "USD", durations };
  }
  const metered = new Set(dimensionsOf(product).flatMap(({ Key, Types }) => (Types.includes("Metered") ? [Key] : [])));
  const rates = usage?.RateCards[0]?.RateCard ?? [];
  const hourly = rates.filter(({ DimensionKey }) => metered.has(DimensionKey));
  const own = rates.filter(({ DimensionKey }) => !metered.has(DimensionKey));
  const days = trial && daysOf(trial.Duration);
  return withoutUndefined({
    model: "usage" as const,
    currency: usage?.CurrencyCode ?? monthly?.CurrencyCode ?? "USD",
    hourly: hourly.length > 0 ? pricesOf(hourly) : undefined,
    annual: upfront && pricesOf(upfront.RateCards?.[0]?.RateCard ?? []),
    monthly: monthly?.Price,
    freeTrial: days === undefined ? undefined : { days },
    metered: own.length > 0 ? pricesOf(own) : undefined,
  });
}

function readEula(offer: Entity): ListingEula {
  const document = offerOf(offer).Terms.find((term) => term.Type === "LegalTerm")?.Documents[0];
  if (document?.Type === "CustomEula") {
    return { type: "custom", url: offerSubmissions(offer).EulaUrl ?? document.Url ?? "" };
  }
  return withoutUndefined({ type: "standard" as const, version: document?.Version });
}
