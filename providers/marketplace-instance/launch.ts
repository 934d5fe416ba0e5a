import type { RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import type { Claims, Place } from "../reconciler";
import { nameOf } from "../trouble";
import { forgetLaunches, launchedEarlier } from "./earlier-launches";
import type { Ec2Calls } from "./ec2-calls";
import { isEnding } from "./seen";
import { differing, type Kept, launchToken, ownerOf } from "./launch-token";
import type { Wanted } from "./wanted";

export interface Launched {
  readonly id: string;
  /** What it was launched with otherwise than is wanted now. Only an instance of an earlier run has such. */
  readonly differs: readonly Kept[];
}

/**
 * Launches the instance, or finds the one that an earlier run launched for the same resource and could not save, also
 * when the program was edited in between. Its client token says whose it is and what it was launched with; and EC2
 * answers a repeated token with the instance that it launched first (Amazon EC2 API Reference, "Ensuring idempotency in
 * Amazon EC2 API requests").
 *
 * An instance that is terminated, or stands in the state already because this launch is to replace it, is left alone.
 */
export async function launch(place: Place, ec2: Ec2Calls, name: string, wanted: Wanted): Promise<Launched> {
  const owner = ownerOf(await place.host.stack(), name);
  const found = await takeOver(place, ec2, owner, wanted);
  if (found !== undefined) return found;
  const request = requestOf(wanted);
  for (let attempt = 0; ; attempt += 1) {
    const id = await launchOnce(ec2, { ...request, ClientToken: launchToken(owner, wanted, attempt) });
    if (id !== undefined && !(await isEnding(ec2, id)) && claim(place.claims, id)) return { id, differs: [] };
    if (id !== undefined) continue;
    // The token launched something else before: an instance that is gone, or one that was not to be seen yet.
    forgetLaunches(place);
    const late = await takeOver(place, ec2, owner, wanted);
    if (late !== undefined) return late;
  }
}

async function takeOver(place: Place, ec2: Ec2Calls, owner: string, wanted: Wanted): Promise<Launched | undefined> {
  for (const { id, token } of await launchedEarlier(place, ec2, owner)) {
    if (!claim(place.claims, id)) continue;
    place.host.say(`going on with instance ${id}, which an earlier run launched`);
    return { id, differs: differing(token, wanted) };
  }
  return undefined;
}

/** Undefined when the token belongs to another launch. */
async function launchOnce(ec2: Ec2Calls, request: RunInstancesCommandInput): Promise<string | undefined> {
  try {
    const { Instances } = await ec2((client, { RunInstancesCommand }) => client.send(new RunInstancesCommand(request)));
    const id = Instances?.[0]?.InstanceId;
    if (id === undefined) throw new Error("EC2 launched no instance, and did not say why.");
    return id;
  } catch (error) {
    if (spentToken.has(nameOf(error))) return undefined;
    throw error;
  }
}

const spentToken: ReadonlySet<string> = new Set(["IdempotentInstanceTerminated", "IdempotentParameterMismatch"]);

/** False when another resource of this stack has the instance. */
function claim({ held, takenOver }: Claims, id: string): boolean {
  if (held.has(id) || takenOver.has(id)) return false;
  takenOver.add(id);
  return true;
}

function requestOf(wanted: Wanted): RunInstancesCommandInput {
  const Tags = Object.entries(wanted.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ImageId: wanted.image,
    InstanceType: wanted.instanceType as never,
    MinCount: 1,
    MaxCount: 1,
    SubnetId: wanted.subnetId,
    SecurityGroupIds: wanted.securityGroupIds && [...wanted.securityGroupIds],
    KeyName: wanted.keyName,
    IamInstanceProfile: wanted.instanceProfile === undefined ? undefined : profileOf(wanted.instanceProfile),
    UserData: wanted.userData === undefined ? undefined : Buffer.from(wanted.userData).toString("base64"),
    ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "instance" as const, Tags }] }),
  };
}

function profileOf(named: string): { Arn: string } | { Name: string } {
  return named.startsWith("arn:") ? { Arn: named } : { Name: named };
}
