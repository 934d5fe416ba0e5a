import type { Market } from "../service";
import type { Store, Table } from "../storage/store";
import { eraseServiceSecret } from "../secrets-manager/secrets";

/** The service that owns the secrets: their names begin with it (`marketplace-deployment!prod-…/ApiKey`). */
export const OWNING_SERVICE = "marketplace-deployment";

/** What a seller has put into a buyer's account. Its text is in the buyer's secret alone. */
export interface DeploymentParameter {
  /** `dp-4ct6fqn7k2mzs` */
  readonly id: string;
  readonly seller: string;
  readonly buyer: string;
  readonly region: string;
  readonly productId: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly expires?: string;
  /** When it was changed, the last day's changes. */
  readonly updates: readonly string[];
}

type Named = Pick<DeploymentParameter, "buyer" | "productId" | "region" | "name">;

const byName = (store: Store): Table<DeploymentParameter> => store.table("deployment.parameters");
const byId = (store: Store): Table<string> => store.table("deployment.parameters-by-id");
const calendar = (store: Store): Table<string> => store.table("deployment.expirations");

const keyOf = ({ buyer, productId, region, name }: Named) => `${buyer}/${productId}/${region}/${name}`;

/** Deployment parameters by buyer, product and name. What has expired is not there. */
export function parametersIn({ store, clock }: Pick<Market, "store" | "clock">) {
  const alive = (one: DeploymentParameter | undefined) =>
    one?.expires === undefined || Date.parse(one.expires) > clock.now().getTime() ? one : undefined;
  return {
    named: (named: Named) => alive(byName(store).get(keyOf(named))),
    withId: (id: string) => alive(byName(store).get(byId(store).get(id) ?? "")),
    of: ({ buyer, productId, region }: Omit<Named, "name">) =>
      [...byName(store).list(`${buyer}/${productId}/${region}/`)].flatMap(([, one]) => alive(one) ?? []),
    put(parameter: DeploymentParameter) {
      const key = keyOf(parameter);
      const before = byName(store).get(key);
      if (before !== undefined) forget(store, before, key);
      byName(store).put(key, parameter);
      byId(store).put(parameter.id, key);
      if (parameter.expires !== undefined) calendar(store).put(`${parameter.expires}/${parameter.id}`, key);
    },
  };
}

/** When the next parameter expires. */
export function nextExpiration(store: Store): string | undefined {
  for (const [key] of calendar(store).list()) return momentOf(key);
  return undefined;
}

/** Erases what has expired, with the buyers' secrets. Within a transaction. */
export function eraseExpired({ store, clock }: Pick<Market, "store" | "clock">): void {
  const now = clock.now().getTime();
  for (const [at, key] of calendar(store).list()) {
    if (Date.parse(momentOf(at)) > now) return;
    const parameter = byName(store).get(key);
    if (parameter === undefined) continue;
    forget(store, parameter, key);
    byName(store).delete(key);
    const { buyer: accountId, region } = parameter;
    eraseServiceSecret(store, { accountId, region, owningService: OWNING_SERVICE, name: secretName(parameter) });
  }
}

/** What the secret is called within its service. */
export function secretName({ productId, name }: Pick<DeploymentParameter, "productId" | "name">): string {
  return `${productId}/${name}`;
}

export function parameterArn({ seller, region, productId, id }: DeploymentParameter): string {
  return `arn:aws:aws-marketplace:${region}:${seller}:DeploymentParameter:catalogs/AWSMarketplace/products/${productId}/${id}`;
}

function forget(store: Store, { id, expires }: DeploymentParameter, key: string): void {
  if (byId(store).get(id) === key) byId(store).delete(id);
  if (expires !== undefined) calendar(store).delete(`${expires}/${id}`);
}

function momentOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}
