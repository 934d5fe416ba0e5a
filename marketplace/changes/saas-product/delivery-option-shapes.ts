import type { Schema } from "../change-type";
import { anyText, list, matching, object, oneOf, whole } from "../document-shapes";
import type { Endpoint } from "./product";

export type SubmittedTemplate = {
  readonly Title: string;
  readonly Description?: string;
  readonly IamPolicy: string;
  readonly CloudFormationDetails: { readonly DefaultStackName: string; readonly TemplateUrl: string };
};

/** The details of an option by which buyers register at the seller's site. */
export type UrlOptionDetails = {
  readonly FulfillmentUrl: string;
  readonly LaunchUrl?: string;
  readonly DeploymentTemplates?: readonly SubmittedTemplate[];
  readonly UsageInstructions?: string;
  readonly QuickLaunchEnabled?: boolean;
};

/** The details of an option by which buyers call an API: agents, MCP servers. */
export type ApiOptionDetails = {
  readonly ApiType: string;
  readonly QuickLaunchEnabled: boolean;
  readonly CompatibleServices?: readonly string[];
  readonly FulfillmentUrl: string;
  readonly UsageInstructions?: string;
  readonly Endpoints: readonly Endpoint[];
};

const webAddress: Schema = matching(
  "https:\\/\\/(www\\.)?[-a-zA-Z0-9@._]{1,256}\\.[a-zA-Z0-9()]{1,63}\\b([-a-zA-Z0-9@_\\+.\\/\\/]*)",
  2048,
  8,
);
const flag: Schema = { type: "boolean" };
const instructions: Schema = anyText(30000);

const template: Schema = object(
  {
    Title: anyText(128),
    Description: anyText(4000),
    IamPolicy: anyText(6144),
    CloudFormationDetails: whole({
      DefaultStackName: matching("^[A-Za-z][a-zA-Z0-9-]+$", 128, 1),
      TemplateUrl: matching("^https:\\/\\/(www\\.)?(.*)\\.amazonaws\\.com\\/.*", 2048, 8),
    }),
  },
  ["Title", "IamPolicy", "CloudFormationDetails"],
);

const endpoint: Schema = object(
  {
    Name: matching("^[A-Za-z][a-zA-Z0-9-]+$", 100),
    EndpointType: oneOf("STATIC", "DYNAMIC"),
    EndpointUrl: webAddress,
    Description: anyText(4000),
    AuthorizationTypes: list(oneOf("API_KEY", "OAUTH2"), 1, 2),
    Schemas: list(whole({ Type: oneOf("OPEN_API"), SchemaUrl: matching("https:\\/\\/.*", 2048, 8) }), 0, 1),
    IntegrationProtocols: list(whole({ Type: oneOf("MCP", "A2A"), UsageInstructions: instructions }), 0, 2),
    EndpointUrlParameters: list(
      object(
        {
          Name: matching("^[a-zA-Z][a-zA-Z0-9_]*$", 100, 1),
          Description: anyText(1000, 1),
          DefaultValue: matching("^[a-zA-Z0-9._~-]+$", 256, 1),
        },
        ["Name"],
      ),
      1,
      5,
    ),
  },
  ["EndpointUrl", "AuthorizationTypes"],
);

const apiMembers = {
  ApiType: oneOf("MCP_SERVER", "KNOWLEDGE_BASE", "AGENT", "GUARDRAIL", "OTHER"),
  QuickLaunchEnabled: flag,
  CompatibleServices: list(oneOf("Bedrock-AgentCore"), 0, 1),
  FulfillmentUrl: webAddress,
  UsageInstructions: instructions,
  Endpoints: list(endpoint, 1, 1),
};
const urlMembers = {
  FulfillmentUrl: webAddress,
  LaunchUrl: webAddress,
  DeploymentTemplates: list(template, 1, 20),
  UsageInstructions: instructions,
};

export const urlOption: Schema = object({ ...urlMembers, QuickLaunchEnabled: flag }, ["FulfillmentUrl"]);
export const apiOption: Schema = object(apiMembers, ["ApiType", "QuickLaunchEnabled", "FulfillmentUrl", "Endpoints"]);

/** The same where an option is updated: what is left out stays. */
export const urlOptionUpdate: Schema = object(urlMembers);
export const apiOptionUpdate: Schema = object(apiMembers);

export const optionId: Schema = matching("^do-[a-zA-Z0-9]+$", 36);
