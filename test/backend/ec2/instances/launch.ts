import {
  DescribeInstancesCommand,
  RunInstancesCommand,
  type EC2Client,
  type Instance,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";

/** Amazon Linux by its public parameter. */
export const amazonLinux = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

/** Launches one small instance of Amazon Linux, or what `input` says instead. */
export async function launch(client: EC2Client, input: Partial<RunInstancesCommandInput> = {}): Promise<Instance> {
  const { Instances = [] } = await client.send(
    new RunInstancesCommand({ ImageId: amazonLinux, InstanceType: "t3.micro", MinCount: 1, MaxCount: 1, ...input }),
  );
  return Instances[0] as Instance;
}

/** The instance as it is described now. */
export async function seen(client: EC2Client, id: string | undefined): Promise<Instance | undefined> {
  const { Reservations } = await client.send(new DescribeInstancesCommand({ InstanceIds: [id ?? ""] }));
  return Reservations?.[0]?.Instances?.[0];
}
