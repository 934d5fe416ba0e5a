import { randomBytes, randomUUID } from "node:crypto";
import type { Market } from "../service";
import type { Store, Table } from "../storage/store";

/** A secret of an account in a region. Its texts are sealed in the store. */
export interface StoredSecret {
  readonly accountId: string;
  readonly region: string;
  /** `marketplace-deployment!prod-4ct6fqn7k2mzs/ApiKey`; what stands before the mark is the service that owns it. */
  readonly name: string;
  /** Six characters at the end of the ARN, which tell a secret from an earlier one of the same name. */
  readonly suffix: string;
  readonly owningService: string;
  readonly created: string;
  readonly changed: string;
  /** The day on which somebody last read it. */
  readonly accessed?: string;
  /** Newest first: what holds AWSCURRENT, then what holds AWSPREVIOUS. */
  readonly versions: readonly SecretVersion[];
  readonly tags: Readonly<Record<string, string>>;
  /** From when on it is gone. */
  readonly expires?: string;
}

export interface SecretVersion {
  readonly id: string;
  readonly created: string;
  readonly sealed: string;
}

/** What a service of the marketplace keeps for an account. */
export interface ServiceSecret {
  readonly accountId: string;
  readonly region: string;
  readonly owningService: string;
  /** Without the service. */
  readonly name: string;
  readonly text: string;
  /** Of the new version; one is made up where it is not given. */
  readonly versionId?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly expires?: string | undefined;
}

const STAGES = ["AWSCURRENT", "AWSPREVIOUS"] as const;
const SUFFIX_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const MARK = "!";

const secretTable = (store: Store): Table<StoredSecret> => store.table("secretsmanager.secrets");
const keyOf = ({ accountId, region, name }: Pick<StoredSecret, "accountId" | "region" | "name">) =>
  `${accountId}/${region}/${name}`;

/** The secrets of an account in a region, by name. What has expired is not there. */
export function secretsIn({ store, clock }: Pick<Market, "store" | "clock">, accountId: string, region: string) {
  const alive = (secret: StoredSecret | undefined) =>
    secret?.expires === undefined || Date.parse(secret.expires) > clock.now().getTime() ? secret : undefined;
  return {
    get: (name: string) => alive(secretTable(store).get(keyOf({ accountId, region, name }))),
    list: () => [...secretTable(store).list(`${accountId}/${region}/`)].flatMap(([, secret]) => alive(secret) ?? []),
  };
}

/** Makes a secret, or a new version of it: the version before is kept as AWSPREVIOUS. Within a transaction. */
export function putServiceSecret(market: Market, secret: ServiceSecret): void {
  const { accountId, region, owningService, text, versionId = randomUUID(), tags, expires } = secret;
  const name = `${owningService}${MARK}${secret.name}`;
  const now = market.clock.now().toISOString();
  const before = secretsIn(market, accountId, region).get(name);
  const version: SecretVersion = { id: versionId, created: now, sealed: market.vault.seal(text) };
  secretTable(market.store).put(keyOf({ accountId, region, name }), {
    ...(before ?? { accountId, region, name, owningService, suffix: newSuffix(), created: now }),
    changed: now,
    versions: [version, ...(before?.versions ?? [])].slice(0, STAGES.length),
    tags,
    ...(expires !== undefined && { expires }),
  });
}

/** Erases a secret at once, as a service may do with its own. Within a transaction. */
export function eraseServiceSecret(
  store: Store,
  { accountId, region, owningService, name }: Pick<ServiceSecret, "accountId" | "region" | "owningService" | "name">,
): void {
  secretTable(store).delete(keyOf({ accountId, region, name: `${owningService}${MARK}${name}` }));
}

/** Remembers on which day the secret was read. */
export function noteAccess({ store, clock }: Pick<Market, "store" | "clock">, secret: StoredSecret): void {
  const accessed = clock.now().toISOString().slice(0, 10);
  if (secret.accessed !== accessed) secretTable(store).put(keyOf(secret), { ...secret, accessed });
}

export function arnOfSecret({ accountId, region, name, suffix }: StoredSecret): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
}

/** The staging labels of a version, by its place. */
export function stagesOf(secret: StoredSecret, version: SecretVersion): string[] {
  const stage = STAGES[secret.versions.indexOf(version)];
  return stage === undefined ? [] : [stage];
}

/**
 * The secret that a request names: by its name, which is one of the caller's own, or by its ARN with or without the six
 * characters at the end. Undefined where there is none.
 */
export function findSecret(
  market: Pick<Market, "store" | "clock">,
  id: string,
  own: { readonly accountId: string; readonly region: string },
): StoredSecret | undefined {
  const [, region, accountId, tail] = /^arn:aws:secretsmanager:([a-z0-9-]+):(\d{12}):secret:(.+)$/.exec(id) ?? [];
  if (region === undefined || accountId === undefined || tail === undefined) {
    return secretsIn(market, own.accountId, own.region).get(id);
  }
  if (region !== own.region) return undefined;
  const secrets = secretsIn(market, accountId, region);
  const complete = /^(.+)-([A-Za-z0-9]{6})$/.exec(tail);
  const named = complete === null ? undefined : secrets.get(complete[1] as string);
  return named !== undefined && named.suffix === complete?.[2] ? named : secrets.get(tail);
}

function newSuffix(): string {
  return Array.from(randomBytes(6), (byte) => SUFFIX_ALPHABET[byte % SUFFIX_ALPHABET.length]).join("");
}
