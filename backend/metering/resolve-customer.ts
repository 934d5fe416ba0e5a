import { resolvesCustomers } from "../../marketplace/metering/registration-regions";
import { documentOf } from "../../marketplace/changes/product/product";
import { entitiesIn } from "../catalog/entities";
import { customerIdentifier } from "../entitlement/customers";
import { readRegistration } from "../entitlement/registration-tokens";
import type { Context } from "../service";
import { refused } from "./records";

/**
 * Who has come to register: the seller's site hands over the token that the buyer brought. For the account that publishes
 * the product alone, and for agreements in force (AWS Marketplace Metering API Reference, ResolveCustomer).
 */
export function resolveCustomer(
  { market, caller, region }: Context,
  { RegistrationToken }: { readonly RegistrationToken: string },
): object {
  if (!resolvesCustomers(region)) {
    const message = `ResolveCustomer is disabled in ${region}. Call it in a region that supports it, such as us-east-1.`;
    throw refused("DisabledApiException", message);
  }
  const registration = readRegistration(market, RegistrationToken);
  if (registration.kind === "expired") {
    const message = "The registration token has expired. Send the buyer back to AWS Marketplace for a new one.";
    throw refused("ExpiredTokenException", message);
  }
  const agreement = registration.kind === "valid" ? registration.agreement : undefined;
  const product = entitiesIn(market.store).get(agreement?.productId ?? "");
  if (agreement === undefined || product?.owner !== caller.accountId) {
    throw refused("InvalidTokenException", `The registration token is for no product of account ${caller.accountId}.`);
  }
  if (agreement.status !== "ACTIVE") {
    throw refused("InvalidTokenException", `The agreement that the registration token is for is ${agreement.status}.`);
  }
  return {
    CustomerIdentifier: customerIdentifier(agreement),
    CustomerAWSAccountId: agreement.acceptor,
    ProductCode: documentOf(product).Description.ProductCode,
    LicenseArn: agreement.licenseArn,
  };
}
