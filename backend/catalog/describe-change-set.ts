import type {
  ChangeSummary,
  DescribeChangeSetRequest,
  DescribeChangeSetResponse,
} from "@aws-sdk/client-marketplace-catalog";
import type { Context } from "../service";
import { catalogArn, requireCatalog } from "./arns";
import { type ChangeSet, changeSetsIn, ownChangeSet, type RequestedChange } from "./change-sets";
import { asDocument } from "./documents";
import { timestamp } from "./moments";
import { shownChange } from "./secret-details";

/** How a change set stands, with its changes as they were sent and what went wrong with each. */
export function describeChangeSet(ctx: Context, request: DescribeChangeSetRequest): DescribeChangeSetResponse {
  requireCatalog(request.Catalog);
  const { store, clock } = ctx.market;
  const changeSet = ownChangeSet(store, ctx.caller.accountId, request.ChangeSetId ?? "", clock.now());
  return {
    ChangeSetId: changeSet.id,
    ChangeSetArn: catalogArn(changeSet.caller.accountId, "ChangeSet", changeSet.id),
    ChangeSetName: changeSet.name,
    Intent: changeSet.intent,
    StartTime: timestamp(changeSet.startedAt),
    EndTime: changeSet.endedAt === undefined ? undefined : timestamp(changeSet.endedAt),
    Status: changeSet.status,
    FailureCode: changeSet.failure?.code,
    FailureDescription: changeSet.failure?.description,
    ChangeSet: changeSetsIn(store)
      .changesOf(changeSet)
      .map((change, index) => summaryOf(changeSet, shownChange(change), index)),
  };
}

/** Once the set has succeeded, the entity is named with the revision that the set made of it: `prod-…@1`. */
function summaryOf(changeSet: ChangeSet, change: RequestedChange, index: number): ChangeSummary {
  const errors = changeSet.failure?.errors[index] ?? [];
  return {
    ChangeType: change.changeType,
    Entity: { Type: change.entity.type, Identifier: changeSet.identifiers?.[index] ?? change.entity.identifier },
    ChangeName: change.changeName,
    Details: change.text ?? JSON.stringify(change.details),
    DetailsDocument: asDocument(change.details),
    ErrorDetailList: [...errors],
  };
}
