import { unless } from "../../problem";
import { checkText } from "../product/information";
import type { ChangeType } from "../change-type";
import { matching, nullable, object, oneOf, whole } from "../document-shapes";
import { isExpired, isReleased, offerOf, offerType, withOffer, type PreExistingAgreement } from "./offer";

type Details = {
  readonly Name?: string;
  readonly Description?: string;
  readonly PreExistingAgreement?: PreExistingAgreement | null;
};

/** Merges name, description and the agreement that came before this offer. */
export const updateInformation: ChangeType<Details> = {
  changeType: "UpdateInformation",
  entityType: offerType,
  schema: object({
    Name: matching("^\\S+[\\S\\s]*$", 150),
    Description: matching("^\\S+[\\S\\s]*$", 255),
    PreExistingAgreement: nullable(
      whole({
        AcquisitionChannel: oneOf("AwsMarketplace", "External"),
        PricingModel: oneOf("Byol", "Free", "Usage", "Contract"),
      }),
    ),
  }),
  check: (world, entity, details) => [
    ...unless(Object.keys(details).length > 0, "MISSING_DATA", "", "Give at least one attribute to update."),
    ...unless(!isExpired(world, entity), "INCOMPATIBLE_TERMS", "", "The offer has expired and cannot be changed."),
    ...unless(
      details.PreExistingAgreement === undefined || !isReleased(entity),
      "INCOMPATIBLE_PRE_EXISTING_AGREEMENT",
      "PreExistingAgreement",
      "The agreement before this one cannot be changed after the offer is released.",
    ),
    ...checkText(details.Name ?? "", "Name"),
    ...checkText(details.Description ?? "", "Description"),
  ],
  apply: (_world, entity, details) => {
    const { PreExistingAgreement: before, ...offer } = offerOf(entity);
    const agreement = details.PreExistingAgreement === undefined ? before : details.PreExistingAgreement;
    const { PreExistingAgreement: _dropped, ...rest } = entity.details;
    return withOffer(
      { ...entity, details: rest },
      {
        Name: details.Name ?? offer.Name,
        Description: details.Description ?? offer.Description,
        ...(agreement ? { PreExistingAgreement: agreement } : {}),
      },
    );
  },
};
