import { at, unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { list, object, whole } from "../document-shapes";
import { saasProduct, visibilityOf } from "../product/product";
import { apiOption, urlOption } from "./delivery-option-shapes";
import { checkKinds, type Kinds, readBack, typeOf } from "./delivery-options";
import { type DeliveryOption, deliveryOptionsOf, withOptions } from "./product";

type Details = { readonly DeliveryOptions: readonly { readonly Details: Kinds }[] };

/** Says how buyers get to the service: one option of each type. Nobody calls the addresses to see whether they answer. */
export const addDeliveryOptions: ChangeType<Details> = {
  changeType: "AddDeliveryOptions",
  entityType: saasProduct,
  schema: whole({
    DeliveryOptions: list(
      whole({ Details: object({ SaaSUrlDeliveryOptionDetails: urlOption, ApiDeliveryOptionDetails: apiOption }) }),
    ),
  }),
  check: (_world, entity, { DeliveryOptions: added }) => [
    ...unless(
      visibilityOf(entity) !== "Restricted",
      "INVALID_PRODUCT",
      "",
      "The product is Restricted; delivery options are added to products that are Draft, Limited or Public.",
    ),
    ...unless(added.length > 0, "INVALID_INPUT", "DeliveryOptions", "Give at least one delivery option."),
    ...added.flatMap(({ Details: kinds }, i) => at(`DeliveryOptions[${i}].Details`, checkKinds(kinds))),
    ...added.flatMap(({ Details: kinds }, i) => {
      const type = typeOf(kinds);
      const before = [
        ...deliveryOptionsOf(entity).map(({ Type }) => Type),
        ...added.slice(0, i).map((one) => typeOf(one.Details)),
      ];
      const message = `The product already has a delivery option of type ${type}. Update that one (UpdateDeliveryOptions).`;
      return unless(!before.includes(type), "DUPLICATE_DELIVERY_OPTIONS", `DeliveryOptions[${i}]`, message);
    }),
  ],
  apply: (world, entity, { DeliveryOptions: added }) => {
    const options = added.map(
      ({ Details: kinds }) =>
        ({ Id: world.newId("do"), Type: typeOf(kinds), ...readBack(kinds), Visibility: "Public" }) as DeliveryOption,
    );
    return withOptions(entity, [...deliveryOptionsOf(entity), ...options], world.newId("version"));
  },
};
