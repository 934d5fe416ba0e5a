import {
  AcceptAgreementCancellationRequestCommand,
  AcceptAgreementPaymentRequestCommand,
  CancelAgreementCancellationRequestCommand,
  CancelAgreementCommand,
  CancelAgreementPaymentRequestCommand,
  RejectAgreementCancellationRequestCommand,
  RejectAgreementPaymentRequestCommand,
  SendAgreementCancellationRequestCommand,
  SendAgreementPaymentRequestCommand,
} from "@aws-sdk/client-marketplace-agreement";
import * as fc from "fast-check";
import { expect } from "vitest";
import { ANSWER_DAYS, DAY, type Deal, OPEN_DAYS, TOTAL } from "./deal";
import { variableTermId } from "./variable-payments";

/** What a request is expected to be. */
interface Expected {
  readonly id: string;
  status: "PENDING_APPROVAL" | "APPROVED" | "REJECTED" | "CANCELLED";
}

export interface DealModel {
  agreement: "ACTIVE" | "CANCELLED";
  readonly payments: (Expected & { readonly amount: number; readonly sentAt: number })[];
  readonly cancellations: (Expected & { readonly sentAt: number })[];
  /** Days since the agreement. */
  now: number;
}

type Refusal = "ConflictException" | "INACTIVE_AGREEMENT" | "INVALID_CHARGE_AMOUNT";
type Step = (model: DealModel, deal: Deal) => Promise<void>;

/** A command that can always be run: what its answer is depends on the model. */
function command(name: string, step: Step): fc.AsyncCommand<DealModel, Deal> {
  return {
    check: () => true,
    run: async (model, deal) => {
      await step(model, deal);
      const { agreement, payments, cancellations } = model;
      const expected = {
        agreement,
        payments: statuses(payments),
        cancellations: statuses(cancellations),
        charges: payments.filter(({ status }) => status === "APPROVED").length,
      };
      // What time does, it does on its own: a moment after the clock was turned or the marketplace started.
      if (name.includes("days"))
        await expect.poll(() => deal.seen(), { timeout: 5000, message: name }).toEqual(expected);
      else expect({ after: name, ...(await deal.seen()) }).toEqual({ after: name, ...expected });
    },
    toString: () => name,
  };
}

function statuses(requests: readonly Expected[]): Readonly<Record<string, string>> {
  return Object.fromEntries(requests.map(({ id, status }) => [id, status]));
}

/** What is said to a request, and the answer: undefined where it is taken. */
async function expectAnswer<T>(asking: Promise<T>, refusal: Refusal | undefined, what: string): Promise<T | undefined> {
  if (refusal === undefined) return asking;
  const error: unknown = await asking.then(
    () => new Error("taken"),
    (failure: unknown) => failure,
  );
  const { name, reason } = error as { readonly name: string; readonly reason?: string };
  expect(`${what}: ${reason ?? name}`).toBe(`${what}: ${refusal}`);
  return undefined;
}

const sendPayment = fc.integer({ min: 1, max: 60 }).map((amount) =>
  command(`ask for ${amount}`, async (model, { seller, agreementId }) => {
    const claimed = model.payments
      .filter(({ status }) => status === "PENDING_APPROVAL" || status === "APPROVED")
      .reduce((sum, one) => sum + one.amount, amount);
    const tooMuch = claimed > TOTAL ? "INVALID_CHARGE_AMOUNT" : undefined;
    const sent = await expectAnswer(
      seller.send(
        new SendAgreementPaymentRequestCommand({
          agreementId,
          termId: variableTermId,
          name: "Milestone",
          chargeAmount: String(amount),
        }),
      ),
      model.agreement === "ACTIVE" ? tooMuch : "INACTIVE_AGREEMENT",
      `${claimed} in all`,
    );
    if (sent === undefined) return;
    model.payments.push({
      id: sent.paymentRequestId ?? "",
      status: "PENDING_APPROVAL",
      amount,
      sentAt: model.now,
    });
  }),
);

const sendCancellation = fc.constant(
  command("ask to cancel", async (model, { seller, agreementId }) => {
    const open = model.cancellations.some(({ status }) => status === "PENDING_APPROVAL");
    const twice = open ? "ConflictException" : undefined;
    const sent = await expectAnswer(
      seller.send(new SendAgreementCancellationRequestCommand({ agreementId, reasonCode: "OTHER" })),
      model.agreement === "ACTIVE" ? twice : "INACTIVE_AGREEMENT",
      "ask to cancel",
    );
    if (sent === undefined) return;
    model.cancellations.push({
      id: sent.agreementCancellationRequestId ?? "",
      status: "PENDING_APPROVAL",
      sentAt: model.now,
    });
  }),
);

type Verb = "accept" | "reject" | "cancel";
const ends = { accept: "APPROVED", reject: "REJECTED", cancel: "CANCELLED" } as const;
const verbs = fc.constantFrom<Verb[]>("accept", "reject", "cancel");

const answerPayment = fc.tuple(verbs, fc.nat(5)).map(([verb, which]) =>
  command(`${verb} payment ${which}`, async (model, deal) => {
    const request = model.payments[which % model.payments.length];
    if (request === undefined) return;
    const about = { agreementId: deal.agreementId, paymentRequestId: request.id };
    const late = request.status === "PENDING_APPROVAL" ? undefined : "ConflictException";
    const ended = verb === "accept" && model.agreement !== "ACTIVE" ? "INACTIVE_AGREEMENT" : undefined;
    const asking: Promise<object> =
      verb === "accept"
        ? deal.buyer.send(new AcceptAgreementPaymentRequestCommand(about))
        : verb === "reject"
          ? deal.buyer.send(new RejectAgreementPaymentRequestCommand(about))
          : deal.seller.send(new CancelAgreementPaymentRequestCommand(about));
    if ((await expectAnswer(asking, late ?? ended, request.status)) !== undefined) request.status = ends[verb];
  }),
);

const answerCancellation = fc.tuple(verbs, fc.nat(5)).map(([verb, which]) =>
  command(`${verb} cancellation ${which}`, async (model, deal) => {
    const request = model.cancellations[which % model.cancellations.length];
    if (request === undefined) return;
    const about = { agreementId: deal.agreementId, agreementCancellationRequestId: request.id };
    const late = request.status !== "PENDING_APPROVAL" || (verb === "accept" && model.agreement !== "ACTIVE");
    const asking: Promise<object> =
      verb === "accept"
        ? deal.buyer.send(new AcceptAgreementCancellationRequestCommand(about))
        : verb === "reject"
          ? deal.buyer.send(new RejectAgreementCancellationRequestCommand({ ...about, rejectionReason: "No." }))
          : deal.seller.send(new CancelAgreementCancellationRequestCommand({ ...about, cancellationReason: "No." }));
    const answer = await expectAnswer(asking, late ? "ConflictException" : undefined, request.status);
    if (answer === undefined) return;
    request.status = ends[verb];
    if (verb === "accept") model.agreement = "CANCELLED";
  }),
);

const cancelAgreement = fc.constant(
  command("cancel the agreement", async (model, { buyer, agreementId }) => {
    const ended = model.agreement === "ACTIVE" ? undefined : "INACTIVE_AGREEMENT";
    await expectAnswer(buyer.send(new CancelAgreementCommand({ agreementId })), ended, model.agreement);
    model.agreement = "CANCELLED";
  }),
);

const days = fc.integer({ min: 1, max: 7 });

function pass(model: DealModel, time: number): void {
  model.now += time;
  if (model.agreement !== "ACTIVE") return;
  const asked = model.cancellations.find(({ status }) => status === "PENDING_APPROVAL");
  const end = asked === undefined ? Infinity : asked.sentAt + ANSWER_DAYS;
  for (const request of model.payments) {
    const due = request.sentAt + OPEN_DAYS;
    if (request.status === "PENDING_APPROVAL" && due <= model.now && due < end) request.status = "APPROVED";
  }
  if (asked === undefined || model.now < end) return;
  asked.status = "APPROVED";
  model.agreement = "CANCELLED";
}

const wait = days.map((time) =>
  command(`wait ${time} days`, async (model, { clock }) => {
    await clock.turn(time * DAY);
    pass(model, time);
  }),
);

const restart = fc.oneof(fc.constant(0), days).map((time) =>
  command(`stop for ${time} days`, async (model, deal) => {
    await deal.close();
    await deal.clock.turn(time * DAY);
    await deal.start();
    pass(model, time);
  }),
);

export const dealCommands = fc.commands(
  [
    sendPayment,
    sendPayment,
    answerPayment,
    answerPayment,
    sendCancellation,
    answerCancellation,
    cancelAgreement,
    wait,
    restart,
  ],
  { maxCommands: 30, size: "max" },
);
