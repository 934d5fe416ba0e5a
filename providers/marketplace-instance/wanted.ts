import type { Properties } from "../provider";

/** An instance as declared, with what was left out. */
export interface Wanted {
  /** An id, or a parameter that EC2 looks up: `resolve:ssm:/aws/service/marketplace/prod-…/1.0`. */
  readonly image: string;
  readonly instanceType: string;
  readonly subnetId?: string;
  readonly securityGroupIds?: readonly string[];
  readonly keyName?: string;
  readonly instanceProfile?: string;
  /** Plain text. */
  readonly userData?: string;
  readonly desiredState: "running" | "stopped";
  readonly tags: Readonly<Record<string, string>>;
}

/** Of inputs that passed the check. */
export function wantedOf(inputs: Properties): Wanted {
  const { subnetId, securityGroupIds, keyName, instanceProfile, userData, tags } = inputs;
  return {
    image: imageOf(inputs),
    instanceType: String(inputs.instanceType),
    ...(typeof subnetId === "string" && { subnetId }),
    ...(Array.isArray(securityGroupIds) && { securityGroupIds: securityGroupIds.map(String).toSorted() }),
    ...(typeof keyName === "string" && { keyName }),
    ...(typeof instanceProfile === "string" && { instanceProfile }),
    ...(typeof userData === "string" && { userData }),
    desiredState: inputs.desiredState === "stopped" ? "stopped" : "running",
    tags: typeof tags === "object" && tags !== null ? { ...tags } : {},
  };
}

/** A product's version by its alias: AWS Marketplace buyer guide, "Using AMI aliases". */
function imageOf({ image, productId, version }: Properties): string {
  if (typeof image !== "string") {
    return `resolve:ssm:/aws/service/marketplace/${String(productId)}/${typeof version === "string" ? version : "latest"}`;
  }
  return image.startsWith("/") ? `resolve:ssm:${image}` : image;
}
