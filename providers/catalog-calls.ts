import type { MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import type { AwsClients } from "./aws-clients";
import type { Host } from "./host/host";
import { Pace } from "./pace";
import { enduring, persist } from "./persistence";

/** Requests a second for each account: Service quotas for the AWS Marketplace Catalog API. */
const rates = {
  DescribeEntity: 20,
  BatchDescribeEntities: 10,
  ListEntities: 10,
  DescribeChangeSet: 10,
  ListChangeSets: 5,
  StartChangeSet: 5,
  CancelChangeSet: 5,
  TagResource: 5,
  UntagResource: 5,
  ListTagsForResource: 5,
} as const;

/** Sends a request within the catalog's rates, and again when the service or the network stumbles. */
export type CatalogCalls = <T>(
  operation: keyof typeof rates,
  send: (client: MarketplaceCatalogClient) => Promise<T>,
) => Promise<T>;

/** @param custom the endpoint is not AWS's own: calls are paced only once it asks for that. */
export function catalogCalls(clients: AwsClients, host: Host, custom: boolean): CatalogCalls {
  const paces = new Map(Object.entries(rates).map(([name, rate]) => [name, new Pace(host.time, rate, custom)]));
  return (operation, send) => {
    const pace = paces.get(operation);
    return persist(
      host,
      enduring,
      async () => {
        await pace?.turn();
        return send(await clients.catalog());
      },
      (trouble) => {
        if (trouble === "throttled") pace?.tighten();
        if (trouble === "expired" || trouble === "unknown-key") clients.renew();
      },
    );
  };
}
