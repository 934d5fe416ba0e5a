import { awsClients, customEndpoint, type AwsClients } from "./aws-clients";
import { catalogCalls } from "./catalog-calls";
import { catalogOf } from "./change-sets/catalog";
import { ChangeSets } from "./change-sets/coordinator";
import type { Connection } from "./connection";
import { entitiesOf, type Entities } from "./entities";
import { entityTagsOf, type EntityTags } from "./entity-tags";
import type { Host } from "./host/host";
import { brief, persist } from "./persistence";

/** An AWS account at an endpoint, as the providers deal with it: one for all resources that belong to it. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  readonly changeSets: ChangeSets;
  readonly entities: Entities;
  readonly tags: EntityTags;
  readonly clients: AwsClients;
}

/** Finds the account behind a connection; connections to the same account share its quotas, so they share this too. */
export function accountsOn(host: Host): (connection: Connection) => Promise<Account> {
  const byConnection = new Map<string, Promise<Account>>();
  const byIdentity = new Map<string, Account>();

  const open = async (connection: Connection): Promise<Account> => {
    const clients = awsClients(connection);
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const identify = async () => (await clients.sts()).send(new GetCallerIdentityCommand({}));
    const { Account: id = "" } = await persist(host, brief, identify);
    const endpoint = customEndpoint(connection, "MARKETPLACE_CATALOG");
    const identity = `${id} ${endpoint ?? ""}`;
    const known = byIdentity.get(identity);
    // Quotas are shared; who asks, and in which region, is each connection's own.
    if (known !== undefined) return { ...known, clients };
    const call = catalogCalls(clients, host, endpoint !== undefined);
    const account: Account = {
      id,
      changeSets: new ChangeSets(catalogOf(call), host),
      entities: entitiesOf(call, host.time),
      tags: entityTagsOf(call),
      clients,
    };
    byIdentity.set(identity, account);
    return account;
  };

  return (connection) => {
    const key = JSON.stringify([connection.profile, connection.roleArn, connection.endpoint, connection.region]);
    const known = byConnection.get(key);
    if (known !== undefined) return known;
    const opened = open(connection);
    byConnection.set(key, opened);
    // A person may mend the credentials and go on: do not remember a failure.
    opened.catch(() => byConnection.delete(key));
    return opened;
  };
}
