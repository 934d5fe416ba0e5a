import { checkAllocations, checkUsageTime, hourOf, type UsageAllocation } from "../../marketplace/metering/usage";
import { canonical } from "../catalog/documents";
import type { StoredEntity } from "../catalog/entities";
import { usableAgreements } from "../entitlement/customers";
import type { Context } from "../service";
import type { Table } from "../storage/store";
import { meteredProduct, recordUsage, refused, refuseProblems, requireDimension } from "./records";

interface MeterUsageRequest {
  readonly ProductCode: string;
  readonly Timestamp: Date;
  readonly UsageDimension: string;
  readonly UsageQuantity?: number;
  readonly DryRun?: boolean;
  readonly UsageAllocations?: readonly UsageAllocation[];
  readonly ClientToken?: string;
}

/** Reports an hour's usage from within the buyer's account: once for each dimension and each instance that reports. */
export function meterUsage(ctx: Context, request: MeterUsageRequest): object {
  const { market, caller } = ctx;
  const { ProductCode, Timestamp, UsageDimension, UsageQuantity = 0, UsageAllocations, ClientToken } = request;
  const product = meteredProduct(market.store, ProductCode);
  requireCustomer(ctx, product);
  requireDimension(product, UsageDimension);
  refuseProblems([
    ...checkUsageTime(Timestamp, market.clock.now()),
    ...checkAllocations(UsageAllocations, UsageQuantity),
  ]);
  if (request.DryRun === true) throw refused("DryRunOperation", "The request would have succeeded, but DryRun is set.");
  requireSameRequest(ctx, request, ClientToken);
  const MeteringRecordId = recordUsage(market.store, {
    // Sessions of an instance's role are named after the instance.
    key: ["hour", ProductCode, caller.accountId, caller.userId, UsageDimension, hourOf(Timestamp)],
    quantity: UsageQuantity,
    allocations: UsageAllocations,
  });
  if (MeteringRecordId !== undefined) return { MeteringRecordId };
  throw refused("DuplicateRequestException", `Another quantity of ${UsageDimension} was reported for this hour.`);
}

/** CustomerNotEntitledException where the caller's account has no agreement about the product that it can use. */
export function requireCustomer({ market, caller }: Context, product: StoredEntity): void {
  if (usableAgreements(market, product).some(({ acceptor }) => acceptor === caller.accountId)) return;
  throw refused("CustomerNotEntitledException", `Account ${caller.accountId} is not subscribed to the product.`);
}

function requireSameRequest({ market, caller }: Context, request: MeterUsageRequest, token: string | undefined): void {
  if (token === undefined) return;
  const tokens: Table<string> = market.store.table("metering.client-tokens");
  const key = `${caller.accountId}/${token}`;
  const said = canonical({ ...request, Timestamp: request.Timestamp.toISOString() });
  const before = tokens.get(key);
  if (before !== undefined && before !== said) {
    throw refused("IdempotencyConflictException", "The ClientToken was already used, with a different request.");
  }
  tokens.put(key, said);
}
