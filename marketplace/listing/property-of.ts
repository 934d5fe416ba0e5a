import { joinPath } from "../problem";
import type { Change, Json } from "../changes/change-type";

/** A change of a listing's plan, which knows what it came from. */
export interface PlannedChange extends Change {
  /** The place of the version in the listing that the change is about. */
  readonly version?: number;
}

/**
 * The property of a listing that a path of a change's document speaks of: `Regions[1]` of AddRegions is `regions`, the
 * rate `Terms[0].RateCards[0].RateCard[2]` of UpdatePricingTerms is `pricing.hourly["m5.large"]`. Where a path says no
 * more than the change, so does the property; an empty text stands for the listing as a whole.
 */
export function propertyOf(change: PlannedChange, path: string): string {
  const inside = path.replace(/^(ChangeSet\[\d+\]\.?)?((Details|DetailsDocument)(\.|(?=\[)|$))?/, "");
  const isOffer = change.entity.type.startsWith("Offer@");
  switch (change.changeType) {
    case "CreateProduct":
    case "UpdateInformation":
      return isOffer ? offerProperty(inside) : informationProperty(inside);
    case "AddRegions":
    case "RestrictRegions":
      return indexed("regions", inside, "Regions", change);
    case "UpdateFutureRegionSupport":
      return "futureRegionSupport";
    case "AddInstanceTypes":
    case "RestrictInstanceTypes":
      return indexed("instanceTypes", inside, "InstanceTypes", change);
    case "AddDimensions":
    case "UpdateDimensions":
      return dimensionProperty(change, inside);
    case "AddDeliveryOptions":
    case "UpdateDeliveryOptions":
    case "RestrictDeliveryOptions":
      return versionProperty(change, inside);
    case "UpdateTargeting":
      return isOffer ? "" : "allowlist";
    case "UpdatePricingTerms":
      return pricingProperty(change, inside);
    case "UpdateLegalTerms":
      return legalProperty(inside);
    case "UpdateSupportTerms":
      return "refundPolicy";
    case "UpdateRenewalTerms":
      return "renewal";
    case "UpdateVisibility":
      return "visibility";
    default:
      return "";
  }
}

const informationNames: Readonly<Record<string, string>> = {
  ProductTitle: "title",
  ShortDescription: "shortDescription",
  LongDescription: "longDescription",
  Sku: "sku",
  LogoUrl: "logoUrl",
  VideoUrls: "videoUrl",
  Highlights: "highlights",
  AdditionalResources: "additionalResources",
  SupportDescription: "supportDescription",
  Categories: "categories",
  AssociatedProducts: "associatedProducts",
  SearchKeywords: "searchKeywords",
  PromotionalMedia: "promotionalMedia",
};

function informationProperty(path: string): string {
  const [name = "", rest] = split(path);
  const property = informationNames[name] ?? "";
  return name === "VideoUrls" ? property : joinPath(property, camel(rest));
}

function offerProperty(path: string): string {
  if (path.startsWith("Name")) return "offer.name";
  return path.startsWith("Description") ? "offer.description" : "offer";
}

function dimensionProperty(change: Change, path: string): string {
  const index = Number(/^\[(\d+)\]/.exec(path)?.[1] ?? Number.NaN);
  const dimension = member(change.details, index);
  const types = member(dimension, "Types");
  if (Array.isArray(types) && types.includes("Metered")) return "instanceTypes";
  const declared = (Array.isArray(change.details) ? (change.details as readonly Json[]) : []).filter((one) => {
    const kinds = member(one, "Types");
    return !(Array.isArray(kinds) && kinds.includes("Metered"));
  });
  const place = dimension === undefined ? -1 : declared.indexOf(dimension);
  return place < 0 ? "dimensions" : `dimensions[${place}]${camel(path.replace(/^\[\d+\]/, ""))}`;
}

const launchNames: readonly (readonly [RegExp, string])[] = [
  [/^AmiSource\.AmiId/, "image.amiId"],
  [/^AmiSource\.AccessRoleArn/, "image.accessRoleArn"],
  [/^AmiSource\.UserName/, "image.userName"],
  [/^AmiSource\.ScanningPort/, "image.scanningPort"],
  [/^AmiSource\.OperatingSystemName/, "image.operatingSystem.name"],
  [/^AmiSource\.OperatingSystemVersion/, "image.operatingSystem.version"],
  [/^AmiSource/, "image"],
  [/^UsageInstructions/, "usageInstructions"],
  [/^RecommendedInstanceType/, "recommendedInstanceType"],
];

function versionProperty(change: PlannedChange, path: string): string {
  if (change.version === undefined) return "versions";
  const version = `versions[${change.version}]`;
  if (path.startsWith("Version.VersionTitle")) return `${version}.title`;
  if (path.startsWith("Version.ReleaseNotes")) return `${version}.releaseNotes`;
  if (path.endsWith("DeliveryOptionTitle")) return `${version}.deliveryOptionTitle`;
  const launch = path.replace(/^DeliveryOptions\[\d+\]\.?(Details\.?)?(AmiDeliveryOptionDetails\.?)?/, "");
  const found = launchNames.find(([pattern]) => pattern.test(launch));
  if (found) return `${version}.${found[1]}`;
  if (launch.startsWith("SecurityGroups")) {
    return `${version}.${camel(launch).replace("ipProtocol", "protocol").replace("ipRanges", "cidrs")}`;
  }
  return launch.startsWith("AccessEndpointUrl")
    ? `${version}.${camel(launch).replace("accessEndpointUrl", "accessEndpoint")}`
    : version;
}

function pricingProperty(change: Change, path: string): string {
  const [, index, rest = ""] = /^Terms\[(\d+)\]\.?(.*)$/s.exec(path) ?? [];
  const term = member(member(change.details, "Terms"), Number(index ?? Number.NaN));
  const rate = rateAt(term, rest);
  if (rest.startsWith("CurrencyCode")) return "pricing.currency";
  switch (member(term, "Type")) {
    case "UsageBasedPricingTerm":
      return keyed(isHours(rate) ? "pricing.hourly" : "pricing.metered", rate) ?? usageProperty(change);
    case "ConfigurableUpfrontPricingTerm": {
      if (member(change.details, "PricingModel") !== "Contract")
        return keyed("pricing.annual", rate) ?? "pricing.annual";
      const card = /^RateCards\[(\d+)\]/.exec(rest)?.[1];
      if (card === undefined) return "pricing.durations";
      const duration = `pricing.durations[${card}]`;
      return /^RateCards\[\d+\]\.Selector/.test(rest)
        ? `${duration}.duration`
        : (keyed(`${duration}.prices`, rate) ?? duration);
    }
    case "RecurringPaymentTerm":
      return "pricing.monthly";
    case "FreeTrialPricingTerm":
      return rest.startsWith("Duration") ? "pricing.freeTrial.days" : "pricing.freeTrial";
    default:
      return path.startsWith("PricingModel") ? "pricing.model" : "pricing";
  }
}

/** Prices of instance types are hourly ones; other dimensions are metered by the product. */
function isHours(key: string | undefined): boolean {
  return key === undefined || key.includes(".");
}

function usageProperty(change: Change): string {
  return member(change.details, "PricingModel") === "Usage" ? "pricing.hourly" : "pricing";
}

function keyed(property: string, key: string | undefined): string | undefined {
  return key === undefined ? undefined : `${property}[${JSON.stringify(key)}]`;
}

function rateAt(term: Json | undefined, path: string): string | undefined {
  const steps = /^RateCards\[(\d+)\]\.RateCard\[(\d+)\]/.exec(path);
  if (!steps) return undefined;
  const card = member(member(member(term, "RateCards"), Number(steps[1])), "RateCard");
  const key = member(member(card, Number(steps[2])), "DimensionKey");
  return typeof key === "string" ? key : undefined;
}

function legalProperty(path: string): string {
  if (path.endsWith(".Url")) return "eula.url";
  return path.endsWith(".Version") ? "eula.version" : "eula";
}

/** AddRegions holds all of the regions only in a new listing; else the place in the change says nothing. */
function indexed(property: string, path: string, name: string, change: PlannedChange): string {
  const index = new RegExp(`^${name}(\\[\\d+\\])`).exec(path)?.[1];
  const isNew = change.entity.identifier?.startsWith("$") === true;
  return index === undefined || !isNew ? property : property + index;
}

function split(path: string): [name: string, rest: string] {
  const end = path.search(/[.[]/);
  return end < 0 ? [path, ""] : [path.slice(0, end), path.slice(end).replace(/^\./, "")];
}

function camel(path: string): string {
  return path.replace(/(^|\.|\])([A-Z])/g, (_all, before: string, letter: string) => before + letter.toLowerCase());
}

/** The member of an object or list that is not known to be one. */
export function member(value: Json | undefined, name: string | number): Json | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string | number, Json>>)[name];
}
