import { quoted, repeated, unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { anyText, list, whole } from "../document-shapes";
import { documentOf, type ProductType, visibilityOf, withFacets } from "./product";

type Details = { readonly PositiveTargeting: { readonly BuyerAccounts: readonly string[] } };

/** Replaces the list of accounts that see the product while it is Limited. */
export const updateTargeting = (entityType: ProductType): ChangeType<Details> => ({
  changeType: "UpdateTargeting",
  entityType,
  schema: whole({ PositiveTargeting: whole({ BuyerAccounts: list(anyText(), 0, 100) }) }),
  check: (_world, entity, { PositiveTargeting: { BuyerAccounts: accounts } }) => {
    const path = "PositiveTargeting.BuyerAccounts";
    const code = "INVALID_AWS_ACCOUNT_IDS";
    const current = documentOf(entity).Targeting.PositiveTargeting.BuyerAccounts;
    const visibility = visibilityOf(entity);
    const different = accounts.toSorted().join() !== current.toSorted().join();
    return [
      ...unless(
        visibility !== "Restricted",
        "INVALID_PRODUCT_VISIBILITY",
        "",
        "The allowlist of a product that is Restricted cannot be changed; it must be Draft, Limited or Public.",
      ),
      ...accounts.flatMap((account, i) =>
        unless(/^\d{12}$/.test(account), code, `${path}[${i}]`, `${quoted([account])} is not a 12-digit account id.`),
      ),
      ...repeated(accounts).map((account) => ({ code, path, message: `${quoted([account])} is given twice.` })),
      ...unless(
        different || visibility === "Draft",
        code,
        path,
        "The accounts are those that the product already has; give a different list.",
      ),
    ];
  },
  apply: (_world, entity, { PositiveTargeting }) =>
    withFacets(entity, { Targeting: { PositiveTargeting } }, PositiveTargeting),
});
