import type {
  ChangeSetSummaryListItem,
  Filter,
  ListChangeSetsRequest,
  ListChangeSetsResponse,
} from "@aws-sdk/client-marketplace-catalog";
import type { Context } from "../service";
import { catalogArn, requireCatalog } from "./arns";
import { type ChangeSet, changeSetsIn, hasEnded, isForgotten } from "./change-sets";
import { moment } from "./entity-filters";
import { timestamp } from "./moments";
import { type Listed, page, type SortKey } from "./paging";
import { invalid } from "./refusals";

const DEFAULT_PAGE = 20;
const STATUSES = ["PREPARING", "APPLYING", "SUCCEEDED", "CANCELLED", "FAILED"];

type ChangeSetFilter = (changeSet: ChangeSet) => boolean;

/** API reference, ListChangeSets, FilterList. Several filters must all hold. */
const FILTERS: Readonly<Record<string, (values: readonly string[]) => ChangeSetFilter>> = {
  ChangeSetName: (values) => (changeSet) => values.includes(changeSet.name),
  EntityId: (values) => (changeSet) => changeSet.entityIds.some((id) => values.includes(id)),
  Status: (values) => {
    const unknown = values.find((status) => !STATUSES.includes(status));
    if (unknown !== undefined) throw invalid(`No change set has the status ${unknown}. Use ${STATUSES.join(", ")}.`);
    return (changeSet) => values.includes(changeSet.status);
  },
  BeforeStartTime: (values) => times("BeforeStartTime", values, (limit, { startedAt }) => seconds(startedAt) < limit),
  AfterStartTime: (values) => times("AfterStartTime", values, (limit, { startedAt }) => seconds(startedAt) > limit),
  BeforeEndTime: (values) =>
    times("BeforeEndTime", values, (limit, { endedAt }) => endedAt !== undefined && seconds(endedAt) < limit),
  AfterEndTime: (values) =>
    times("AfterEndTime", values, (limit, { endedAt }) => endedAt !== undefined && seconds(endedAt) > limit),
  // Sets of others become visible to the administrator of their private marketplace, which is not served here.
  Scope: (values) => {
    if (values.some((scope) => scope !== "SharedWithMe")) throw invalid("The filter Scope takes SharedWithMe only.");
    return () => false;
  },
};

/** The account's change sets, the latest first unless asked otherwise, a page at a time. */
export function listChangeSets(ctx: Context, request: ListChangeSetsRequest): ListChangeSetsResponse {
  requireCatalog(request.Catalog);
  const { accountId } = ctx.caller;
  const filterList = request.FilterList ?? [];
  const filters = filterList.map(filterOf);
  const { SortBy = "StartTime", SortOrder = "DESCENDING" } = request.Sort ?? {};
  if (SortBy !== "StartTime" && SortBy !== "EndTime") {
    throw invalid(`ListChangeSets does not sort by ${SortBy}. Use StartTime or EndTime.`);
  }
  const sets = changeSetsIn(ctx.market.store);
  const now = ctx.market.clock.now();
  const rows: Listed<ChangeSet>[] = [];
  for (const changeSet of asksForOpen(filterList) ? sets.open(accountId) : sets.of(accountId)) {
    if (isForgotten(changeSet, now) || !filters.every((filter) => filter(changeSet))) continue;
    rows.push({ item: changeSet, key: keyOf(changeSet, SortBy), id: changeSet.id });
  }
  const { NextToken, MaxResults, ...query } = request;
  const { items, token } = page(rows, {
    order: SortOrder,
    size: MaxResults ?? DEFAULT_PAGE,
    token: NextToken,
    query: ["ListChangeSets", accountId, query],
  });
  return { ChangeSetSummaryList: items.map(summaryOf), NextToken: token };
}

function filterOf({ Name = "", ValueList }: Filter): ChangeSetFilter {
  const make = Object.hasOwn(FILTERS, Name) ? FILTERS[Name] : undefined;
  if (make === undefined)
    throw invalid(`ListChangeSets has no filter ${Name}. Use ${Object.keys(FILTERS).join(", ")}.`);
  if (ValueList === undefined) throw invalid(`The filter ${Name} needs a ValueList.`);
  return make(ValueList);
}

/** Somebody who follows running sets asks often; the finished ones, which may be thousands, need not be looked at. */
function asksForOpen(filters: readonly Filter[]): boolean {
  return filters.some(
    ({ Name, ValueList }) =>
      Name === "Status" && ValueList?.every((status) => status === "PREPARING" || status === "APPLYING"),
  );
}

function times(
  name: string,
  values: readonly string[],
  holds: (limit: number, set: ChangeSet) => boolean,
): ChangeSetFilter {
  const [value, ...more] = values;
  if (value === undefined || more.length > 0) throw invalid(`The filter ${name} takes one moment.`);
  const limit = moment(name, value);
  return (changeSet) => holds(limit, changeSet);
}

/** What a client sees of the moment, so that it can ask for what lies before or after it. */
function seconds(iso: string): number {
  return Date.parse(timestamp(iso));
}

/** A set that has not ended counts as the last to end. */
function keyOf(changeSet: ChangeSet, sortBy: "StartTime" | "EndTime"): SortKey {
  return sortBy === "StartTime" ? changeSet.startedAt : (changeSet.endedAt ?? "~");
}

function summaryOf(changeSet: ChangeSet): ChangeSetSummaryListItem {
  return {
    ChangeSetId: changeSet.id,
    ChangeSetArn: catalogArn(changeSet.caller.accountId, "ChangeSet", changeSet.id),
    ChangeSetName: changeSet.name,
    StartTime: timestamp(changeSet.startedAt),
    EndTime: hasEnded(changeSet) && changeSet.endedAt !== undefined ? timestamp(changeSet.endedAt) : undefined,
    Status: changeSet.status,
    EntityIdList: [...changeSet.entityIds],
    FailureCode: changeSet.failure?.code,
  };
}
