import type { Host } from "../host/host";
import { same } from "../same";
import type { Ec2Calls } from "./ec2-calls";
import { untilState, type Seen } from "./seen";
import type { Wanted } from "./wanted";

/** Brings an instance to where it is declared to be. A new type takes a stop, and a start where it is to run. */
export async function changeInstance(ec2: Ec2Calls, host: Host, seen: Seen, wanted: Wanted): Promise<void> {
  const { instanceId: InstanceId } = seen;
  if (wanted.securityGroupIds !== undefined && !same(wanted.securityGroupIds, seen.securityGroupIds)) {
    const Groups = [...wanted.securityGroupIds];
    await ec2((client, { ModifyInstanceAttributeCommand }) =>
      client.send(new ModifyInstanceAttributeCommand({ InstanceId, Groups })),
    );
  }
  await changeTags(ec2, seen, wanted.tags);
  const newType = wanted.instanceType !== seen.instanceType;
  if (newType || wanted.desiredState === "stopped") await stop(ec2, host, seen);
  if (newType) {
    await ec2((client, { ModifyInstanceAttributeCommand }) =>
      client.send(new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value: wanted.instanceType } })),
    );
  }
  if (wanted.desiredState === "running" && (newType || seen.state !== "running")) await start(ec2, host, seen);
}

async function stop(ec2: Ec2Calls, host: Host, { instanceId, state }: Seen): Promise<void> {
  if (state === "pending") await untilState(ec2, host, instanceId, "running");
  if (state !== "stopped") {
    await ec2((client, { StopInstancesCommand }) =>
      client.send(new StopInstancesCommand({ InstanceIds: [instanceId] })),
    );
  }
  await untilState(ec2, host, instanceId, "stopped");
}

async function start(ec2: Ec2Calls, host: Host, { instanceId, state }: Seen): Promise<void> {
  if (state === "stopping") await untilState(ec2, host, instanceId, "stopped");
  await ec2((client, { StartInstancesCommand }) =>
    client.send(new StartInstancesCommand({ InstanceIds: [instanceId] })),
  );
  await untilState(ec2, host, instanceId, "running");
}

async function changeTags(ec2: Ec2Calls, { instanceId, tags }: Seen, wanted: Wanted["tags"]): Promise<void> {
  const Resources = [instanceId];
  const gone = Object.keys(tags).filter((Key) => !Object.hasOwn(wanted, Key) && !Key.startsWith("aws:"));
  const set = Object.entries(wanted).filter(([key, value]) => tags[key] !== value);
  if (gone.length > 0) {
    const Tags = gone.map((Key) => ({ Key }));
    await ec2((client, { DeleteTagsCommand }) => client.send(new DeleteTagsCommand({ Resources, Tags })));
  }
  if (set.length > 0) {
    const Tags = set.map(([Key, Value]) => ({ Key, Value }));
    await ec2((client, { CreateTagsCommand }) => client.send(new CreateTagsCommand({ Resources, Tags })));
  }
}
