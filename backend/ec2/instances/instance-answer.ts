import type { GroupIdentifier, Instance, InstanceNetworkInterface, Reservation } from "@aws-sdk/client-ec2";
import type { Context } from "../../service";
import { instanceTypes } from "../instance-type-data";
import { securityGroupOf } from "../network/security-group";
import { tagsOf } from "../tags";
import { stateAnswer, type InstanceState } from "./state";
import { stateOf, type StoredInstance } from "./instance";

/** The instances of one launch in the words of RunInstances and DescribeInstances, in the state given or else their own. */
export function reservationAnswer(
  ctx: Context,
  instances: readonly StoredInstance[],
  state?: InstanceState,
): Reservation {
  const [first] = instances;
  return {
    ReservationId: first?.reservation,
    OwnerId: first?.owner,
    Groups: [],
    Instances: instances.map((instance) => instanceAnswer(ctx, instance, state)),
  };
}

/** An instance in the words of DescribeInstances, with the caller's tags. */
export function instanceAnswer(ctx: Context, instance: StoredInstance, shown?: InstanceState): Instance {
  const state = shown ?? stateOf(ctx, instance);
  const type = instanceTypes.get(instance.type);
  return {
    InstanceId: instance.id,
    ImageId: instance.image,
    InstanceType: instance.type as Instance["InstanceType"],
    State: stateAnswer(state),
    StateTransitionReason: instance.reason ?? "",
    ...(instance.reason !== undefined && {
      StateReason: {
        Code: "Client.UserInitiatedShutdown",
        Message: "Client.UserInitiatedShutdown: User initiated shutdown",
      },
    }),
    AmiLaunchIndex: instance.launchIndex,
    ClientToken: instance.clientToken ?? "",
    LaunchTime: new Date(instance.launched),
    KeyName: instance.keyName,
    ProductCodes: [...instance.productCodes],
    Architecture: instance.architecture,
    VirtualizationType: instance.virtualization,
    Hypervisor: "xen",
    PlatformDetails: "Linux/UNIX",
    UsageOperation: "RunInstances",
    UsageOperationUpdateTime: new Date(instance.launched),
    RootDeviceType: instance.rootDeviceType,
    RootDeviceName: instance.rootDeviceName,
    BlockDeviceMappings: instance.volumes.map(({ id, device, deleteOnTermination }) => ({
      DeviceName: device,
      Ebs: {
        VolumeId: id,
        DeleteOnTermination: deleteOnTermination,
        Status: "attached",
        AttachTime: new Date(instance.launched),
      },
    })),
    EnaSupport: instance.ena,
    BootMode: instance.bootMode,
    CurrentInstanceBootMode: instance.bootMode === "uefi" ? "uefi" : "legacy-bios",
    EbsOptimized: instance.ebsOptimized,
    IamInstanceProfile: instance.profile && { Arn: instance.profile.arn, Id: instance.profile.id },
    Monitoring: { State: instance.monitored ? "enabled" : "disabled" },
    Placement: { AvailabilityZone: instance.zone, GroupName: "", Tenancy: "default" },
    CpuOptions: { CoreCount: type?.cores, ThreadsPerCore: type?.threadsPerCore },
    MetadataOptions: {
      State: "applied",
      HttpTokens: instance.tokensRequired ? "required" : "optional",
      HttpPutResponseHopLimit: instance.tokensRequired ? 2 : 1,
      HttpEndpoint: "enabled",
      HttpProtocolIpv6: "disabled",
      InstanceMetadataTags: "disabled",
    },
    Tags: tagsOf(ctx, instance.id),
    ...(state === "terminated" ? {} : networkAnswer(ctx, instance, state)),
  };
}

function networkAnswer(ctx: Context, instance: StoredInstance, state: InstanceState): Partial<Instance> {
  const groups = instance.securityGroups.map((GroupId): GroupIdentifier => ({
    GroupId,
    GroupName: securityGroupOf(ctx, GroupId)?.name,
  }));
  const publicIp = state === "running" ? instance.publicIp : undefined;
  return {
    VpcId: instance.vpc,
    SubnetId: instance.subnet,
    SecurityGroups: groups,
    SourceDestCheck: true,
    PrivateIpAddress: instance.privateIp,
    PrivateDnsName: privateName(ctx.region, instance.privateIp),
    PublicIpAddress: publicIp,
    PublicDnsName: publicIp === undefined ? "" : publicName(ctx.region, publicIp),
    NetworkInterfaces: [interfaceAnswer(ctx, instance, groups, publicIp)],
  };
}

function interfaceAnswer(
  ctx: Context,
  instance: StoredInstance,
  Groups: GroupIdentifier[],
  publicIp: string | undefined,
): InstanceNetworkInterface {
  const PrivateDnsName = privateName(ctx.region, instance.privateIp);
  const Association =
    publicIp === undefined
      ? undefined
      : { IpOwnerId: "amazon", PublicIp: publicIp, PublicDnsName: publicName(ctx.region, publicIp) };
  return {
    NetworkInterfaceId: instance.interfaceId,
    InterfaceType: "interface",
    OwnerId: instance.owner,
    Status: "in-use",
    VpcId: instance.vpc,
    SubnetId: instance.subnet,
    Groups,
    MacAddress: `02:${(instance.interfaceId.slice(-10).match(/../g) ?? []).join(":")}`,
    PrivateIpAddress: instance.privateIp,
    PrivateDnsName,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: instance.privateIp, PrivateDnsName, Association }],
    Ipv6Addresses: [],
    SourceDestCheck: true,
    Association,
    Attachment: {
      AttachmentId: instance.interfaceId.replace("eni-", "eni-attach-"),
      AttachTime: new Date(instance.launched),
      DeleteOnTermination: true,
      DeviceIndex: 0,
      NetworkCardIndex: 0,
      Status: "attached",
    },
  };
}

/** `ip-172-31-0-4.ec2.internal`; regions but the first have names of their own. */
function privateName(region: string, address: string): string {
  const zone = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${address.replaceAll(".", "-")}.${zone}`;
}

function publicName(region: string, address: string): string {
  const zone = region === "us-east-1" ? "compute-1" : `${region}.compute`;
  return `ec2-${address.replaceAll(".", "-")}.${zone}.amazonaws.com`;
}
