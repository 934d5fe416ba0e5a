import type { ChangeType } from "../change-type";
import { matching, object } from "../document-shapes";
import { descriptionSchema, experienceType, nameSchema, type ExperienceDocument } from "./experience";

type Details = { readonly Name: string; readonly Description?: string };

/** A new private marketplace experience: disabled, without policy, with AWS's own branding. */
export const createExperience: ChangeType<Details> = {
  changeType: "CreateExperience",
  entityType: experienceType,
  creates: "exp",
  schema: object(
    {
      Name: nameSchema,
      Description: descriptionSchema,
      Catalog: matching(
        "^(?![.-])(?!.*[.-]{2})(?![0-9]+\\.[0-9.]+$)[a-z0-9.-]{1,47}[^.-]$|AWSMarketplace(Dev|Alpha|Beta|Gamma|)$",
      ),
    },
    ["Name"],
  ),
  apply: (_world, _entity, { Name, Description }) => {
    const details: ExperienceDocument = {
      Name,
      Description: Description ?? null,
      Status: "Disabled",
      AdminStatus: "Active",
      ProcurementPolicies: [],
      DiscoveryPolicies: [],
      BrandingSettings: [],
    };
    return { details, submitted: {} };
  },
};
