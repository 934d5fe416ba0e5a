import type { Properties } from "../provider";
import type { Ec2Calls } from "./ec2-calls";
import type { Seen } from "./seen";

/** What a program would declare of an instance that is imported: all that it keeps, its type and its state. */
export async function importedInputs(ec2: Ec2Calls, seen: Seen): Promise<Properties> {
  const { instanceId: InstanceId, imageId: image, subnetId, keyName, instanceProfileArn, state } = seen;
  const { UserData } = await ec2((client, { DescribeInstanceAttributeCommand }) =>
    client.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: "userData" })),
  );
  const userData = UserData?.Value === undefined ? "" : Buffer.from(UserData.Value, "base64").toString();
  return {
    image,
    ...(subnetId !== undefined && { subnetId }),
    ...(keyName !== undefined && { keyName }),
    ...(instanceProfileArn !== undefined && { instanceProfile: instanceProfileArn.split("/").at(-1) }),
    ...(userData !== "" && { userData }),
    desiredState: state === "stopped" || state === "stopping" ? "stopped" : "running",
  };
}
