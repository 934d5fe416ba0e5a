import { DescribeAgreementCommand, GetAgreementEntitlementsCommand } from "@aws-sdk/client-marketplace-agreement";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../../backend";
import { catalogOf } from "../catalog/catalog-market";
import { seats, takeSeats } from "./seat-contract";
import { buyerOf, shopIn } from "./buyer";

test("an agreement whose end comes while the marketplace is stopped has ended when it is back", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "agreements-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const market = await startMarketplace({ dataDir });
  const { buy, agreements, offerId } = await shopIn(catalogOf(market), seats);
  const agreementId = await buy(offerId, takeSeats);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({ status: "ACTIVE" });
  await market.close();

  const ahead = 400 * 86_400_000;
  const clock = {
    now: () => new Date(Date.now() + ahead),
    schedule(at: Date, work: () => void) {
      const timer = setTimeout(work, Math.min(2 ** 31 - 1, Math.max(0, at.getTime() - ahead - Date.now())));
      return () => clearTimeout(timer);
    },
  };
  const again = await startMarketplace({ dataDir, clock });
  onTestFinished(() => again.close());
  const buyer = buyerOf(again, "buyer").agreements;
  await expect
    .poll(async () => (await buyer.send(new DescribeAgreementCommand({ agreementId }))).status)
    .toBe("EXPIRED");
  const { agreementEntitlements } = await buyer.send(new GetAgreementEntitlementsCommand({ agreementId }));
  expect(agreementEntitlements).toMatchObject([{ status: "DEPROVISIONED" }]);
});
