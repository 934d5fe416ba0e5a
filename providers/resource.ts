import * as pulumi from "@pulumi/pulumi";

/** The resources this package has: the last part of their Pulumi type. */
export type ResourceType =
  | "AccessGroup"
  | "AccessUser"
  | "AmiProduct"
  | "AmiVersion"
  | "Audience"
  | "BrandingSettings"
  | "Experience"
  | "ProcurementPolicy"
  | "ProductRequest"
  | "GroupMembership"
  | "ListingFile"
  | "MarketplaceInstance"
  | "Offer"
  | "PortalAccess"
  | "IngestionRole"
  | "Seller"
  | "Subscription";

/**
 * The module that Pulumi's dynamic provider host runs for a resource, in place of serialized code: it asks the installed
 * package for the provider by name, so state stays small and an upgrade of the package upgrades the behaviour.
 *
 * Frozen for ever: refresh and delete run the text found in old state. Names are resolved from the program's folder,
 * since the host gives this module no file name to resolve from.
 */
export function providerText(type: ResourceType): string {
  return `exports.handler=()=>module.constructor.createRequire(process.cwd()+"/x.js")("pulumi-aws-marketplace/runtime").handler("${type}")`;
}

/** What all resources of this package are: a Pulumi custom resource whose provider is known by name. */
export abstract class MarketplaceResource extends pulumi.CustomResource {
  /** @param outputs names of properties that only the provider knows. */
  protected constructor(
    type: ResourceType,
    name: string,
    args: pulumi.Inputs,
    outputs: readonly string[],
    opts?: pulumi.CustomResourceOptions,
  ) {
    const computed = Object.fromEntries(outputs.map((output) => [output, undefined]));
    super(
      `pulumi-nodejs:dynamic/marketplace:${type}`,
      name,
      { ...computed, ...args, __provider: providerText(type) },
      opts,
    );
  }
}
