import { addDeliveryOptions } from "./ami-product/add-delivery-options";
import { addDimensions } from "./ami-product/add-dimensions";
import { addInstanceTypes } from "./ami-product/add-instance-types";
import { addRegions } from "./ami-product/add-regions";
import { releaseProduct } from "./ami-product/release-product";
import { restrictDeliveryOptions } from "./ami-product/restrict-delivery-options";
import { restrictInstanceTypes } from "./ami-product/restrict-instance-types";
import { restrictRegions } from "./ami-product/restrict-regions";
import { updateDeliveryOptions } from "./ami-product/update-delivery-options";
import { updateFutureRegionSupport } from "./ami-product/update-future-region-support";
import { entry, type ChangeType } from "./change-type";
import { restrictExperience, reviveExperience } from "./experience/archive";
import { associateAudience, disassociateAudience } from "./experience/audience";
import { createBrandingSettings, updateBrandingSettings } from "./experience/branding";
import { createExperience } from "./experience/create-experience";
import { createProcurementPolicy, updateProcurementPolicy } from "./experience/procurement-policies";
import { allowProductProcurement, denyProductProcurement } from "./experience/product-procurement";
import { updateExperience } from "./experience/update-experience";
import { createOffer } from "./offer/create-offer";
import { createReplacementOffer } from "./offer/create-replacement-offer";
import { releaseOffer } from "./offer/release-offer";
import { updateAvailability } from "./offer/update-availability";
import { updateInformation as updateOfferInformation } from "./offer/update-information";
import { updateLegalTerms } from "./offer/update-legal-terms";
import { updateNetPaymentTerms } from "./offer/update-net-payment-terms";
import { updatePaymentScheduleTerms } from "./offer/update-payment-schedule-terms";
import { updatePricingTerms } from "./offer/update-pricing-terms";
import { updateRenewalTerms } from "./offer/update-renewal-terms";
import { updateSupportTerms } from "./offer/update-support-terms";
import { updateTargeting as updateOfferTargeting } from "./offer/update-targeting";
import { updateValidityTerms } from "./offer/update-validity-terms";
import { cancelProductProcurementRequest } from "./product-request/cancel-product-request";
import { createProductProcurementRequest } from "./product-request/create-product-request";
import { createProduct } from "./product/create-product";
import { amiProduct, saasProduct } from "./product/product";
import { restrictDimensions } from "./product/restrict-dimensions";
import { updateDimensions } from "./product/update-dimensions";
import { updateInformation } from "./product/update-information";
import { updateTargeting } from "./product/update-targeting";
import { updateVisibility } from "./product/update-visibility";
import { addDeliveryOptions as addSaasDeliveryOptions } from "./saas-product/add-delivery-options";
import { addDimensions as addSaasDimensions } from "./saas-product/add-dimensions";
import { releaseProduct as releaseSaasProduct } from "./saas-product/release-product";
import { updateDeliveryOptions as updateSaasDeliveryOptions } from "./saas-product/update-delivery-options";
import { updateDeliveryOptionsVisibility } from "./saas-product/update-delivery-options-visibility";
import { createSeller } from "./seller/create-seller";
import { updateDisbursementPreferences } from "./seller/update-disbursement-preferences";
import { updateInformation as updateSellerInformation } from "./seller/update-information";

/** Every change type that is supported, in the order in which the changes of a set take effect. */
export const changeTypes: readonly ChangeType[] = [
  entry(createSeller),
  entry(updateSellerInformation),
  entry(updateDisbursementPreferences),
  entry(createProduct(amiProduct)),
  entry(createProduct(saasProduct)),
  entry(updateInformation(amiProduct)),
  entry(updateInformation(saasProduct)),
  entry(addRegions),
  entry(restrictRegions),
  entry(updateFutureRegionSupport),
  entry(addDimensions),
  entry(addSaasDimensions),
  entry(updateDimensions(amiProduct)),
  entry(updateDimensions(saasProduct)),
  entry(restrictDimensions(amiProduct)),
  entry(restrictDimensions(saasProduct)),
  entry(addInstanceTypes),
  entry(restrictInstanceTypes),
  entry(addDeliveryOptions),
  entry(addSaasDeliveryOptions),
  entry(updateDeliveryOptions),
  entry(updateSaasDeliveryOptions),
  entry(updateDeliveryOptionsVisibility),
  entry(restrictDeliveryOptions),
  entry(updateTargeting(amiProduct)),
  entry(updateTargeting(saasProduct)),
  entry(createOffer),
  entry(createReplacementOffer),
  entry(updateOfferInformation),
  entry(updateOfferTargeting),
  entry(updateAvailability),
  entry(updatePricingTerms),
  entry(updatePaymentScheduleTerms),
  entry(updateLegalTerms),
  entry(updateSupportTerms),
  entry(updateValidityTerms),
  entry(updateRenewalTerms),
  entry(updateNetPaymentTerms),
  entry(releaseProduct),
  entry(releaseSaasProduct),
  entry(releaseOffer),
  entry(updateVisibility(amiProduct)),
  entry(updateVisibility(saasProduct)),
  entry(createExperience),
  entry(reviveExperience),
  entry(createProcurementPolicy),
  entry(updateProcurementPolicy),
  entry(allowProductProcurement),
  entry(denyProductProcurement),
  entry(createBrandingSettings),
  entry(updateBrandingSettings),
  entry(disassociateAudience),
  entry(associateAudience),
  entry(updateExperience),
  entry(restrictExperience),
  entry(cancelProductProcurementRequest),
  entry(createProductProcurementRequest),
];

const byName = new Map(changeTypes.map((type) => [`${type.entityType} ${type.changeType}`, type]));

/** The entry of a change type, `findChangeType("AmiProduct@1.0", "AddRegions")`; undefined where there is none. */
export function findChangeType(entityType: string, changeType: string): ChangeType | undefined {
  return byName.get(`${entityType} ${changeType}`);
}
