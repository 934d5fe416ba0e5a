import { CreateAgreementRequestCommand, type RequestedTerm } from "@aws-sdk/client-marketplace-agreement";
import {
  GetEntitlementsCommand,
  MarketplaceEntitlementServiceClient,
} from "@aws-sdk/client-marketplace-entitlement-service";
import { expect, test } from "vitest";
import { everything, type Terms, without } from "../agreement/buyer";
import { DAY, fixedPrice, forBuyer, newOffer, schedule, standardEula, validity, words } from "../agreement/offers";
import { connection, madeBy } from "../catalog/catalog-market";
import { contractOf } from "../agreement/seat-contract";
import { openSoftwareShop, SEATS } from "../catalog/software";
import { TurningClock } from "../catalog/turning-clock";

const seatsOf =
  (dimensionValue: number) =>
  (terms: Terms): RequestedTerm => ({
    id: terms["configurableUpfrontPricingTerm"]?.id,
    configuration: {
      configurableUpfrontPricingTermConfiguration: {
        selectorValue: "P12M",
        dimensions: [{ dimensionKey: "seats", dimensionValue }],
      },
    },
  });

async function open() {
  const clock = new TurningClock();
  const shop = await openSoftwareShop({ clock }, [SEATS], contractOf("120", "Allowed"));
  const client = new MarketplaceEntitlementServiceClient(connection(shop.market, "seller"));
  const entitled = async () => {
    const { Entitlements = [] } = await client.send(new GetEntitlementsCommand({ ProductCode: shop.ProductCode }));
    return Entitlements.map(({ Dimension, Value, ExpirationDate, LicenseArn }) => ({
      what: `${Value?.IntegerValue} ${Dimension}`,
      until: ExpirationDate?.toISOString().slice(0, 10),
      LicenseArn,
    }));
  };
  return { ...shop, clock, entitled };
}

test("a contract entitles to what was chosen, to more once it is amended, and to nothing once it is over", async () => {
  const { buy, offerId, termsOf, agreements, accept, entitled, clock } = await open();
  expect(await entitled()).toEqual([]);
  const agreementId = await buy(offerId, (terms) => [
    ...without("configurableUpfrontPricingTerm")(terms),
    seatsOf(5)(terms),
  ]);
  const [first] = await entitled();
  expect(first).toMatchObject({ what: "5 seats", until: "2027-03-02" });
  const { agreementRequestId } = await agreements.send(
    new CreateAgreementRequestCommand({
      intent: "AMEND",
      sourceAgreementIdentifier: agreementId,
      requestedTerms: [seatsOf(8)(await termsOf(offerId))],
    }),
  );
  await accept(agreementRequestId);
  expect(await entitled()).toEqual([{ ...first, what: "8 seats" }]);
  await clock.turn(366 * DAY);
  expect(await entitled()).toEqual([]);
});

test("a private offer with a schedule of payments entitles to its grants", async () => {
  const { run, productId, buy, entitled } = await open();
  const made = await run(
    newOffer(productId, {
      UpdateInformation: words,
      UpdateTargeting: forBuyer,
      UpdatePricingTerms: fixedPrice("0", 25),
      UpdatePaymentScheduleTerms: schedule(["2026-05-01", "40"], ["2026-11-01", "60.5"]),
      UpdateValidityTerms: validity({ AgreementDuration: "P12M" }),
      UpdateLegalTerms: standardEula,
      UpdateAvailability: { AvailabilityEndDate: "2026-04-30" },
    }),
  );
  await buy(madeBy(made), everything);
  expect(await entitled()).toMatchObject([{ what: "25 seats", until: "2027-03-02" }]);
});
