import type { EntitySummary, OfferSummary } from "@aws-sdk/client-marketplace-catalog";
import type { Json } from "../../marketplace/changes/change-type";
import { bareType, catalogArn } from "./arns";
import type { StoredEntity } from "./entities";
import { timestamp } from "./moments";

/** What ListEntities shows, filters and sorts by, under the names of its filters. */
export type EntityFacts = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The facts of an entity: those of every type, and those of its own. */
export function factsOf(entity: StoredEntity): EntityFacts {
  const type = bareType(entity.type);
  const own = type === "Offer" ? offerFacts(entity) : isOfExperience(type) ? namedFacts(entity) : productFacts(entity);
  return { EntityId: entity.id, LastModifiedDate: timestamp(entity.modifiedAt), ...own };
}

/** An experience and what belongs to it have a name and no summary of their own: API reference, EntitySummary. */
function isOfExperience(type: string): boolean {
  return ["Experience", "ProcurementPolicy", "BrandingSettings", "Audience"].includes(type);
}

function namedFacts({ details }: StoredEntity): EntityFacts {
  return { Name: text(member(details, "Name")) };
}

function productFacts({ details }: StoredEntity): EntityFacts {
  const description = member(details, "Description");
  const options = list(member(details, "Versions")).flatMap((version) => list(member(version, "DeliveryOptions")));
  return {
    ProductTitle: text(member(description, "ProductTitle")),
    Visibility: text(member(description, "Visibility")),
    DeliveryOptionTypes: distinct(options.map((option) => text(member(option, "Type")) ?? "")),
  };
}

function offerFacts({ details, releasedAt }: StoredEntity): EntityFacts {
  const rules = list(member(details, "Rules"));
  const rule = (type: string) => rules.find((candidate) => text(member(candidate, "Type")) === type);
  const positive = member(rule("TargetingRule"), "PositiveTargeting");
  const buyers = texts(member(positive, "BuyerAccounts"));
  const countries = [
    ...texts(member(positive, "CountryCodes")),
    ...texts(member(member(rule("TargetingRule"), "NegativeTargeting"), "CountryCodes")),
  ];
  const targeting = [
    ...(buyers.length > 0 ? ["BuyerAccounts"] : []),
    ...(countries.length > 0 ? ["CountryCodes"] : []),
  ];
  return {
    Name: text(member(details, "Name")),
    ProductId: text(member(details, "ProductId")),
    ResaleAuthorizationId: text(member(details, "ResaleAuthorizationId")),
    OfferSetId: text(member(details, "OfferSetId")),
    State: text(member(details, "State")),
    AvailabilityEndDate: text(member(rule("AvailabilityRule"), "AvailabilityEndDate")),
    ReleaseDate: releasedAt === undefined ? undefined : timestamp(releasedAt),
    BuyerAccounts: buyers,
    Targeting: targeting.length > 0 ? targeting : ["None"],
  };
}

/** One row of ListEntities. A product or offer without a name lists as `Untitled - <id>`. */
export function summaryOf(entity: StoredEntity, facts: EntityFacts): EntitySummary {
  const type = bareType(entity.type);
  const summary: EntitySummary = {
    Name: text(facts.ProductTitle) ?? text(facts.Name) ?? `Untitled - ${entity.id}`,
    EntityType: type,
    EntityId: entity.id,
    EntityArn: catalogArn(entity.owner, type, entity.id),
    LastModifiedDate: timestamp(entity.modifiedAt),
  };
  if (isOfExperience(type)) return summary;
  // The facts of an offer carry the names of its summary; those of a product too.
  const { EntityId: _id, LastModifiedDate: _date, ...shown } = facts;
  if (type === "Offer") return { ...summary, OfferSummary: shown as OfferSummary };
  return { ...summary, Visibility: text(facts.Visibility), [`${type}Summary`]: shown };
}

function member(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as { readonly [key: string]: Json })[name] : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}

function texts(value: Json | undefined): string[] {
  return list(value).filter((entry) => typeof entry === "string");
}
