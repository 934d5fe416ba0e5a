import { afterAll, beforeAll } from "vitest";
import type { Rights } from "../../../backend/auth/need";
import type { KnownKey } from "../../../backend/auth/sigv4";
import { systemClock, type Clock } from "../../../backend/clock";
import { listen, type Listening } from "../../../backend/server";
import type { Handler, Market, Service } from "../../../backend/service";
import { register, services, type ServiceEntry } from "../../../backend/services";
import { openMemoryStore } from "../../../backend/storage/memory";
import { openVault } from "../../../backend/storage/vault";

export const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "an example secret/+=" };

const caller = {
  accountId: "111122223333",
  kind: "user",
  arn: "arn:aws:iam::111122223333:user/admin",
  userId: "AIDAEXAMPLE",
} as const;

export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

export interface WireServer {
  /** Known once the tests run. */
  readonly endpoint: string;
  /** A client of the SDK for it; one of each kind. */
  client<Client>(kind: new (options: ClientOptions) => Client): Client;
  /** What handlers were called with, latest last. */
  readonly inputs: unknown[];
  /** Failures of ours; a test of the wire wants none. */
  readonly bugs: unknown[];
  readonly keys: Map<string, KnownKey>;
}

/** Handlers by service; each sees inputs exactly as the wire read them. */
export type Handlers = Readonly<Record<string, Readonly<Record<string, (input: never) => object>>>>;

/** A service of a test's own: what its requests need is not what the test is about. */
export type UnguardedEntry = Omit<ServiceEntry, "rights">;

/** These tests are about the wire: nobody needs any right. */
function openToAll(served: Handlers[string] = {}): Rights {
  return Object.fromEntries(Object.keys(served).map((operation) => [operation, () => []]));
}

/** The real server with small services of a test's own; it runs while the file's tests do. */
export function wireServer(
  handlers: Handlers,
  options: { readonly clock?: Clock; readonly entries?: readonly UnguardedEntry[] } = {},
): WireServer {
  const inputs: unknown[] = [];
  const bugs: unknown[] = [];
  const keys = new Map<string, KnownKey>([
    [credentials.accessKeyId, { secretAccessKey: credentials.secretAccessKey, active: true, caller }],
  ]);
  const recorded = (name: string): Service => ({
    handlers: Object.fromEntries(
      Object.entries(handlers[name] ?? {}).map(([operation, work]): [string, Handler] => [
        operation,
        (_ctx, input) => {
          inputs.push(input);
          return work(input);
        },
      ]),
    ),
  });
  const entries = (options.entries ?? services).map((entry) =>
    register({
      ...entry,
      service: async () => ({ service: recorded(entry.name) }),
      rights: async () => ({ rights: openToAll(handlers[entry.name]) }),
    }),
  );
  const store = openMemoryStore();
  const clock = options.clock ?? systemClock;
  const clients = new Map<unknown, unknown>();
  let server: Listening | undefined;
  const endpoint = (): string => `http://127.0.0.1:${(server as Listening).port}`;

  beforeAll(async () => {
    server = await listen(0, async (port) => {
      const market: Market = {
        store,
        clock,
        endpoint: `http://127.0.0.1:${port}`,
        latency: "none",
        limits: false,
        vault: openVault(),
      };
      return {
        market,
        services: entries,
        findKey: (id) => keys.get(id),
        onBug: (_requestId, failure) => void bugs.push(failure),
      };
    });
  });
  afterAll(async () => {
    await server?.close();
    store.close();
  });

  return {
    get endpoint() {
      return endpoint();
    },
    client<Client>(kind: new (options: ClientOptions) => Client): Client {
      const made =
        clients.get(kind) ?? new kind({ endpoint: endpoint(), region: "us-east-1", credentials, maxAttempts: 1 });
      clients.set(kind, made);
      return made as Client;
    },
    inputs,
    bugs,
    keys,
  };
}
