import type { AgreementCalls } from "../buying/agreement-calls";
import type { Host } from "../host/host";

/** Waits of 2 s and then ever longer up to a minute, for a quarter of an hour, as AWS's own samples do. */
const shortest = 2_000;
const longest = 60_000;
const patience = 15 * 60_000;

/**
 * Waits until the buyer may use what was bought.
 * @throws when AWS does not provision it, or not in time.
 */
export async function entitled(agreements: AgreementCalls, host: Host, agreementId: string): Promise<void> {
  const began = host.time.now();
  for (let wait = shortest; ; wait = Math.min(2 * wait, longest)) {
    const { agreementEntitlements = [] } = await agreements((client, { GetAgreementEntitlementsCommand }) =>
      client.send(new GetAgreementEntitlementsCommand({ agreementId })),
    );
    const failed = agreementEntitlements.find(({ status }) => status === "FAILED");
    if (failed !== undefined) {
      throw new Error(
        `AWS could not provision agreement ${agreementId}: ${failed.statusReasonCode ?? "no reason given"}.`,
      );
    }
    if (!agreementEntitlements.some(({ status }) => status === "PENDING")) return;
    if (host.stopping.aborted || host.time.now() - began >= patience) {
      throw new Error(
        `Agreement ${agreementId} is accepted, but its entitlements are still pending. Run again to go on.`,
      );
    }
    host.say(`accepted; waiting until agreement ${agreementId} is provisioned`, "passing");
    await host.time.sleep(wait, host.stopping);
  }
}
