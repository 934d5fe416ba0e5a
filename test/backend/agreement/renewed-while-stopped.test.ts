import { ListAgreementChargesCommand, SearchAgreementsCommand } from "@aws-sdk/client-marketplace-agreement";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../../backend";
import { catalogOf, madeBy } from "../catalog/catalog-market";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, shopIn } from "./buyer";
import { DAY, forBuyer, newOffer, oneSeat, renewal, standardEula, words } from "./offers";
import { contractOf, seats } from "./seat-contract";

test("contracts renew on their days, at their prices and as often as agreed, also while the marketplace is stopped", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "agreements-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const clock = new TurningClock();
  const market = await startMarketplace({ dataDir, clock });
  const { run, buy, productId } = await shopIn(catalogOf(market), seats);
  const made = await run(
    newOffer(productId, {
      UpdateInformation: words,
      UpdateTargeting: forBuyer,
      UpdateAvailability: { AvailabilityEndDate: "2026-12-31" },
      UpdatePricingTerms: contractOf("100"),
      UpdateLegalTerms: standardEula,
      UpdateRenewalTerms: renewal({ PriceIncrease: { Type: "FixedPercentage", Value: "10" }, MaxRenewals: 2 }),
    }),
  );
  await buy(madeBy(made), oneSeat(true));
  await market.close();

  const again = await startMarketplace({ dataDir, clock: new TurningClock(clock.now().getTime() + 4 * 365 * DAY) });
  onTestFinished(() => again.close());
  const { agreements } = buyerOf(again, "buyer");
  const found = async () => {
    const filters = [
      { name: "PartyType", values: ["Acceptor"] },
      { name: "AgreementType", values: ["PurchaseAgreement"] },
    ];
    const order = { sortBy: "EndTime", sortOrder: "ASCENDING" } as const;
    const { agreementViewSummaries = [] } = await agreements.send(
      new SearchAgreementsCommand({ filters, sort: order }),
    );
    return agreementViewSummaries;
  };
  await expect.poll(async () => (await found()).map(({ status }) => status)).toEqual(["RENEWED", "RENEWED", "EXPIRED"]);
  const life = await Promise.all(
    (await found()).map(async ({ agreementId, startTime, endTime }) => {
      const { items = [] } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
      const days = [startTime, endTime].map((moment) => moment?.toISOString().slice(0, 10));
      return [...days, ...items.map(({ amount, time }) => `${amount} on ${time?.toISOString().slice(0, 10)}`)];
    }),
  );
  expect(life).toEqual([
    ["2026-03-02", "2027-03-02", "100.00 on 2026-03-02"],
    ["2027-03-02", "2028-03-02", "110.00 on 2027-03-02"],
    ["2028-03-02", "2029-03-02", "121.00 on 2028-03-02"],
  ]);
});
