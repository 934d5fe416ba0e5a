import type { TagSpecification } from "@aws-sdk/client-ec2";
import type { Context } from "../../service";
import type { Need, Needs, Rights } from "../need";
import { keysOfRequestTags } from "../request-keys";
import { instanceRights } from "./ec2-instances";
import { arnOf, ownThing, type Ec2Thing, fresh, imageThing, snapshotThing, thingOf, volumeThing } from "./ec2-things";

/** What the requests of the operations below may name. */
interface Asked {
  readonly ImageId?: string;
  readonly SnapshotId?: string;
  readonly VolumeId?: string;
  readonly GroupId?: string;
  readonly VpcId?: string;
  readonly KeyName?: string;
  readonly KeyPairId?: string;
  readonly Resources?: readonly string[];
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly TagSpecifications?: readonly TagSpecification[];
  readonly BlockDeviceMappings?: readonly { readonly Ebs?: { readonly SnapshotId?: string } }[];
  readonly Attribute?: string;
}

type Things = (ctx: Context, input: Asked) => readonly Ec2Thing[];

const nothingInParticular: Things = () => [{ resource: "*" }];
const theImage: Things = (ctx, { ImageId = "" }) => [imageThing(ctx, ImageId)];
const theSnapshot: Things = (ctx, { SnapshotId = "" }) => [snapshotThing(ctx, SnapshotId)];
const theVolume: Things = (ctx, { VolumeId = "" }) => [volumeThing(ctx, VolumeId)];
const theGroup: Things = (ctx, { GroupId = "*" }) => [ownThing(ctx, GroupId)];
const aNewImage: Things = (ctx) => [fresh(ctx, "image")];
const aNewSnapshot: Things = (ctx) => [fresh(ctx, "snapshot")];

/** Amazon EC2: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2". */
export const rights: Rights = {
  ...instanceRights,
  ...needsOf({
    CopyImage: aNewImage,
    CopySnapshot: aNewSnapshot,
    CreateSnapshot: (ctx, input) => [...aNewSnapshot(ctx, input), ...theVolume(ctx, input)],
    CreateTags: tagged,
    CreateVolume: (ctx, { SnapshotId }) => [
      fresh(ctx, "volume"),
      ...(SnapshotId === undefined ? [] : [snapshotThing(ctx, SnapshotId)]),
    ],
    DeleteSnapshot: theSnapshot,
    DeleteTags: tagged,
    DeleteVolume: theVolume,
    DeregisterImage: theImage,
    DescribeAvailabilityZones: nothingInParticular,
    DescribeImageAttribute: theImage,
    DescribeImages: nothingInParticular,
    DescribeInstanceTypeOfferings: nothingInParticular,
    DescribeInstanceTypes: nothingInParticular,
    DescribeRegions: nothingInParticular,
    DescribeSnapshotAttribute: theSnapshot,
    DescribeSnapshots: nothingInParticular,
    DescribeTags: nothingInParticular,
    DescribeVolumes: nothingInParticular,
    DisableEbsEncryptionByDefault: nothingInParticular,
    DisableImageDeprecation: theImage,
    EnableEbsEncryptionByDefault: nothingInParticular,
    EnableImageDeprecation: theImage,
    GetEbsEncryptionByDefault: nothingInParticular,
    ModifyImageAttribute: theImage,
    ModifySnapshotAttribute: theSnapshot,
    RegisterImage: (ctx, { BlockDeviceMappings = [] }) => [
      fresh(ctx, "image"),
      ...BlockDeviceMappings.flatMap(({ Ebs }) => (Ebs?.SnapshotId ? [snapshotThing(ctx, Ebs.SnapshotId)] : [])),
    ],
    ResetImageAttribute: theImage,
    ResetSnapshotAttribute: theSnapshot,
    AuthorizeSecurityGroupIngress: theGroup,
    CreateKeyPair: (ctx, { KeyName = "*" }) => [{ resource: arnOf(ctx, "key-pair", KeyName), type: "key-pair" }],
    CreateSecurityGroup: (ctx, { VpcId }) => [
      fresh(ctx, "security-group"),
      ...(VpcId === undefined ? [] : [ownThing(ctx, VpcId)]),
    ],
    DeleteKeyPair: (ctx, { KeyName, KeyPairId }) => [{ resource: arnOf(ctx, "key-pair", KeyName ?? KeyPairId ?? "*") }],
    DeleteSecurityGroup: theGroup,
    DescribeKeyPairs: nothingInParticular,
    DescribeSecurityGroups: nothingInParticular,
    DescribeSubnets: nothingInParticular,
    DescribeVpcs: nothingInParticular,
    RevokeSecurityGroupIngress: theGroup,
  }),
};

function tagged(ctx: Context, { Resources = [], Tags }: Asked): readonly Ec2Thing[] {
  const keys = keysOfRequestTags(Tags);
  return Resources.map((id) => {
    const thing = thingOf(ctx, id);
    return { ...thing, keys: { ...thing.keys, ...keys } };
  });
}

function needsOf(table: Readonly<Record<string, Things>>): Rights {
  return Object.fromEntries(
    Object.entries(table).map(([operation, things]): [string, Needs<Asked>] => [
      operation,
      (ctx, input) => [
        ...things(ctx, input).map((thing) => onThing(ctx, operation, thing, input)),
        ...taggingNew(ctx, operation, input),
      ],
    ]),
  );
}

function onThing(ctx: Context, operation: string, { resource, type, keys }: Ec2Thing, input: Asked): Need {
  const tags = type === undefined ? [] : tagsFor(type, input);
  return {
    action: `ec2:${operation}`,
    resource,
    keys: { "ec2:Region": ctx.region, "ec2:Attribute": input.Attribute, ...keys, ...keysOfRequestTags(tags) },
  };
}

/** Tags on what is being made need CreateTags too: Amazon EC2 User Guide, "Grant permission to tag resources during creation". */
function taggingNew(ctx: Context, operation: string, input: Asked): Need[] {
  return (input.TagSpecifications ?? []).map(({ ResourceType = "*", Tags }) => ({
    action: "ec2:CreateTags",
    resource: fresh(ctx, ResourceType).resource,
    keys: { "ec2:Region": ctx.region, "ec2:CreateAction": operation, ...keysOfRequestTags(Tags) },
  }));
}

function tagsFor(type: string, { TagSpecifications = [] }: Asked) {
  return TagSpecifications.filter(({ ResourceType }) => ResourceType === type).flatMap(({ Tags }) => Tags ?? []);
}
