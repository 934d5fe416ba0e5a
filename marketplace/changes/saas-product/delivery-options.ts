import type { Problem } from "../../problem";
import { at, repeated, unless } from "../../problem";
import type { ApiOptionDetails, SubmittedTemplate, UrlOptionDetails } from "./delivery-option-shapes";
import type { DeliveryOption, DeploymentTemplate, OptionType } from "./product";

/** The details of one delivery option, as submitted: of one kind. */
export type Kinds = {
  readonly SaaSUrlDeliveryOptionDetails?: Partial<UrlOptionDetails>;
  readonly ApiDeliveryOptionDetails?: Partial<ApiOptionDetails>;
};

/** What can be known of the details without calling anybody (Work with SaaS products, Add delivery options). */
export function checkKinds(kinds: Kinds): Problem[] {
  const given = Object.keys(kinds);
  const message = `Give either SaaSUrlDeliveryOptionDetails or ApiDeliveryOptionDetails, not ${given.length === 0 ? "none" : "both"}.`;
  return [
    ...unless(given.length === 1, "INVALID_INPUT", "", message),
    ...at("SaaSUrlDeliveryOptionDetails", checkTemplates(kinds.SaaSUrlDeliveryOptionDetails)),
    ...at("ApiDeliveryOptionDetails", checkSchemas(kinds.ApiDeliveryOptionDetails)),
  ];
}

/** Which type of option the details are of. */
export function typeOf(kinds: Kinds): OptionType {
  return kinds.ApiDeliveryOptionDetails === undefined ? "SoftwareRegistration" : "Api";
}

/** The members of a delivery option, as they are read back: those that the details give. */
export function readBack({ SaaSUrlDeliveryOptionDetails: url, ApiDeliveryOptionDetails: api }: Kinds) {
  const { DeploymentTemplates, ...rest } = url ?? {};
  const shown: Partial<DeliveryOption> = {
    ...rest,
    ...api,
    ...(DeploymentTemplates !== undefined && { DeploymentTemplates: DeploymentTemplates.map(templateOf) }),
  };
  return shown;
}

function templateOf({ CloudFormationDetails, ...words }: SubmittedTemplate): DeploymentTemplate {
  return { Type: "CloudFormation", ...words, ...CloudFormationDetails };
}

/** Quick Launch needs somewhere to launch, and templates that can be told apart (Seller Guide, "Configure Quick Launch"). */
function checkTemplates(details: Partial<UrlOptionDetails> | undefined): Problem[] {
  const { DeploymentTemplates: templates = [], LaunchUrl, QuickLaunchEnabled } = details ?? {};
  return [
    ...templates.flatMap(({ IamPolicy }, i) =>
      unless(isJson(IamPolicy), "INVALID_INPUT", `DeploymentTemplates[${i}].IamPolicy`, "An IAM policy is JSON text."),
    ),
    ...repeated(templates.map(({ Title }) => Title)).map((title) => ({
      code: "INVALID_INPUT",
      path: "DeploymentTemplates",
      message: `The template ${JSON.stringify(title)} is given twice. Give each a title of its own.`,
    })),
    ...unless(
      QuickLaunchEnabled !== true || LaunchUrl !== undefined,
      "INVALID_INPUT",
      "LaunchUrl",
      "Quick Launch needs the address where buyers launch the product.",
    ),
  ];
}

/** Schemas lie in a bucket of AWS Marketplace. */
function checkSchemas(details: Partial<ApiOptionDetails> | undefined): Problem[] {
  return (details?.Endpoints ?? []).flatMap(({ Schemas = [] }, i) =>
    Schemas.flatMap(({ SchemaUrl }, j) =>
      unless(
        /^https:\/\/[^/]*\.amazonaws\.com\//.test(SchemaUrl),
        "INVALID_SCHEMA_URL",
        `Endpoints[${i}].Schemas[${j}].SchemaUrl`,
        "Upload the schema to the S3 bucket of AWS Marketplace, and give its address there.",
      ),
    ),
  );
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
