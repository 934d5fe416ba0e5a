import type * as sdk from "@aws-sdk/client-marketplace-agreement";
import { enduring, persist } from "../persistence";
import type { Place } from "../reconciler";
import { messageOf, nameOf } from "../trouble";

/** Sends a request to the Agreement service, and again when the service or the network stumbles. */
export type AgreementCalls = <T>(
  send: (client: sdk.MarketplaceAgreementClient, commands: typeof sdk) => Promise<T>,
) => Promise<T>;

export function agreementsOf({ account: { clients }, host }: Place): AgreementCalls {
  return async (send) => {
    const commands = await import("@aws-sdk/client-marketplace-agreement");
    const once = async () => {
      try {
        return await send(await clients.agreement(), commands);
      } catch (error) {
        throw isOverQuota(error) ? new Error(`${messageOf(error)} [${nameOf(error)}]`, { cause: error }) : error;
      }
    };
    return persist(host, enduring, once, (trouble) => {
      if (trouble === "expired" || trouble === "unknown-key") clients.renew();
    });
  };
}

/** Of agreements an account has as many as it may have; unlike open change sets, they do not become fewer by waiting. */
export function isOverQuota(error: unknown): boolean {
  const { cause } = error instanceof Error ? error : {};
  return [error, cause].some((one) => nameOf(one) === "ServiceQuotaExceededException");
}
