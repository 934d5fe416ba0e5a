import * as sdk from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import type { AgreementCalls } from "../../../providers/buying/agreement-calls";
import { entitled } from "../../../providers/subscription/entitlements";
import { subscription } from "../../../providers/subscription/reconciler";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { startRun } from "../support/market";
import { jumpingTime, recordingHost } from "../support/recording-host";
import { openShopAsBuyer } from "../support/shop";

/** A marketplace as slow as AWS, whose clock goes along while a provider waits. */
async function openSlow() {
  const clock = new TurningClock();
  const ticking = setInterval(() => void clock.turn(6 * 3_600_000), 5);
  const shop = await openShopAsBuyer({ clock, latency: "realistic" });
  clearInterval(ticking);
  return { ...shop, time: () => jumpingTime(clock.now().getTime(), (passing) => clock.turn(passing)) };
}

test("up waits until the product can be used, and tells so meanwhile", async () => {
  const { productId, time } = await openSlow();
  const run = startRun({}, time());
  const { id } = await run.provider(subscription).create({ productId });
  const said = run.host.said.filter(({ kind }) => kind === "passing").map(({ message }) => message);
  const waiting = `accepted; waiting until agreement ${id} is provisioned (PROVISIONING_IN_PROGRESS)`;
  expect(said.slice(0, 3)).toEqual([waiting, `${waiting}, for 2 s`, `${waiting}, for 6 s`]);
});

test("Ctrl-C meanwhile keeps the agreement in the state, and the next run waits on", async () => {
  const shop = await openSlow();
  const declared = { productId: shop.productId };
  const run = startRun({}, shop.time());
  const { say } = run.host;
  Object.assign(run.host, {
    say: (message: string, kind: "info" | "passing" | "warning" = "info") => {
      say(message, kind);
      if (kind === "passing") run.host.stop();
    },
  });
  const stopped: unknown = await run
    .provider(subscription)
    .create(declared)
    .catch((error: unknown) => error);
  expect(stopped).toMatchObject({
    name: "PartlyDone",
    message: expect.stringMatching(/^Agreement .* entitlements are still pending. Run again to go on.$/),
    properties: { status: "ACTIVE", productId: shop.productId },
  });
  const { id, properties } = stopped as { id: string; properties: Record<string, unknown> };
  const { outs } = await startRun({}, shop.time()).provider(subscription).update(id, properties, declared);
  expect(outs).toMatchObject({ agreementId: id });
});

/** An Agreement service that answers with these entitlements in turn, the last one for ever. */
function answering(...answers: readonly sdk.AgreementEntitlement[]): AgreementCalls {
  let calls = 0;
  const send = () => {
    const one = answers[Math.min(calls++, answers.length - 1)];
    return Promise.resolve({ agreementEntitlements: one === undefined ? [] : [one] });
  };
  return (ask) => ask({ send } as unknown as sdk.MarketplaceAgreementClient, sdk);
}

test.each([
  ["INVALID_PAYMENT_INSTRUMENT", "Give the account a valid payment method"],
  ["ACCOUNT_SUSPENDED", "AWS Support"],
  ["PRODUCT_RESTRICTED", "ask the seller"],
] as const)("what AWS cannot provision for %s is an error that says what to do", async (statusReasonCode, advice) => {
  const calls = answering({ status: "PENDING" }, { status: "FAILED", statusReasonCode });
  await expect(entitled(calls, recordingHost(), "agmt-1")).rejects.toThrow(
    new RegExp(`^Agreement agmt-1 is accepted, but AWS could not provision it: ${statusReasonCode}\\. .*${advice}`),
  );
});

test("after a quarter of an hour the run ends and says so; what starts on a later day is not waited for", async () => {
  const host = recordingHost();
  const began = host.time.now();
  await expect(entitled(answering({ status: "PENDING" }), host, "agmt-1")).rejects.toThrow("still pending");
  expect((host.time.now() - began) / 60_000).toBeCloseTo(15, 0);
  const later = answering({ status: "SCHEDULED", statusReasonCode: "FUTURE_START_DATE" });
  await expect(entitled(later, recordingHost(), "agmt-1")).resolves.toBeUndefined();
});
