import { at, quoted, unless } from "../../problem";
import type { Problem } from "../../problem";
import type { ChangeType, Entity } from "../change-type";
import { anyText, list, object, oneOf, whole } from "../document-shapes";
import { saasProduct, visibilityOf } from "../product/product";
import { optionId } from "./delivery-option-shapes";
import { deliveryOptionsOf, type OptionVisibility, withOptions } from "./product";
import { checkIds } from "./update-delivery-options";

type Target = {
  readonly Id: string;
  readonly TargetVisibility?: OptionVisibility;
  readonly Targeting?: { readonly PositiveTargeting: { readonly BuyerAccounts: readonly string[] } };
};
type Details = { readonly DeliveryOptions: readonly Target[] };

/** Opens delivery options to everyone or to some accounts, or closes them. One stays that buyers can use. */
export const updateDeliveryOptionsVisibility: ChangeType<Details> = {
  changeType: "UpdateDeliveryOptionsVisibility",
  entityType: saasProduct,
  schema: whole({
    DeliveryOptions: {
      ...list(
        object(
          {
            Id: optionId,
            TargetVisibility: oneOf("Public", "Limited", "Unavailable"),
            Targeting: whole({ PositiveTargeting: whole({ BuyerAccounts: list(anyText(), 0, 100) }) }),
          },
          ["Id"],
        ),
      ),
      maxItems: 2,
    },
  }),
  check: (_world, entity, { DeliveryOptions: targets }) => [
    ...checkIds(entity, targets),
    ...targets.flatMap((target, i) => at(`DeliveryOptions[${i}]`, checkTarget(target))),
  ],
  apply: (world, entity, { DeliveryOptions: targets }) =>
    withOptions(
      entity,
      deliveryOptionsOf(entity).map((option) => {
        const target = targets.find(({ Id }) => Id === option.Id);
        return {
          ...option,
          Visibility: target?.TargetVisibility ?? option.Visibility,
          ...(target?.Targeting !== undefined && { Targeting: target.Targeting }),
        };
      }),
      world.newId("version"),
    ),
  verify: (_world, entity) =>
    unless(
      !needsOption(entity) || deliveryOptionsOf(entity).some(({ Visibility }) => Visibility !== "Unavailable"),
      "INVALID_VISIBILITY_STATE",
      "DeliveryOptions",
      "One delivery option must stay that buyers can use.",
    ),
};

function needsOption(entity: Entity): boolean {
  return visibilityOf(entity) === "Limited" || visibilityOf(entity) === "Public";
}

function checkTarget({ TargetVisibility, Targeting }: Target): Problem[] {
  const accounts = Targeting?.PositiveTargeting.BuyerAccounts ?? [];
  return [
    ...unless(
      TargetVisibility !== undefined || Targeting !== undefined,
      "MISSING_DATA",
      "",
      "Give a TargetVisibility or a Targeting.",
    ),
    ...accounts.flatMap((account, i) =>
      unless(
        /^\d{12}$/.test(account),
        "INVALID_AWS_ACCOUNT_IDS",
        `Targeting.PositiveTargeting.BuyerAccounts[${i}]`,
        `${quoted([account])} is not a 12-digit account id.`,
      ),
    ),
  ];
}
