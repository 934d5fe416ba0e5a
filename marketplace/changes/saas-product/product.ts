import type { Entity, JsonObject } from "../change-type";
import type { ProductDocument } from "../product/product";

/** How buyers get to software as a service: by registering at its site, or by calling its API. */
export type OptionType = "SoftwareRegistration" | "Api";

export type OptionVisibility = "Public" | "Limited" | "Unavailable";

/** A template with which a buyer sets up what the service needs in the buyer's own account. */
export type DeploymentTemplate = {
  readonly Type: "CloudFormation";
  readonly Title: string;
  readonly Description?: string;
  readonly IamPolicy: string;
  readonly DefaultStackName: string;
  readonly TemplateUrl: string;
};

export type Endpoint = {
  readonly Name?: string;
  readonly EndpointType?: "STATIC" | "DYNAMIC";
  readonly EndpointUrl: string;
  readonly Description?: string;
  readonly AuthorizationTypes: readonly string[];
  readonly Schemas?: readonly { readonly Type: string; readonly SchemaUrl: string }[];
  readonly IntegrationProtocols?: readonly { readonly Type: string; readonly UsageInstructions: string }[];
  readonly EndpointUrlParameters?: readonly {
    readonly Name: string;
    readonly Description?: string;
    readonly DefaultValue?: string;
  }[];
};

export type DeliveryOption = {
  /** `do-4ct6fqn7k2mzs` */
  readonly Id: string;
  readonly Type: OptionType;
  /** Where buyers are sent with their registration token. */
  readonly FulfillmentUrl: string;
  readonly LaunchUrl?: string;
  readonly QuickLaunchEnabled?: boolean;
  readonly DeploymentTemplates?: readonly DeploymentTemplate[];
  readonly UsageInstructions?: string;
  readonly Visibility: OptionVisibility;
  /** Who sees an option that is Limited. */
  readonly Targeting?: { readonly PositiveTargeting: { readonly BuyerAccounts: readonly string[] } };
  readonly ApiType?: string;
  readonly CompatibleServices?: readonly string[];
  readonly Endpoints?: readonly Endpoint[];
};

/** What DescribeEntity shows of a SaaS product: one version holds its delivery options. */
export type SaasProductDocument = ProductDocument & {
  readonly Versions?: readonly { readonly Id: string; readonly DeliveryOptions: readonly DeliveryOption[] }[];
};

export function deliveryOptionsOf(entity: Entity): readonly DeliveryOption[] {
  return versionsOf(entity).flatMap(({ DeliveryOptions }) => DeliveryOptions);
}

/** The product with other delivery options; `versionId` names its version where there is none yet. */
export function withOptions(
  entity: Entity,
  options: readonly DeliveryOption[],
  versionId: string,
): Pick<Entity, "details" | "submitted"> {
  const Versions = [{ Id: versionsOf(entity)[0]?.Id ?? versionId, DeliveryOptions: options }];
  const facets: Partial<SaasProductDocument> = { Versions };
  return { details: { ...entity.details, ...(facets as JsonObject) }, submitted: entity.submitted };
}

function versionsOf(entity: Entity): NonNullable<SaasProductDocument["Versions"]> {
  return (entity.details as unknown as SaasProductDocument).Versions ?? [];
}
