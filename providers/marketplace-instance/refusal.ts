import type { Properties } from "../provider";
import { messageOf, nameOf } from "../trouble";

/** Does what asks EC2, and names the property that EC2's refusal is about. Other errors stay as they are. */
export async function inProperties<T>(inputs: Properties, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusals.find(
      ({ name, says }) => name.test(nameOf(error)) && (says?.test(messageOf(error)) ?? true),
    );
    if (refusal === undefined) throw error;
    const { property, advice } = refusal;
    const words = messageOf(error).replace(/\.?$/, ".");
    const text = `${property(inputs)}: ${words} ${advice(inputs)} [${nameOf(error)}]`;
    throw new Error(text, { cause: error });
  }
}

interface Refusal {
  readonly name: RegExp;
  readonly says?: RegExp;
  readonly property: (inputs: Properties) => string;
  readonly advice: (inputs: Properties) => string;
}

/** Whichever of the two says what to run. */
const image = ({ productId }: Properties): string => (productId === undefined ? "image" : "productId");
const always = (text: string) => () => text;

/** EC2's refusals of a launch or a change, by the property they are about: Amazon EC2 API Reference, "Error codes". */
const refusals: readonly Refusal[] = [
  {
    name: /^OptInRequired$/,
    property: image,
    advice: always("Declare a Subscription to the product, and give the instance its output productId."),
  },
  {
    name: /^UnsupportedOperation$/,
    says: /Marketplace product/,
    property: always("instanceType"),
    advice: ({ instanceType }) =>
      `Either ${String(instanceType)} is not among the product's instance types, or this region not among its regions: ` +
      "choose of those that its listing names.",
  },
  {
    name: /^InvalidParameterValue$/,
    says: /SSM parameter/,
    property: image,
    advice: always("The product is not offered in this region, or has no such version: choose of those it has."),
  },
  {
    name: /^InvalidAMIID\./,
    property: image,
    advice: always(
      "An image's id is good for one region only, and the image must be public, or shared with this account.",
    ),
  },
  {
    name: /^(InvalidParameterValue|InvalidParameterCombination|Unsupported)$/,
    says: /InstanceType|instance type|instances of type|requested configuration/,
    property: always("instanceType"),
    advice: always("Choose an instance type that this image runs on, in this region."),
  },
  {
    name: /^InvalidSubnetI[Dd]\./,
    property: always("subnetId"),
    advice: always("Name a subnet of this account and region."),
  },
  {
    name: /^(InvalidGroup|InvalidSecurityGroupI[Dd]|InvalidGroupId)\./,
    property: always("securityGroupIds"),
    advice: always("Name security groups of the subnet's VPC."),
  },
  {
    name: /^InvalidKeyPair\./,
    property: always("keyName"),
    advice: always("Make or import the key pair in this region."),
  },
  {
    name: /^InvalidParameterValue$/,
    says: /iamInstanceProfile|IAM Instance Profile/i,
    property: always("instanceProfile"),
    advice: always("Name an instance profile of this account; a new one takes some seconds until EC2 knows it."),
  },
];
