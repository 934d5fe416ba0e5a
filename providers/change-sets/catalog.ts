import type { Change as SentChange, ChangeSummary } from "@aws-sdk/client-marketplace-catalog";
import type { Change } from "../../marketplace/changes/change-type";
import type { CatalogCalls } from "../catalog-calls";
import type { ChangeSet } from "./change-set";

export type ChangeSetSummary = Pick<ChangeSet, "id" | "name" | "status" | "startTime">;

/** The catalog's change sets. */
export interface Catalog {
  start(name: string, token: string, changes: readonly Change[]): Promise<string>;
  describe(id: string): Promise<ChangeSet>;
  /** Those of that name, newest first. */
  named(name: string): Promise<readonly ChangeSetSummary[]>;
  /** Those not ended yet; of one entity when given. */
  open(entityId?: string): Promise<readonly ChangeSetSummary[]>;
  /** Only before it is being applied. */
  cancel(id: string): Promise<void>;
}

const Catalog = "AWSMarketplace";

export function catalogOf(call: CatalogCalls): Catalog {
  const list = async (filters: readonly Filter[]): Promise<ChangeSetSummary[]> => {
    const found: ChangeSetSummary[] = [];
    let NextToken: string | undefined;
    const { ListChangeSetsCommand } = await import("@aws-sdk/client-marketplace-catalog");
    const FilterList = filters.map(({ Name, ValueList }) => ({ Name, ValueList: [...ValueList] }));
    do {
      const command = new ListChangeSetsCommand({
        Catalog,
        FilterList,
        Sort: { SortBy: "StartTime", SortOrder: "DESCENDING" },
        MaxResults: 20,
        NextToken,
      });
      const page = await call("ListChangeSets", (client) => client.send(command));
      for (const item of page.ChangeSetSummaryList ?? []) {
        found.push({
          id: item.ChangeSetId ?? "",
          name: item.ChangeSetName ?? "",
          status: item.Status ?? "PREPARING",
          startTime: item.StartTime ?? "",
        });
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined && NextToken !== null);
    return found;
  };

  return {
    start: async (name, token, changes) => {
      const { StartChangeSetCommand } = await import("@aws-sdk/client-marketplace-catalog");
      const command = new StartChangeSetCommand({
        Catalog,
        ChangeSetName: name,
        ClientRequestToken: token,
        ChangeSet: changes.map(asSent),
      });
      const { ChangeSetId } = await call("StartChangeSet", (client) => client.send(command));
      if (ChangeSetId === undefined) throw new Error("AWS Marketplace gave no id for the change set it started.");
      return ChangeSetId;
    },
    describe: async (id) => {
      const { DescribeChangeSetCommand } = await import("@aws-sdk/client-marketplace-catalog");
      const command = new DescribeChangeSetCommand({ Catalog, ChangeSetId: id });
      const described = await call("DescribeChangeSet", (client) => client.send(command));
      return {
        id,
        name: described.ChangeSetName ?? "",
        status: described.Status ?? "PREPARING",
        startTime: described.StartTime ?? "",
        failureCode: described.FailureCode,
        failureDescription: described.FailureDescription,
        changes: (described.ChangeSet ?? []).map(asResult),
      };
    },
    cancel: async (id) => {
      const { CancelChangeSetCommand } = await import("@aws-sdk/client-marketplace-catalog");
      const command = new CancelChangeSetCommand({ Catalog, ChangeSetId: id });
      await call("CancelChangeSet", (client) => client.send(command));
    },
    named: (name) => list([{ Name: "ChangeSetName", ValueList: [name] }]),
    open: (entityId) => {
      const open: Filter = { Name: "Status", ValueList: ["PREPARING", "APPLYING"] };
      return list(entityId === undefined ? [open] : [open, { Name: "EntityId", ValueList: [entityId] }]);
    },
  };
}

interface Filter {
  readonly Name: string;
  readonly ValueList: readonly string[];
}

function asSent(change: Change): SentChange {
  return {
    ChangeType: change.changeType,
    ChangeName: change.changeName,
    Entity: { Type: change.entity.type, Identifier: change.entity.identifier },
    DetailsDocument: JSON.parse(JSON.stringify(change.details)),
    EntityTags: change.entityTags && Object.entries(change.entityTags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function asResult(summary: ChangeSummary): ChangeSet["changes"][number] {
  return {
    changeType: summary.ChangeType ?? "",
    entityType: summary.Entity?.Type ?? "",
    entityId: summary.Entity?.Identifier?.split("@")[0],
    details: JSON.parse(JSON.stringify(summary.DetailsDocument ?? null)),
    errors: (summary.ErrorDetailList ?? []).map((detail) => ({
      code: detail.ErrorCode ?? "UNKNOWN",
      message: detail.ErrorMessage ?? "",
    })),
  };
}
