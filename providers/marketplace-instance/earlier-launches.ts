import type { Instance } from "@aws-sdk/client-ec2";
import type { AwsClients } from "../aws-clients";
import type { Place } from "../reconciler";
import type { Ec2Calls } from "./ec2-calls";
import { isOwnedBy } from "./launch-token";

interface Earlier {
  readonly id: string;
  readonly token: string;
}

const known = new WeakMap<AwsClients, Promise<readonly Earlier[]>>();

/** The living instances whose launch had one of the owner's client tokens, oldest first. Asked of EC2 once in a run. */
export async function launchedEarlier(place: Place, ec2: Ec2Calls, owner: string): Promise<readonly Earlier[]> {
  const { clients } = place.account;
  let all = known.get(clients);
  if (all === undefined) {
    all = living(ec2);
    known.set(clients, all);
    // A failure is not remembered.
    all.catch(() => known.delete(clients));
  }
  return (await all).filter(({ token }) => isOwnedBy(owner, token));
}

/** Lets the next question be asked of EC2 anew. */
export function forgetLaunches({ account }: Place): void {
  known.delete(account.clients);
}

async function living(ec2: Ec2Calls): Promise<Earlier[]> {
  const Filters = [{ Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] }];
  const found: Instance[] = [];
  let NextToken: string | undefined;
  do {
    const token = NextToken;
    const page = await ec2((client, { DescribeInstancesCommand }) =>
      client.send(new DescribeInstancesCommand({ Filters, MaxResults: 1000, NextToken: token })),
    );
    found.push(...(page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return found
    .toSorted((a, b) => (a.LaunchTime?.getTime() ?? 0) - (b.LaunchTime?.getTime() ?? 0))
    .flatMap(({ InstanceId: id, ClientToken: token }) =>
      id === undefined || token === undefined ? [] : [{ id, token }],
    );
}
