import type { Host } from "../host/host";
import { nameOf } from "../trouble";
import type { Ec2Calls } from "./ec2-calls";

/** An instance as EC2 describes it now. */
export interface Seen {
  readonly instanceId: string;
  readonly imageId: string;
  readonly instanceType: string;
  /** `running` */
  readonly state: string;
  readonly privateIp?: string;
  readonly publicIp?: string;
  readonly availabilityZone: string;
  readonly subnetId?: string;
  readonly keyName?: string;
  readonly instanceProfileArn?: string;
  readonly securityGroupIds: readonly string[];
  readonly productCodes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The instance, or undefined when it is gone or on its way out. */
export async function seeInstance(ec2: Ec2Calls, instanceId: string): Promise<Seen | undefined> {
  const seen = await lookAt(ec2, instanceId);
  return seen === undefined || ending.has(seen.state) ? undefined : seen;
}

/** It is terminated, or about to be; not so one that EC2 does not know everywhere yet. */
export async function isEnding(ec2: Ec2Calls, instanceId: string): Promise<boolean> {
  const seen = await lookAt(ec2, instanceId);
  return seen !== undefined && ending.has(seen.state);
}

const ending: ReadonlySet<string> = new Set(["shutting-down", "terminated"]);

async function lookAt(ec2: Ec2Calls, instanceId: string): Promise<Seen | undefined> {
  try {
    const { Reservations } = await ec2((client, { DescribeInstancesCommand }) =>
      client.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] })),
    );
    const found = Reservations?.[0]?.Instances?.[0];
    if (found === undefined) return undefined;
    const { PrivateIpAddress: privateIp, PublicIpAddress: publicIp, SubnetId: subnetId, KeyName: keyName } = found;
    const instanceProfileArn = found.IamInstanceProfile?.Arn;
    return {
      instanceId,
      imageId: found.ImageId ?? "",
      instanceType: found.InstanceType ?? "",
      state: found.State?.Name ?? "",
      ...(privateIp !== undefined && { privateIp }),
      ...(publicIp !== undefined && { publicIp }),
      availabilityZone: found.Placement?.AvailabilityZone ?? "",
      ...(subnetId !== undefined && { subnetId }),
      ...(keyName !== undefined && keyName !== "" && { keyName }),
      ...(instanceProfileArn !== undefined && { instanceProfileArn }),
      securityGroupIds: (found.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []).toSorted(),
      productCodes: (found.ProductCodes ?? []).flatMap(({ ProductCodeId }) => ProductCodeId ?? []),
      tags: Object.fromEntries((found.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    };
  } catch (error) {
    if (nameOf(error) === "InvalidInstanceID.NotFound") return undefined;
    throw error;
  }
}

/** What EC2 takes at the most to start, stop or terminate an instance, and how often to look. */
const patience = 10 * 60_000;
const between = 2_000;

/**
 * Waits until the instance is in the state; `terminated` also holds for one that is gone.
 * @throws when it goes elsewhere instead, takes too long, or the person asks to stop.
 */
export async function untilState(ec2: Ec2Calls, host: Host, instanceId: string, state: string): Promise<void> {
  const began = host.time.now();
  for (;;) {
    // A new instance may not be known everywhere at once, so not to find it means to look again.
    const now = (await lookAt(ec2, instanceId))?.state;
    if (now === state || (now === undefined && state === "terminated")) return;
    if (now === "terminated") throw new Error(`Instance ${instanceId} was terminated while it should become ${state}.`);
    if (host.stopping.aborted || host.time.now() - began >= patience) {
      throw new Error(`Instance ${instanceId} is still ${now ?? "unknown"}, not ${state}. Run again to go on.`);
    }
    host.say(`waiting until ${instanceId} is ${state} (${now ?? "not known yet"})`, "passing");
    await host.time.sleep(between, host.stopping);
  }
}
