import type {
  AttributeValue,
  DescribeImageAttributeRequest,
  ImageAttribute,
  ModifyImageAttributeRequest,
  ResetImageAttributeRequest,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { ownImage } from "./image-access";
import { changeGrants } from "./permissions";
import type { StoredImage } from "./stored-things";
import { imagesIn } from "./things";

/** One attribute of the caller's image. */
export function describeImageAttribute(ctx: Context, input: DescribeImageAttributeRequest): ImageAttribute {
  const image = ownImage(ctx, input.ImageId ?? "");
  const name = input.Attribute ?? "";
  if (!isKnown(name)) throw badAttribute(name);
  return { ImageId: image.id, ...attributes[name](image) };
}

const valueOf = (value: string | undefined): AttributeValue => ({ Value: value });

const attributes = {
  description: (image) => ({ Description: valueOf(image.description ?? "") }),
  kernel: (image) => ({ KernelId: valueOf(image.kernel) }),
  ramdisk: (image) => ({ RamdiskId: valueOf(image.ramdisk) }),
  launchPermission: (image) => ({ LaunchPermissions: [...image.launchPermission] }),
  productCodes: (image) => ({ ProductCodes: [...image.productCodes] }),
  blockDeviceMapping: (image) => ({ BlockDeviceMappings: [...image.devices] }),
  sriovNetSupport: (image) => ({ SriovNetSupport: valueOf(image.sriov) }),
  bootMode: (image) => ({ BootMode: valueOf(image.bootMode) }),
  tpmSupport: (image) => ({ TpmSupport: valueOf(image.tpm) }),
  uefiData: (image) => ({ UefiData: valueOf(image.uefiData) }),
  lastLaunchedTime: () => ({ LastLaunchedTime: {} }),
  imdsSupport: (image) => ({ ImdsSupport: valueOf(image.imds) }),
  deregistrationProtection: () => ({ DeregistrationProtection: valueOf("disabled") }),
} satisfies Record<string, (image: StoredImage) => ImageAttribute>;

function isKnown(name: string): name is keyof typeof attributes {
  return Object.hasOwn(attributes, name);
}

/**
 * Changes one attribute of the caller's image, in either style: a member of its own (`LaunchPermission`, `Description`,
 * `ImdsSupport`) or `Attribute` with `Value`, or with OperationType and lists. Product codes can be added, never removed.
 */
export function modifyImageAttribute(ctx: Context, input: ModifyImageAttributeRequest): object {
  const image = ownImage(ctx, input.ImageId ?? "");
  imagesIn(ctx.market, ctx.region).put({ ...image, ...changeOf(image, input) });
  return {};
}

function changeOf(image: StoredImage, input: ModifyImageAttributeRequest): Partial<StoredImage> {
  switch (namedAttribute(input)) {
    case "launchPermission":
      return { launchPermission: newLaunchPermission(image, input) };
    case "description":
      return { description: input.Description?.Value ?? input.Value ?? "" };
    case "imdsSupport":
      return { imds: readImdsSupport(input.ImdsSupport?.Value ?? input.Value) };
    case "productCodes":
      return { productCodes: withProductCodes(image, input.ProductCodes) };
    case undefined:
      throw new AwsError("InvalidParameterCombination", "No attributes specified.");
    default:
      throw badAttribute(input.Attribute);
  }
}

function namedAttribute(input: ModifyImageAttributeRequest): string | undefined {
  if (input.Attribute !== undefined) return input.Attribute;
  if (input.LaunchPermission) return "launchPermission";
  if (input.Description) return "description";
  if (input.ImdsSupport) return "imdsSupport";
  if (input.ProductCodes?.length) return "productCodes";
  return input.OperationType === undefined ? undefined : "launchPermission";
}

function newLaunchPermission(image: StoredImage, input: ModifyImageAttributeRequest): StoredImage["launchPermission"] {
  const grants = changeGrants(image.launchPermission, {
    modifications: input.LaunchPermission,
    operation: input.OperationType,
    users: input.UserIds,
    groups: input.UserGroups,
    organizations: input.OrganizationArns,
    organizationalUnits: input.OrganizationalUnitArns,
  });
  const encrypted = image.devices.some((device) => device.Ebs?.Encrypted);
  if (encrypted && grants.some((grant) => grant.Group === "all")) {
    throw new AwsError("InvalidParameter", "Images with encrypted snapshots cannot be made public");
  }
  return grants;
}

function readImdsSupport(value: string | undefined): "v2.0" {
  if (value === "v2.0") return value;
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${value}) for parameter imdsSupport is invalid. Valid value: v2.0.`,
  );
}

function withProductCodes(image: StoredImage, codes: readonly string[] | undefined): StoredImage["productCodes"] {
  if (!codes?.length) throw new AwsError("MissingParameter", "The request must contain the parameter productCodes");
  const known = new Set(image.productCodes.map((code) => code.ProductCodeId));
  const added = [...new Set(codes)].filter((code) => !known.has(code));
  return [...image.productCodes, ...added.map((id) => ({ ProductCodeId: id, ProductCodeType: "devpay" as const }))];
}

/** Makes the caller's image private again. */
export function resetImageAttribute(ctx: Context, input: ResetImageAttributeRequest): object {
  const image = ownImage(ctx, input.ImageId ?? "");
  if (input.Attribute !== "launchPermission") throw badAttribute(input.Attribute);
  imagesIn(ctx.market, ctx.region).put({ ...image, launchPermission: [] });
  return {};
}

function badAttribute(attribute: string | undefined): AwsError {
  return new AwsError(
    "InvalidParameterValue",
    `Value (${attribute}) for parameter attribute is invalid. Unknown attribute.`,
  );
}
