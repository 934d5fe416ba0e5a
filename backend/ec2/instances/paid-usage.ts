import type { Context } from "../../service";
import type { Store, Table } from "../../storage/store";
import type { StoredInstance } from "./instance";

/** A stretch of time in which an instance of a product's image ran. Times are RFC 3339, UTC. */
export interface PaidRun {
  readonly account: string;
  readonly productCode: string;
  readonly instance: string;
  readonly instanceType: string;
  readonly region: string;
  readonly from: string;
  /** Absent while it runs. */
  readonly to?: string;
}

/**
 * Runs by `ACCOUNT/PRODUCT CODE/INSTANCE/START`. They are written when an instance starts and when it stops, so that
 * nothing has to tick in between, and what ran while the marketplace was down is counted like everything else.
 */
export const paidRuns = (store: Store): Table<PaidRun> => store.table("ec2-paid-runs");

/** Puts down that an instance starts now, once for each product whose code it carries. */
export function beginUsage(ctx: Context, instance: StoredInstance): void {
  const from = ctx.market.clock.now().toISOString();
  for (const productCode of marketplaceCodes(instance)) {
    paidRuns(ctx.market.store).put(`${instance.owner}/${productCode}/${instance.id}/${from}`, {
      account: instance.owner,
      productCode,
      instance: instance.id,
      instanceType: instance.type,
      region: ctx.region,
      from,
    });
  }
}

/** Puts down that it ends now. */
export function endUsage(ctx: Context, instance: StoredInstance): void {
  const to = ctx.market.clock.now().toISOString();
  const runs = paidRuns(ctx.market.store);
  for (const productCode of marketplaceCodes(instance)) {
    for (const [key, run] of runs.list(`${instance.owner}/${productCode}/${instance.id}/`)) {
      if (run.to === undefined) runs.put(key, { ...run, to });
    }
  }
}

function marketplaceCodes({ productCodes }: StoredInstance): string[] {
  return productCodes.flatMap((code) =>
    code.ProductCodeType === "marketplace" && code.ProductCodeId !== undefined ? [code.ProductCodeId] : [],
  );
}
