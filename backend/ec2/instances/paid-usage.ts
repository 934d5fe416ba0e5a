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

/** What an instance ran within one hour of the clock. */
export interface UsageHour {
  readonly account: string;
  readonly productCode: string;
  readonly instance: string;
  readonly instanceType: string;
  readonly region: string;
  /** The hour's beginning: `2026-11-22T16:00:00.000Z` */
  readonly hour: string;
  /** 1 to 3600; what ran for less than a second is left out. */
  readonly seconds: number;
}

const hourLength = 60 * 60 * 1000;

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

/** The hours in which an account's instances of a product ran until now, the earliest first. */
export function usageHours(store: Store, account: string, productCode: string, now: Date): UsageHour[] {
  const byHour = new Map<string, UsageHour>();
  for (const [, run] of paidRuns(store).list(`${account}/${productCode}/`)) {
    for (const part of hoursOf(run, now)) {
      const key = `${part.hour} ${part.instance} ${part.instanceType}`;
      byHour.set(key, { ...part, seconds: part.seconds + (byHour.get(key)?.seconds ?? 0) });
    }
  }
  return [...byHour].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, hour]) => hour);
}

function hoursOf({ from, to, ...run }: PaidRun, now: Date): UsageHour[] {
  const start = wholeSeconds(Date.parse(from));
  const end = wholeSeconds(to === undefined ? now.getTime() : Date.parse(to));
  const hours: UsageHour[] = [];
  for (let hour = start - (start % hourLength); hour < end; hour += hourLength) {
    const seconds = (Math.min(end, hour + hourLength) - Math.max(start, hour)) / 1000;
    hours.push({ ...run, hour: new Date(hour).toISOString(), seconds });
  }
  return hours;
}

function wholeSeconds(milliseconds: number): number {
  return milliseconds - (milliseconds % 1000);
}

function marketplaceCodes({ productCodes }: StoredInstance): string[] {
  return productCodes.flatMap((code) =>
    code.ProductCodeType === "marketplace" && code.ProductCodeId !== undefined ? [code.ProductCodeId] : [],
  );
}
