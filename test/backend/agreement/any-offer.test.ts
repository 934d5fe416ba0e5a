import { CreateAgreementRequestCommand, DescribeAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openCatalog } from "../catalog/catalog-market";
import { change, OFFER } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, shopIn, type Terms } from "./buyer";
import { DAY, forBuyer, oneSeat, standardEula, updates, validity, words } from "./offers";
import { contractOf, seats } from "./seat-contract";

const partnerAccount = "777788889999";
const complete = {
  UpdateInformation: words,
  UpdateTargeting: forBuyer,
  UpdatePricingTerms: contractOf("10"),
  UpdateLegalTerms: standardEula,
  UpdateAvailability: { AvailabilityEndDate: "2026-06-30" },
};
const asked = [
  { UpdateTargeting: { PositiveTargeting: { BuyerAccounts: [partnerAccount] } } },
  { UpdateTargeting: { PositiveTargeting: { BuyerAccounts: ["444455556666", partnerAccount] } } },
  { UpdateTargeting: {} },
  { UpdateAvailability: { AvailabilityEndDate: "2026-03-20" } },
  { UpdateAvailability: { AvailabilityEndDate: "2026-09-30" } },
  { UpdateAvailability: { AvailabilityEndDate: "2026-02-01" } },
  { UpdateValidityTerms: validity({ AgreementDuration: "P12M" }) },
  { UpdatePricingTerms: contractOf("9") },
  { UpdateInformation: { Name: "Renamed" } },
];
type Step = { readonly says: object } | { readonly days: number } | { readonly who: "buyer" | "partner" } | "release";

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...asked).map((says) => ({ says })) },
  { weight: 2, arbitrary: fc.constant<Step>("release") },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 60 }).map((days) => ({ days })) },
  { weight: 4, arbitrary: fc.constantFrom("buyer" as const, "partner" as const).map((who) => ({ who })) },
);

test("in whatever order an offer is changed, released and asked for, only its buyers get it, and only while it is open", async () => {
  const clock = new TurningClock();
  const catalog = await openCatalog({ clock });
  const shop = await shopIn(catalog, seats);
  const { run, entity, market, productId } = shop;
  const owner = buyerOf(market, "seller");
  const people = { buyer: buyerOf(market, "buyer"), partner: buyerOf(market, "partner") };
  const accounts = { buyer: "444455556666", partner: partnerAccount };
  const wrong: string[] = [];
  let taken = 0;

  /** Whether the offer, as the catalog has it now, is for the account. */
  const isOpenTo = async (offerId: string, account: string) => {
    const { DetailsDocument } = await entity(offerId);
    const { State, Rules } = DetailsDocument as { State: string; Rules: Readonly<Record<string, unknown>>[] };
    const rule = (type: string) => Rules.find(({ Type }) => Type === type);
    const named = rule("TargetingRule")?.["PositiveTargeting"] as { BuyerAccounts?: string[] } | undefined;
    const lastDay = Date.parse(String(rule("AvailabilityRule")?.["AvailabilityEndDate"]));
    return State === "Released" && named?.BuyerAccounts?.includes(account) === true && lastDay >= clock.now().getTime();
  };
  /** The agreement that somebody gets who knows everything that the seller knows of the offer. */
  const take = async (offerId: string, who: "buyer" | "partner"): Promise<string | undefined> => {
    try {
      const { agreementProposalId } = await owner.discover("getOffer", { offerId });
      const terms: Terms = await owner.termsOf(offerId);
      const { agreementRequestId } = await people[who].agreements.send(
        new CreateAgreementRequestCommand({
          intent: "NEW",
          agreementProposalIdentifier: agreementProposalId as string,
          requestedTerms: oneSeat()(terms).flatMap((term) => term ?? []),
        }),
      );
      return (await people[who].accept(agreementRequestId)).agreementId;
    } catch (error) {
      const { name } = error as Error;
      if (!/^(ResourceNotFound|Validation|Conflict)Exception$/.test(name)) wrong.push(`${who} was answered ${name}`);
      return undefined;
    }
  };

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const created = await run([
        change("CreateOffer", OFFER, undefined, { ProductId: productId }, "Offer"),
        ...updates(
          { ...complete, UpdateAvailability: { AvailabilityEndDate: inDays(clock, 100) } },
          "$Offer.Entity.Identifier",
        ),
      ]);
      const offerId = created.ChangeSet?.[0]?.Entity?.Identifier?.split("@")[0] ?? "";
      for (const what of steps) {
        if (what === "release") await run([change("ReleaseOffer", OFFER, offerId, {})]);
        else if ("says" in what) await run(updates(what.says as Parameters<typeof updates>[0], offerId));
        else if ("days" in what) await clock.turn(what.days * DAY);
        else {
          const open = await isOpenTo(offerId, accounts[what.who]);
          const agreementId = await take(offerId, what.who);
          if (agreementId === undefined) continue;
          taken += 1;
          if (!open) wrong.push(`${what.who} got ${agreementId} from an offer that was not open to it`);
          const made = await people[what.who].agreements.send(new DescribeAgreementCommand({ agreementId }));
          if (made.proposalSummary?.offerId !== offerId) wrong.push(`${agreementId} comes of another offer`);
        }
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: 25, examples: [[["release", { who: "buyer" }, { who: "partner" }]]] },
  );
  expect(taken).toBeGreaterThan(0);
});

function inDays(clock: TurningClock, days: number): string {
  return new Date(clock.now().getTime() + days * DAY).toISOString().slice(0, 10);
}
