import { agreementsIn } from "../agreement/agreements";
import { entitiesIn, type StoredEntity } from "../catalog/entities";
import type { Context } from "../service";
import { refused } from "./records";

/**
 * The one product that all licenses of a batch are for: newer integrations name it so, instead of by its code (AWS
 * Marketplace Metering API Reference, BatchMeterUsage).
 */
export function licensedProduct(
  { market, caller }: Context,
  records: readonly { readonly LicenseArn?: string }[],
): StoredEntity {
  const licenses = new Set(records.map(({ LicenseArn }) => LicenseArn));
  const agreements = agreementsIn(market.store).of("Proposer", caller.accountId);
  const products = new Set<string>();
  if (licenses.size === 0 || licenses.has(undefined)) {
    const message = "Name the product by its ProductCode, or the license of every record by LicenseArn.";
    throw refused("InvalidProductCodeException", message);
  }
  for (const license of licenses) {
    const agreement = agreements.find(({ licenseArn }) => licenseArn === license);
    if (agreement === undefined) {
      throw refused("InvalidLicenseException", `${license ?? ""} is no license of a product of yours.`);
    }
    products.add(agreement.productId);
  }
  const [id = ""] = products;
  const product = entitiesIn(market.store).get(id);
  if (products.size === 1 && product !== undefined) return product;
  throw refused(
    "InvalidLicenseException",
    "The licenses are for several products. Report each product's usage by itself.",
  );
}
