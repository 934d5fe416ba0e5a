import {
  AuthorizeSecurityGroupIngressCommand,
  CreateKeyPairCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceStopped,
  waitUntilInstanceTerminated,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { expect, onTestFinished, test } from "vitest";
import { clientsOf } from "../../../support/identity-clients";
import { ec2Market } from "../clients";
import { amazonLinux, launch, seen } from "./launch";

test("a buyer launches an image, stops it, starts it and terminates it", async () => {
  const { buyer } = await ec2Market();
  const launched = await launch(buyer, {
    TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: "agent" }] }],
    UserData: Buffer.from("#!/bin/sh\necho hello\n").toString("base64"),
  });
  expect(launched).toMatchObject({
    InstanceId: expect.stringMatching(/^i-[0-9a-f]{17}$/),
    State: { Code: 0, Name: "pending" },
    PrivateIpAddress: expect.stringMatching(/^172\.31\./),
    Tags: [{ Key: "Name", Value: "agent" }],
    Architecture: "x86_64",
    RootDeviceName: "/dev/xvda",
  });
  const InstanceIds = [launched.InstanceId ?? ""];
  const within = { client: buyer, maxWaitTime: 5, minDelay: 1, maxDelay: 1 };
  await waitUntilInstanceRunning(within, { InstanceIds });
  expect((await seen(buyer, InstanceIds[0]))?.PublicIpAddress).toMatch(/^203\.0\.113\./);
  expect((await buyer.send(new DescribeInstanceStatusCommand({ InstanceIds }))).InstanceStatuses).toMatchObject([
    { InstanceState: { Name: "running" }, InstanceStatus: { Status: "ok" }, SystemStatus: { Status: "ok" } },
  ]);

  const stopping = await buyer.send(new StopInstancesCommand({ InstanceIds }));
  expect(stopping.StoppingInstances).toMatchObject([
    { PreviousState: { Name: "running" }, CurrentState: { Name: "stopping" } },
  ]);
  await waitUntilInstanceStopped(within, { InstanceIds });
  const stopped = await seen(buyer, InstanceIds[0]);
  expect(stopped?.PublicIpAddress).toBeUndefined();
  expect(stopped?.StateTransitionReason).toContain("User initiated");

  await buyer.send(new StartInstancesCommand({ InstanceIds }));
  await waitUntilInstanceRunning(within, { InstanceIds });
  const volumes = () => buyer.send(new DescribeVolumesCommand({})).then(({ Volumes = [] }) => Volumes.length);
  expect(await volumes()).toBe(1);
  await buyer.send(new TerminateInstancesCommand({ InstanceIds }));
  await waitUntilInstanceTerminated(within, { InstanceIds });
  expect(await volumes()).toBe(0);
  await expect(buyer.send(new StartInstancesCommand({ InstanceIds }))).rejects.toMatchObject({
    name: "IncorrectInstanceState",
  });
});

test("the same client token launches once; with other parameters it is refused", async () => {
  const { buyer } = await ec2Market();
  const ClientToken = "launch-1";
  const first = await launch(buyer, { ClientToken });
  const again = await launch(buyer, { ClientToken });
  expect(again.InstanceId).toBe(first.InstanceId);
  await expect(launch(buyer, { ClientToken, InstanceType: "t3.small" })).rejects.toMatchObject({
    name: "IdempotentParameterMismatch",
  });
  const { Reservations } = await buyer.send(new DescribeInstancesCommand({}));
  expect(Reservations).toHaveLength(1);
});

test("many are launched together, with addresses of their own, as many as there is room for", async () => {
  const { buyer } = await ec2Market();
  const { Instances = [] } = await buyer.send(
    new RunInstancesCommand({ ImageId: amazonLinux, InstanceType: "t3.micro", MinCount: 2, MaxCount: 5 }),
  );
  expect(Instances.map(({ AmiLaunchIndex }) => AmiLaunchIndex)).toEqual([0, 1, 2, 3, 4]);
  expect(new Set(Instances.map(({ PrivateIpAddress }) => PrivateIpAddress)).size).toBe(5);
  await expect(launch(buyer, { MinCount: 5000, MaxCount: 5000 })).rejects.toMatchObject({
    name: "InsufficientFreeAddressesInSubnet",
  });
});

test.each<[string, Partial<RunInstancesCommandInput>, string]>([
  ["an instance type that nobody knows", { InstanceType: "t9.mega" as never }, "InvalidParameterValue"],
  ["a type of another architecture", { InstanceType: "t4g.micro" }, "InvalidParameterValue"],
  ["a zone that does not exist", { Placement: { AvailabilityZone: "us-east-1z" } }, "InvalidParameterValue"],
  ["an unknown image", { ImageId: "ami-00000000000000000" }, "InvalidAMIID.NotFound"],
  ["an id that is none", { ImageId: "image" }, "InvalidAMIID.Malformed"],
  ["an unknown subnet", { SubnetId: "subnet-00000000000000000" }, "InvalidSubnetID.NotFound"],
  ["an unknown security group", { SecurityGroupIds: ["sg-00000000000000000"] }, "InvalidGroup.NotFound"],
  ["an unknown key pair", { KeyName: "mine" }, "InvalidKeyPair.NotFound"],
  ["an unknown instance profile", { IamInstanceProfile: { Name: "nobody" } }, "InvalidParameterValue"],
  ["user data that is not base64", { UserData: "#!/bin/sh" }, "InvalidUserData.Malformed"],
  ["user data that is too long", { UserData: Buffer.alloc(16385).toString("base64") }, "InvalidParameterValue"],
  ["no instances", { MinCount: 0 }, "InvalidParameterValue"],
  ["fewer at most than at least", { MinCount: 3, MaxCount: 2 }, "InvalidParameterValue"],
  [
    "a volume smaller than its snapshot",
    { BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 4 } }] },
    "InvalidBlockDeviceMapping",
  ],
])("a launch with %s is refused and leaves nothing", async (_what, input, name) => {
  const { buyer } = await ec2Market();
  await expect(launch(buyer, input)).rejects.toMatchObject({ name });
  expect((await buyer.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
  expect((await buyer.send(new DescribeVolumesCommand({}))).Volumes).toEqual([]);
});

test("DryRun says that the launch would do, and does nothing", async () => {
  const { buyer } = await ec2Market();
  await expect(launch(buyer, { DryRun: true })).rejects.toMatchObject({ name: "DryRunOperation" });
  expect((await buyer.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
});

test("nobody sees or stops another account's instances", async () => {
  const { buyer, client } = await ec2Market();
  const { InstanceId = "" } = await launch(buyer);
  const stranger = client("partner");
  expect((await stranger.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
  await expect(stranger.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }))).rejects.toMatchObject({
    name: "InvalidInstanceID.NotFound",
    message: `The instance ID '${InstanceId}' does not exist`,
  });
});

test("every account finds a default VPC with a subnet for each zone, and launches into one of them", async () => {
  const { buyer } = await ec2Market();
  const { Vpcs } = await buyer.send(new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] }));
  const { Subnets = [] } = await buyer.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: [Vpcs?.[0]?.VpcId ?? ""] }] }),
  );
  expect(Subnets.length).toBeGreaterThan(2);
  const SubnetId = Subnets[1]?.SubnetId ?? "";
  const launched = await launch(buyer, { SubnetId });
  expect(launched).toMatchObject({ SubnetId, Placement: { AvailabilityZone: Subnets[1]?.AvailabilityZone } });
});

test("a group is opened, used, and cannot be deleted while an instance is in it", async () => {
  const { buyer } = await ec2Market();
  const { GroupId = "" } = await buyer.send(
    new CreateSecurityGroupCommand({ GroupName: "web", Description: "Web servers" }),
  );
  const open = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "198.51.100.0/24" }] };
  await buyer.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] }));
  await expect(
    buyer.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] })),
  ).rejects.toMatchObject({ name: "InvalidPermission.Duplicate" });
  const { SecurityGroups } = await buyer.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
  expect(SecurityGroups).toMatchObject([{ GroupName: "web", IpPermissions: [open] }]);
  const { InstanceId = "", SecurityGroups: groups } = await launch(buyer, { SecurityGroupIds: [GroupId] });
  expect(groups).toMatchObject([{ GroupId, GroupName: "web" }]);
  const remove = new DeleteSecurityGroupCommand({ GroupId });
  await expect(buyer.send(remove)).rejects.toMatchObject({ name: "DependencyViolation" });
  await buyer.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  await buyer.send(remove);
});

test("a key pair's private half is in one answer only", async () => {
  const { buyer } = await ec2Market();
  const made = await buyer.send(new CreateKeyPairCommand({ KeyName: "mine", KeyType: "ed25519" }));
  expect(made.KeyMaterial).toContain("PRIVATE KEY");
  const { KeyPairs } = await buyer.send(new DescribeKeyPairsCommand({ KeyNames: ["mine"], IncludePublicKey: true }));
  expect(KeyPairs).toMatchObject([{ KeyPairId: made.KeyPairId, PublicKey: expect.stringMatching(/^ssh-ed25519 /) }]);
  expect(JSON.stringify(KeyPairs)).not.toContain("PRIVATE");
  expect((await launch(buyer, { KeyName: "mine" })).KeyName).toBe("mine");
});

test("an instance changes its type while it is stopped only, and is not terminated while it is protected", async () => {
  const { buyer } = await ec2Market();
  const { InstanceId = "" } = await launch(buyer, { DisableApiTermination: true });
  const larger = new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value: "t3.large" } });
  await expect(buyer.send(larger)).rejects.toMatchObject({ name: "IncorrectInstanceState" });
  await buyer.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
  await buyer.send(larger);
  expect((await seen(buyer, InstanceId))?.InstanceType).toBe("t3.large");
  const terminate = new TerminateInstancesCommand({ InstanceIds: [InstanceId] });
  await expect(buyer.send(terminate)).rejects.toMatchObject({ name: "OperationNotPermitted" });
  await buyer.send(new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }));
  await buyer.send(terminate);
});

test("an instance profile is handed over by those only who may pass its role", async () => {
  const { running, buyer } = await ec2Market();
  const { iam } = clientsOf(running, "buyer");
  const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await iam.send(new CreateRoleCommand({ RoleName: "agent", AssumeRolePolicyDocument }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "agent" }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: "agent", RoleName: "agent" }));
  const withProfile = { IamInstanceProfile: { Name: "agent" } };
  expect((await launch(buyer, withProfile)).IamInstanceProfile?.Arn).toContain(":instance-profile/agent");

  await iam.send(new CreateUserCommand({ UserName: "bob" }));
  const allowed = { Effect: "Allow", Action: "ec2:*", Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [allowed] });
  await iam.send(new PutUserPolicyCommand({ UserName: "bob", PolicyName: "ec2", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "bob" }));
  const bob = new EC2Client({
    endpoint: running.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
  onTestFinished(() => bob.destroy());
  expect((await launch(bob)).State?.Name).toBe("pending");
  await expect(launch(bob, withProfile)).rejects.toMatchObject({ name: "UnauthorizedOperation" });
});
