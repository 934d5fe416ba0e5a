import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedAccounts, type Account } from "./accounts";
import { systemClock, type Clock } from "./clock";
import { makeDataFolder } from "./data-folder";
import { findAccessKey } from "./iam/access-keys";
import { listen } from "./server";
import { pages } from "./pages";
import type { Market } from "./service";
import { register, services } from "./services";
import { openMemoryStore } from "./storage/memory";
import { openSqliteStore } from "./storage/sqlite";
import type { Store } from "./storage/store";
import { openVault } from "./storage/vault";
import type { Registered } from "./wire/answering";
import type { Exchange } from "./wire/exchange";
import { writeProfiles } from "./profiles";

export type { Account } from "./accounts";
export { systemClock, type Clock } from "./clock";
export type { Market } from "./service";

export interface MarketplaceOptions {
  /** A free one when absent or 0. */
  readonly port?: number;
  /** Where everything is kept; without it, in memory until the marketplace closes. */
  readonly dataDir?: string;
  /** Whether change sets take as long as they do at AWS. */
  readonly latency?: "none" | "realistic";
  /** Whether quotas and request rates of the real service are enforced. */
  readonly limits?: boolean;
  /** The marketplace's time; the machine's when absent. */
  readonly clock?: Clock;
}

export interface RunningMarketplace {
  /** `http://127.0.0.1:4510` */
  readonly endpoint: string;
  readonly region: "us-east-1";
  /** A registered seller, a buyer and a channel partner, each with an administrator's access key. */
  readonly accounts: readonly Account[];
  /** With a profile for each account, for AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE. */
  readonly configFile: string;
  readonly credentialsFile: string;
  readonly market: Market;
  /** Ends connections and timers, and closes the store. */
  close(): Promise<void>;
}

const region = "us-east-1";

/**
 * Starts an embedded marketplace on the loopback interface.
 *
 * @throws Error when the port is taken or another process has the data open.
 */
export async function startMarketplace(options: MarketplaceOptions = {}): Promise<RunningMarketplace> {
  const { dataDir, clock = systemClock, latency = "none", limits = false } = options;
  if (dataDir !== undefined) makeDataFolder(dataDir);
  const store: Store = dataDir === undefined ? openMemoryStore() : openSqliteStore(join(dataDir, "marketplace.db"));
  const vault = openVault(dataDir);
  const registered = services.map(register);
  const background = new Background();
  let market: Market | undefined;
  let accounts: readonly Account[] = [];
  try {
    const listening = await listen(options.port ?? 0, async (port): Promise<Exchange> => {
      market = { store, vault, clock, endpoint: `http://127.0.0.1:${port}`, latency, limits };
      accounts = await seedAccounts(market);
      return { market, services: registered, pages, findKey: (id) => findAccessKey(store, id), onBug: report };
    });
    const running = market as unknown as Market;
    const profiles = writeProfilesFor(dataDir, accounts, running.endpoint);
    background.resume(registered, running);
    return {
      endpoint: running.endpoint,
      region,
      accounts,
      configFile: profiles.configFile,
      credentialsFile: profiles.credentialsFile,
      market: running,
      async close() {
        await listening.close();
        await background.stop();
        store.close();
        profiles.remove();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Work that services go on with between requests. */
class Background {
  private stopped = false;
  private readonly started: Promise<(() => void) | undefined>[] = [];

  resume(registered: readonly Registered[], market: Market): void {
    for (const entry of registered) {
      if (!services.some(({ name, resumes }) => resumes && name === entry.name)) continue;
      this.started.push(
        entry.load().then(
          ({ service }) => (this.stopped ? undefined : service.start?.(market)),
          (error: unknown) => {
            report(entry.name, error);
            return undefined;
          },
        ),
      );
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const end of await Promise.all(this.started)) end?.();
  }
}

function writeProfilesFor(
  dataDir: string | undefined,
  accounts: readonly Account[],
  endpoint: string,
): { readonly configFile: string; readonly credentialsFile: string; remove(): void } {
  const dir = dataDir ?? mkdtempSync(join(tmpdir(), "marketplace-"));
  return {
    ...writeProfiles(dir, accounts, endpoint, region),
    remove: () => {
      if (dataDir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}

function report(requestId: string, failure: unknown): void {
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  process.stderr.write(`marketplace: request ${requestId} failed: ${text}\n`);
}
