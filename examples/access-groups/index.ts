import * as pulumi from "@pulumi/pulumi";
import { AccessGroups, AccessUser } from "pulumi-aws-marketplace";

// Alice does the bookkeeping, Bob decides what is bought, Carol runs it.
const alice = new AccessUser("alice", { accessKey: true, tags: { team: "finance" } });
const bob = new AccessUser("bob", { accessKey: true, tags: { team: "procurement" } });
const carol = new AccessUser("carol", { accessKey: true, consoleAccess: true, tags: { team: "operations" } });

// Move a name to another list and preview: that person leaves the old group before joining the new one.
const market = new AccessGroups("marketplace", {
  view: [alice],
  subscribe: [bob],
  fullControl: [carol],
  groupNames: {
    view: "MarketplaceViewers",
    subscribe: "MarketplaceSubscribers",
    "full-control": "MarketplaceOperators",
  },
});

export const groups = Object.values(market.groups).map((group) => group.name);

// Secrets: marketplace stack output keys --show-secrets
export const keys = Object.fromEntries(
  Object.entries({ alice, bob, carol }).map(([name, { accessKeyId, secretAccessKey }]) => [
    name,
    pulumi.secret({ accessKeyId, secretAccessKey }),
  ]),
);
export const passwordOfCarol = carol.password;
