import type { AgreementCalls } from "../buying/agreement-calls";
import type { Host } from "../host/host";

/** Waits of 2 s and then ever longer up to a minute, for a quarter of an hour, as AWS's own samples do. */
const shortest = 2_000;
const longest = 60_000;
const patience = 15 * 60_000;

/**
 * Waits until the buyer may use what was bought. What begins on a later day is not waited for.
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
      const reason = failed.statusReasonCode ?? "no reason given";
      throw new Error(
        `Agreement ${agreementId} is accepted, but AWS could not provision it: ${reason}. ` +
          `${advice[reason] ?? "Ask AWS Support."} Then run again to go on.`,
      );
    }
    const pending = agreementEntitlements.find(({ status }) => status === "PENDING");
    if (pending === undefined) return;
    const passed = host.time.now() - began;
    if (host.stopping.aborted || passed >= patience) {
      throw new Error(
        `Agreement ${agreementId} is accepted, but its entitlements are still pending. Run again to go on.`,
      );
    }
    const why = pending.statusReasonCode === undefined ? "" : ` (${pending.statusReasonCode})`;
    const since = passed < 1000 ? "" : `, for ${Math.round(passed / 1000)} s`;
    host.say(`accepted; waiting until agreement ${agreementId} is provisioned${why}${since}`, "passing");
    await host.time.sleep(wait, host.stopping);
  }
}

/** What the buyer can do: AWS Marketplace Agreement API, AgreementEntitlement, statusReasonCode. */
const advice: Readonly<Record<string, string>> = {
  INVALID_PAYMENT_INSTRUMENT: "Give the account a valid payment method in the Billing console.",
  INCOMPATIBLE_CURRENCY: "Give the account a payment method that takes the offer's currency.",
  ACCOUNT_SUSPENDED: "Have the account's suspension lifted with AWS Support.",
  PRODUCT_RESTRICTED: "The seller has withdrawn the product: ask the seller, or destroy this subscription.",
  UNSUPPORTED_OPERATION: "The product cannot be bought in this way: ask its seller.",
};
