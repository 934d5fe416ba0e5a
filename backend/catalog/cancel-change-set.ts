import type { CancelChangeSetRequest, CancelChangeSetResponse } from "@aws-sdk/client-marketplace-catalog";
import type { Context } from "../service";
import { catalogArn, requireCatalog } from "./arns";
import { ownChangeSet } from "./change-sets";
import { inUse } from "./refusals";
import { endChangeSet } from "./stages";

/** Calls a change set off while it is PREPARING; afterwards it is too late, and ResourceInUseException says so. */
export function cancelChangeSet(ctx: Context, request: CancelChangeSetRequest): CancelChangeSetResponse {
  requireCatalog(request.Catalog);
  const { market, caller } = ctx;
  const changeSet = ownChangeSet(market.store, caller.accountId, request.ChangeSetId ?? "", market.clock.now());
  if (changeSet.status !== "PREPARING") {
    throw inUse(
      `Change set ${changeSet.id} is ${changeSet.status}. Only a change set that is PREPARING can be cancelled.`,
    );
  }
  endChangeSet(market, { ...changeSet, status: "CANCELLED" });
  return {
    ChangeSetId: changeSet.id,
    ChangeSetArn: catalogArn(caller.accountId, "ChangeSet", changeSet.id),
  };
}
