import { quoted, unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { anyText, list, whole } from "../document-shapes";
import { amiProduct, versionsOf, visibilityOf, withDeliveryOptions, withProduct } from "./product";

type Details = { readonly DeliveryOptionIds: readonly string[] };

/** Closes delivery options to new subscribers; with its last one, a version is restricted. */
export const restrictDeliveryOptions: ChangeType<Details> = {
  changeType: "RestrictDeliveryOptions",
  entityType: amiProduct,
  schema: whole({ DeliveryOptionIds: list(anyText(36), 1, 50) }),
  check: (_world, entity, { DeliveryOptionIds: ids }) => {
    const options = versionsOf(entity).flatMap((version) => version.DeliveryOptions);
    const open = options.filter((option) => option.Visibility === "Public");
    return [
      ...unless(
        visibilityOf(entity) === "Public",
        "INVALID_PRODUCT",
        "",
        `Versions can be restricted once the product is Public; it is ${visibilityOf(entity)}.`,
      ),
      ...ids.flatMap((id, i) => {
        const path = `DeliveryOptionIds[${i}]`;
        const option = options.find((one) => one.Id === id);
        const unknown = `The product has no delivery option with the id ${quoted([id])}.`;
        if (!option) return unless(false, "INVALID_DELIVERY_OPTION_IDS", path, unknown);
        if (ids.indexOf(id) !== i) return unless(false, "INVALID_DELIVERY_OPTION_IDS", path, `${id} is given twice.`);
        const closed = `Delivery option ${id} is ${option.Visibility} already.`;
        return unless(option.Visibility === "Public", "INVALID_DELIVERY_OPTION", path, closed);
      }),
      ...unless(
        open.length === 0 || open.some((option) => !ids.includes(option.Id)),
        "ALL_DELIVERY_OPTIONS_RESTRICTED",
        "DeliveryOptionIds",
        "One delivery option must stay public. Add a new version first, or restrict the product.",
      ),
    ];
  },
  apply: (_world, entity, { DeliveryOptionIds: ids }) =>
    withProduct(entity, {
      Versions: versionsOf(entity).map((version) =>
        withDeliveryOptions(
          version,
          version.DeliveryOptions.map((option) =>
            ids.includes(option.Id) ? { ...option, Visibility: "Restricted" } : option,
          ),
        ),
      ),
    }),
};
