import type * as sdk from "@aws-sdk/client-marketplace-agreement";
import { enduring, persist } from "../persistence";
import type { Place } from "../reconciler";

/** Sends a request to the Agreement service, and again when the service or the network stumbles. */
export type AgreementCalls = <T>(
  send: (client: sdk.MarketplaceAgreementClient, commands: typeof sdk) => Promise<T>,
) => Promise<T>;

export function agreementsOf({ account: { clients }, host }: Place): AgreementCalls {
  return async (send) => {
    const commands = await import("@aws-sdk/client-marketplace-agreement");
    const once = async () => send(await clients.agreement(), commands);
    return persist(host, enduring, once, (trouble) => {
      if (trouble === "expired" || trouble === "unknown-key") clients.renew();
    });
  };
}
