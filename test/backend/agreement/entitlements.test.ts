import { DescribeAgreementCommand, GetAgreementEntitlementsCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { madeBy } from "../catalog/catalog-market";
import { AMI, change, hourlyPrices } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { everything, openShop } from "./buyer";
import { forBuyer, newOffer, standardEula, validity, words } from "./offers";

const privately = {
  UpdateInformation: words,
  UpdateTargeting: forBuyer,
  UpdateAvailability: { AvailabilityEndDate: "2099-12-31" },
  UpdatePricingTerms: hourlyPrices({ "m5.large": "0.05", "m5.xlarge": "0.10" }),
  UpdateValidityTerms: validity({ AgreementDuration: "P365D" }),
  UpdateLegalTerms: standardEula,
};

async function shopOfTime() {
  const clock = new TurningClock();
  const shop = await openShop({ clock });
  const entitled = async (agreementId: string) => {
    const { agreementEntitlements = [] } = await shop.agreements.send(
      new GetAgreementEntitlementsCommand({ agreementId }),
    );
    return agreementEntitlements.map(({ status, statusReasonCode }) => [status, statusReasonCode]);
  };
  /** From here on things take as long as they do at AWS. */
  const slowDown = () => Object.assign(shop.market.market, { latency: "realistic" });
  return { ...shop, clock, entitled, slowDown };
}

test("what was bought is set up within a minute", async () => {
  const { buy, clock, entitled, slowDown, offerId } = await shopOfTime();
  slowDown();
  const agreementId = await buy(offerId, everything);
  expect(await entitled(agreementId)).toEqual([["PENDING", "PROVISIONING_IN_PROGRESS"]]);
  await clock.turn(60_000);
  expect(await entitled(agreementId)).toEqual([["PROVISIONED", undefined]]);
});

test("who replaces an agreement is never without what it entitles to", async () => {
  const { buy, run, clock, entitled, slowDown, offerId, productId } = await shopOfTime();
  const privateOffer = madeBy(await run(newOffer(productId, privately)));
  slowDown();
  const first = await buy(offerId, everything);
  const pending = await buy(privateOffer, everything, { intent: "REPLACE", sourceAgreementIdentifier: first });
  expect(await entitled(pending)).toEqual([["PENDING", "PROVISIONING_IN_PROGRESS"]]);
  await clock.turn(60_000);
  const next = await buy(offerId, everything, { intent: "REPLACE", sourceAgreementIdentifier: pending });
  expect(await entitled(next)).toEqual([["PROVISIONED", undefined]]);
  expect(await entitled(pending)).toEqual([["DEPROVISIONED", "AGREEMENT_INACTIVE"]]);
});

test("a product that was restricted is set up for nobody new, but goes on for those who have it", async () => {
  const { buy, run, entitled, agreements, offerId, productId } = await shopOfTime();
  const privateOffer = madeBy(await run(newOffer(productId, privately)));
  const restrict = change("UpdateVisibility", AMI, productId, { TargetVisibility: "Restricted" });
  madeBy(await run([restrict]));
  const agreementId = await buy(privateOffer, everything);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({ status: "ACTIVE" });
  expect(await entitled(agreementId)).toEqual([["FAILED", "PRODUCT_RESTRICTED"]]);
  madeBy(await run([change("UpdateVisibility", AMI, productId, { TargetVisibility: "Public" })]));
  const source = { intent: "REPLACE", sourceAgreementIdentifier: agreementId } as const;
  const next = await buy(offerId, everything, source);
  expect(await entitled(next)).toEqual([["PROVISIONED", undefined]]);
  madeBy(await run([restrict]));
  expect(await entitled(next)).toEqual([["PROVISIONED", undefined]]);
});
