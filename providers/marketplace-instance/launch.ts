import { createHash } from "node:crypto";
import type { RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import type { Claims, Place } from "../reconciler";
import { nameOf } from "../trouble";
import type { Ec2Calls } from "./ec2-calls";
import { isEnding } from "./seen";
import type { Wanted } from "./wanted";

/**
 * Launches the instance, or finds the one that an earlier run launched for the same resource and could not save: equal
 * requests have equal client tokens, and EC2 answers a token with the instance that it launched first (Amazon EC2 API
 * Reference, "Ensuring idempotency in Amazon EC2 API requests").
 *
 * Where that instance is terminated, or stands in the state already because this launch is to replace it, the next
 * token is tried.
 * @returns the instance's id; it may be in any state but on its way out.
 */
export async function launch({ host, claims }: Place, ec2: Ec2Calls, name: string, wanted: Wanted): Promise<string> {
  const request = requestOf(wanted);
  const stack = await host.stack();
  for (let attempt = 0; ; attempt += 1) {
    const ClientToken = tokenOf([stack, name, JSON.stringify(request), String(attempt)]);
    const id = await launchOnce(ec2, { ...request, ClientToken });
    if (id !== undefined && !(await isEnding(ec2, id)) && claim(claims, id)) return id;
  }
}

/** Undefined when the token belongs to an instance that is terminated. */
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

/** As the token holds the whole request, a mismatch can only mean that its instance is gone. */
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

/** 64 hexadecimal digits, as many characters as a token may have. */
function tokenOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
