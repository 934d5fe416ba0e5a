import { checkAllocations, checkUsageTime, hourOf, type UsageAllocation } from "../../marketplace/metering/usage";
import { agreementsIn } from "../agreement/agreements";
import { canonical } from "../catalog/documents";
import type { StoredEntity } from "../catalog/entities";
import { paidRuns } from "../ec2/instances/paid-usage";
import { usableAgreements } from "../entitlement/customers";
import type { Context } from "../service";
import type { Table } from "../storage/store";
import { chargedAgreement } from "./charged-agreement";
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
  const reporter = reporterOf(ctx, ProductCode);
  requireCustomer(ctx, product);
  requireDimension(product, UsageDimension);
  refuseProblems([
    ...checkUsageTime(Timestamp, market.clock.now()),
    ...checkAllocations(UsageAllocations, UsageQuantity),
  ]);
  if (request.DryRun === true) throw refused("DryRunOperation", "The request would have succeeded, but DryRun is set.");
  requireSameRequest(ctx, request, ClientToken);
  const agreements = agreementsIn(market.store)
    .of("Acceptor", caller.accountId)
    .filter(({ productId }) => productId === product.id);
  const MeteringRecordId = recordUsage(market.store, {
    key: ["hour", ProductCode, caller.accountId, reporter, UsageDimension, hourOf(Timestamp)],
    dimension: UsageDimension,
    quantity: UsageQuantity,
    at: Timestamp,
    allocations: UsageAllocations,
    agreement: chargedAgreement(market, agreements, { dimension: UsageDimension, at: Timestamp }),
  });
  if (MeteringRecordId !== undefined) return { MeteringRecordId };
  throw refused("DuplicateRequestException", `Another quantity of ${UsageDimension} was reported for this hour.`);
}

/**
 * Who reports: the instance that the software runs on, where it is known, else the caller. Sessions of an instance's role
 * are named after the instance. InvalidEndpointRegionException where that one runs in another region.
 */
function reporterOf({ market, caller, region }: Context, productCode: string): string {
  const session = caller.kind === "assumed-role" ? caller.userId.split(":")[1] : undefined;
  if (session === undefined) return caller.userId;
  for (const [, run] of paidRuns(market.store).list(`${caller.accountId}/${productCode}/${session}/`)) {
    if (run.region === region) return run.instance;
    const message = `Instance ${run.instance} is in ${run.region}. Send its usage to the endpoint of that region, not ${region}.`;
    throw refused("InvalidEndpointRegionException", message);
  }
  return caller.userId;
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
