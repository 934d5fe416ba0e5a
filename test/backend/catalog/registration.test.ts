import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "@aws-sdk/client-marketplace-catalog";
import { ListEntitiesCommand } from "@aws-sdk/client-marketplace-catalog";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { startMarketplace } from "../../../backend";
import { Catalog, catalogOf, madeBy, openCatalog } from "./catalog-market";
import { change, newListing } from "./listing";
import { sellerImage } from "./seller-image";
import { TurningClock } from "./turning-clock";

const SELLER = "Seller@1.0";
const DAY = 24 * 3600_000;
const planted = ["219-09-9998", "219099998", "021000021", "000987654321"];

const register = (id = "$Seller.Entity.Identifier", kind = "Individual"): Change[] => [
  change("CreateSeller", SELLER, undefined, { LegalName: "Ana Silva", Kind: kind, Country: "US" }, "Seller"),
  inform(id),
];
const inform = (id: string, more: object = {}): Change =>
  change("UpdateInformation", SELLER, id, {
    DisplayName: "Silva Tools",
    Description: "Small tools for logs.",
    Brands: ["Example Corp"],
    Email: "ana@example.com",
    TermsAccepted: true,
    Sells: ["free", "paid"],
    Support: { Process: "We answer within a day.", Contact: "support@example.com" },
    UpdateProcess: "A version each month.",
    VulnerabilityProcess: "Scanned nightly.",
    ...more,
  });
const pay = (id: string, more: object = {}): Change =>
  change("UpdateDisbursementPreferences", SELLER, id, {
    Tax: { Form: "W-9", TaxpayerNumber: "219-09-9998" },
    Bank: { Country: "US", RoutingNumber: "021000021", AccountNumber: "000987654321" },
    ...more,
  });

let written = "";
beforeEach(() => {
  written = "";
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      written += String(text);
      return true;
    });
  }
});
afterEach(() => void vi.restoreAllMocks());

test("who registers for free products lists those, and paid ones once tax and bank are verified", async () => {
  const seller = (await openCatalog()).as("buyer");
  const image = await sellerImage(seller.market, {}, "buyer");
  await expect(seller.start(newListing("Log Agent", image))).rejects.toMatchObject({ name: "AccessDeniedException" });

  const id = madeBy(await seller.run(register()));
  expect((await seller.entity(id)).DetailsDocument).toMatchObject({ Verification: { MaySell: ["free"] } });
  const refused = await seller.run(newListing("Log Agent", image));
  expect(refused.Status).toBe("FAILED");
  const release = refused.ChangeSet?.find(({ ChangeType }) => ChangeType === "ReleaseOffer");
  expect(release?.ErrorDetailList?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    "INVALID_TAX_INFORMATION",
    "INCOMPATIBLE_PAYMENT_SETTINGS",
  ]);

  expect(await seller.run([pay(id)])).toMatchObject({ Status: "SUCCEEDED" });
  expect((await seller.entity(id)).DetailsDocument).toMatchObject({
    Verification: { MaySell: ["free", "paid"], Missing: [] },
  });
  expect(await seller.run(newListing("Log Agent", image))).toMatchObject({ Status: "SUCCEEDED" });

  // Taking buyers of AWS EMEA SARL asks for more, and the right to charge goes until it is there.
  expect(await seller.run([pay(id, { BuyersIn: ["EMEA"] })])).toMatchObject({ Status: "SUCCEEDED" });
  const again = await seller.run(newListing("Second Agent", image));
  const found = again.ChangeSet?.flatMap(({ ErrorDetailList = [] }) =>
    ErrorDetailList.map(({ ErrorCode }) => ErrorCode),
  );
  expect(found).toEqual(["INCOMPATIBLE_SELLER_VERIFICATION"]);
});

test("a region of AWS GovCloud (US) opens once the account there is named and ITAR is confirmed", async () => {
  const seller = (await openCatalog()).as("buyer");
  const id = madeBy(await seller.run(register()));
  const draft = await seller.draft("Log Agent");
  const add = [change("AddRegions", "AmiProduct@1.0", draft, { Regions: ["us-east-1", "us-gov-west-1"] })];
  const wish = (GovCloud?: object) => inform(id, { Sells: ["free", "govcloud"], ...(GovCloud && { GovCloud }) });
  madeBy(await seller.run([wish()]));
  const refused = await seller.run(add);
  expect(refused.ChangeSet?.[0]?.ErrorDetailList).toMatchObject([
    {
      ErrorCode: "INVALID_REGIONS",
      ErrorMessage: expect.stringMatching(/^Regions\[1\]: .*AWS GovCloud \(US\) account: 12 digits.*ITAR/),
    },
  ]);
  madeBy(await seller.run([wish({ AccountId: "222233334444", ItarConfirmed: true })]));
  expect(await seller.run(add)).toMatchObject({ Status: "SUCCEEDED" });
});

test("an account registers once", async () => {
  const seller = (await openCatalog()).as("buyer");
  madeBy(await seller.run(register()));
  const second = await seller.run(register());
  expect(second.ChangeSet?.[0]?.ErrorDetailList).toMatchObject([{ ErrorCode: "ENTITY_ALREADY_EXISTS" }]);
});

test("verification takes days, and goes on over a restart", async () => {
  const dataDir = folder();
  const clock = new TurningClock();
  const open = () => startMarketplace({ dataDir, clock, latency: "realistic", limits: false });
  let market = await open();
  const id = await catalogOf(market, "buyer").start([...register(), pay("$Seller.Entity.Identifier")]);
  await clock.turn(2 * DAY);
  expect(await catalogOf(market, "buyer").describe(id)).toMatchObject({ Status: "PREPARING" });
  await market.close();
  market = await open();
  await clock.turn(2 * DAY);
  const seller = catalogOf(market, "buyer");
  const entity = await seller.entity(madeBy(await seller.describe(id)));
  expect(entity.DetailsDocument).toMatchObject({ Verification: { MaySell: ["free", "paid"] } });
  await market.close();
});

test("planted tax and bank numbers are in no reply, log or file; their last digits are shown", async () => {
  const dataDir = folder();
  const market = await startMarketplace({ dataDir, limits: false });
  const seller = catalogOf(market, "buyer");
  const changes = [...register(), pay("$Seller.Entity.Identifier")];
  const made = await seller.run(changes, { ClientRequestToken: "once" });
  const id = madeBy(made);
  const asText = { ...pay(id), Details: JSON.stringify(pay(id).DetailsDocument), DetailsDocument: undefined };
  const wrong = pay(id, { Tax: { Form: "W-9", TaxpayerNumber: "000-09-9998", VatNumber: 219_099_998 } });
  const replies: unknown[] = [made, await seller.run([asText]), await seller.run([wrong]), await seller.entity(id)];
  const listed = new ListEntitiesCommand({ Catalog, EntityType: "Seller" });
  replies.push(await seller.catalog.send(listed));
  expect(replies[1]).toMatchObject({ Status: "SUCCEEDED" });
  expect(replies[2]).toMatchObject({ Status: "FAILED" });
  expect((await seller.entity(id)).DetailsDocument).toMatchObject({
    Disbursement: { Tax: { TaxpayerNumber: "*****9998" }, Bank: { AccountNumber: "*****4321" } },
  });
  expect(await seller.start(changes, { ClientRequestToken: "once" })).toBe(made.ChangeSetId);

  const found = () => readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file), "latin1"));
  const open = found();
  await market.close();
  for (const number of planted) {
    for (const text of [...replies.map((reply) => JSON.stringify(reply)), ...open, ...found(), written]) {
      expect(text).not.toContain(number);
    }
  }
  expect(statSync(join(dataDir, "secrets.key")).mode & 0o777).toBe(0o600);
});

test("with another key nothing is shown, and the change set that needs it fails by the marketplace's fault", async () => {
  const dataDir = folder();
  const clock = new TurningClock();
  const open = () => startMarketplace({ dataDir, clock, latency: "realistic", limits: false });
  let market = await open();
  const id = await catalogOf(market, "buyer").start([...register(), pay("$Seller.Entity.Identifier")]);
  await market.close();
  writeFileSync(join(dataDir, "secrets.key"), new Uint8Array(32));
  market = await open();
  await clock.turn(5 * DAY);
  expect(await catalogOf(market, "buyer").describe(id)).toMatchObject({
    Status: "FAILED",
    FailureCode: "SERVER_FAULT",
  });
  await market.close();
});

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), "registration-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
