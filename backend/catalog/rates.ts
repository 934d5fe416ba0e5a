import { AwsError, type Context, type Handler } from "../service";
import type { Store } from "../storage/store";

/** Requests a second for each account: Service quotas for the AWS Marketplace Catalog API. Others have no published rate. */
const CATALOG: Readonly<Record<string, number>> = {
  DescribeEntity: 20,
  ListEntities: 10,
  DescribeChangeSet: 10,
  StartChangeSet: 5,
  ListChangeSets: 5,
  CancelChangeSet: 5,
  TagResource: 5,
  UntagResource: 5,
  ListTagsForResource: 5,
  PutResourcePolicy: 5,
  GetResourcePolicy: 5,
  DeleteResourcePolicy: 5,
};

/** A bucket holds a second's worth of requests and fills at the rate. */
interface Bucket {
  tokens: number;
  filledAt: number;
}

const buckets = new WeakMap<Store, Map<string, Bucket>>();

/**
 * The same handlers, each refusing with ThrottlingException what comes faster than its rate, where limits are on. The
 * HTTP status of that, where the service's model does not say it.
 */
export function rateLimited(
  handlers: Readonly<Record<string, Handler>>,
  rates: Readonly<Record<string, number>> = CATALOG,
  status?: number,
): Record<string, Handler> {
  return Object.fromEntries(
    Object.entries(handlers).map(([operation, handler]): [string, Handler] => [
      operation,
      (ctx: Context, input: never) => {
        if (ctx.market.limits) spend(ctx, operation, rates[operation], status);
        return handler(ctx, input);
      },
    ]),
  );
}

function spend(ctx: Context, operation: string, rate: number | undefined, status?: number): void {
  if (rate === undefined) return;
  const bucket = bucketOf(ctx.market.store, `${ctx.caller.accountId}/${operation}`, rate);
  const now = ctx.market.clock.now().getTime();
  bucket.tokens = Math.min(rate, bucket.tokens + (Math.max(0, now - bucket.filledAt) / 1000) * rate);
  bucket.filledAt = now;
  if (bucket.tokens < 1) {
    throw new AwsError(
      "ThrottlingException",
      `Rate exceeded: ${operation} allows ${rate} requests a second for each account. Try again later.`,
      status === undefined ? {} : { status },
    );
  }
  bucket.tokens -= 1;
}

function bucketOf(store: Store, key: string, rate: number): Bucket {
  const ofStore = buckets.get(store) ?? new Map<string, Bucket>();
  buckets.set(store, ofStore);
  const bucket = ofStore.get(key) ?? { tokens: rate, filledAt: Number.NEGATIVE_INFINITY };
  ofStore.set(key, bucket);
  return bucket;
}
