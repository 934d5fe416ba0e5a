import type { ListEntitiesRequest, ListEntitiesResponse, SortOrder } from "@aws-sdk/client-marketplace-catalog";
import type { Context } from "../service";
import { requireCatalog } from "./arns";
import { entitiesIn, type StoredEntity } from "./entities";
import { type EntityFacts, factsOf, summaryOf } from "./entity-facts";
import { byEntityType, byFilterList, type EntityFilter, onlyMember } from "./entity-filters";
import { type Listed, page, type SortKey } from "./paging";
import { invalid } from "./refusals";

/** API reference, ListEntities, EntityType; the filter and sort shapes add MachineLearningProduct. */
const LISTED_TYPES: readonly string[] = [
  "AmiProduct",
  "ContainerProduct",
  "DataProduct",
  "SaaSProduct",
  "MachineLearningProduct",
  "ProcurementPolicy",
  "Experience",
  "Audience",
  "BrandingSettings",
  "Offer",
  "OfferSet",
  "Seller",
  "ResaleAuthorization",
  "Solution",
];

const DEFAULT_PAGE = 20;

/** The caller's entities of one type, filtered and sorted, a page at a time. */
export function listEntities(ctx: Context, request: ListEntitiesRequest): ListEntitiesResponse {
  requireCatalog(request.Catalog);
  const type = request.EntityType ?? "";
  if (!LISTED_TYPES.includes(type)) {
    throw invalid(`ListEntities does not know the entity type ${type}. Use one of ${LISTED_TYPES.join(", ")}.`);
  }
  const filters = filtersOf(type, request);
  const { keyOf, order } = sortOf(type, request);
  const rows: Listed<{ readonly entity: StoredEntity; readonly facts: EntityFacts }>[] = [];
  // SHARED lists what others share through AWS RAM, which is not served here; what a resource policy shares is not listed
  // at AWS either: Using the AWS Marketplace API to share resources.
  if (request.OwnershipType !== "SHARED") {
    for (const entity of entitiesIn(ctx.market.store).ofType(ctx.caller.accountId, type)) {
      const facts = factsOf(entity);
      if (!filters.every((filter) => filter(facts))) continue;
      rows.push({ item: { entity, facts }, key: keyOf(facts), id: entity.id });
    }
  }
  const { NextToken, MaxResults, ...query } = request;
  const { items, token } = page(rows, {
    order,
    size: MaxResults ?? DEFAULT_PAGE,
    token: NextToken,
    query: ["ListEntities", ctx.caller.accountId, query],
  });
  return { EntitySummaryList: items.map(({ entity, facts }) => summaryOf(entity, facts)), NextToken: token };
}

function filtersOf(type: string, request: ListEntitiesRequest): EntityFilter[] {
  return [
    ...(request.FilterList === undefined ? [] : [byFilterList(request.FilterList)]),
    ...(request.EntityTypeFilters === undefined ? [] : [byEntityType(type, request.EntityTypeFilters)]),
  ];
}

interface EntitySort {
  readonly keyOf: (facts: EntityFacts) => SortKey;
  readonly order: SortOrder;
}

/** EntityTypeSort knows every field of the type; the older Sort only LastModifiedDate (default) and EntityId. */
function sortOf(type: string, request: ListEntitiesRequest): EntitySort {
  const typed =
    request.EntityTypeSort === undefined
      ? undefined
      : (onlyMember(type, request.EntityTypeSort, "Sort") as { SortBy?: string; SortOrder?: SortOrder });
  const { SortBy = "LastModifiedDate", SortOrder = "DESCENDING" } = typed ?? request.Sort ?? {};
  if (typed === undefined && SortBy !== "LastModifiedDate" && SortBy !== "EntityId") {
    throw invalid(`ListEntities does not sort by ${SortBy}. Use LastModifiedDate or EntityId, or EntityTypeSort.`);
  }
  return { keyOf: (facts) => sortKey(facts[SortBy]), order: SortOrder };
}

function sortKey(fact: EntityFacts[string]): SortKey {
  return typeof fact === "object" ? fact.join(",") : fact;
}
