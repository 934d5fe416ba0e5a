import { at, quoted, repeated, unless } from "../../problem";
import type { Problem } from "../../problem";
import type { ChangeType, Entity } from "../change-type";
import { list, object, whole } from "../document-shapes";
import { saasProduct, visibilityOf } from "../product/product";
import { apiOptionUpdate, optionId, urlOptionUpdate } from "./delivery-option-shapes";
import { checkKinds, type Kinds, readBack, typeOf } from "./delivery-options";
import { deliveryOptionsOf, withOptions } from "./product";

type Update = { readonly Id: string; readonly Details: Kinds };
type Details = { readonly DeliveryOptions: readonly Update[] };

/** Changes what delivery options say; members that are left out stay. */
export const updateDeliveryOptions: ChangeType<Details> = {
  changeType: "UpdateDeliveryOptions",
  entityType: saasProduct,
  schema: whole({
    DeliveryOptions: list(
      whole({
        Id: optionId,
        Details: object({ SaaSUrlDeliveryOptionDetails: urlOptionUpdate, ApiDeliveryOptionDetails: apiOptionUpdate }),
      }),
    ),
  }),
  check: (_world, entity, { DeliveryOptions: updates }) => [
    ...unless(
      visibilityOf(entity) !== "Restricted",
      "INVALID_PRODUCT",
      "",
      "The product is Restricted; its delivery options cannot be updated.",
    ),
    ...checkIds(entity, updates),
    ...updates.flatMap((update, i) => at(`DeliveryOptions[${i}]`, checkUpdate(entity, update))),
  ],
  apply: (world, entity, { DeliveryOptions: updates }) =>
    withOptions(
      entity,
      deliveryOptionsOf(entity).map((option) => {
        const update = updates.find(({ Id }) => Id === option.Id);
        return update === undefined ? option : { ...option, ...readBack(update.Details) };
      }),
      world.newId("version"),
    ),
};

/** Ids that are missing, unknown or given twice. */
export function checkIds(entity: Entity, named: readonly { readonly Id: string }[]): Problem[] {
  const code = "INVALID_DELIVERY_OPTION_IDS";
  const known = new Set(deliveryOptionsOf(entity).map(({ Id }) => Id));
  return [
    ...unless(
      named.length > 0,
      "MISSING_DELIVERY_OPTION_IDS",
      "DeliveryOptions",
      "Name the delivery options by their ids.",
    ),
    ...named.flatMap(({ Id }, i) =>
      unless(
        known.has(Id),
        code,
        `DeliveryOptions[${i}].Id`,
        `The product has no delivery option with the id ${quoted([Id])}.`,
      ),
    ),
    ...repeated(named.map(({ Id }) => Id)).map((id) => ({
      code,
      path: "DeliveryOptions",
      message: `${quoted([id])} is given twice.`,
    })),
  ];
}

function checkUpdate(entity: Entity, { Id, Details: kinds }: Update): Problem[] {
  const option = deliveryOptionsOf(entity).find((one) => one.Id === Id);
  const fits = option === undefined || option.Type === typeOf(kinds);
  const message = `${quoted([Id])} is a delivery option of type ${option?.Type}; give the details of that type.`;
  return [...at("Details", checkKinds({ ...kinds })), ...unless(fits, "INVALID_DELIVERY_OPTIONS", "Details", message)];
}
