import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../backend";
import { shopIn } from "../backend/agreement/buyer";
import { catalogOf } from "../backend/catalog/catalog-market";
import { profilesOf } from "./profiles";

const run = promisify(execFile);
const awsCli = spawnSync("aws", ["marketplace-discovery", "help"], { stdio: "ignore" }).status === 0;
if (!awsCli) console.warn("Skipped: the aws CLI with Discovery is not on PATH, so it was not tried as a buyer.");

test.skipIf(!awsCli)("the aws CLI searches, reads, buys and cancels", { timeout: 60_000 }, async () => {
  const market = await startMarketplace();
  onTestFinished(() => market.close());
  const { discover, termsOf, offerId, productId } = await shopIn(catalogOf(market));
  const aws = (...args: string[]) => cli(market, args);
  const agreements = (...args: string[]) => aws("marketplace-agreement", ...args);
  expect(await aws("marketplace-discovery", "search-listings", "--search-text", "log agent")).toMatchObject({
    listingSummaries: [{ listingName: "Log Agent" }],
  });
  expect(await aws("marketplace-discovery", "get-offer", "--offer-id", "offer-none")).toContain(
    "(ResourceNotFoundException)",
  );
  const { agreementProposalId } = await discover("getOffer", { offerId });
  const terms = Object.values(await termsOf(offerId)).map(({ id }) => ({ id }));
  const quote = ["--agreement-proposal-identifier", String(agreementProposalId), "--requested-terms"];
  const request = (await agreements(
    "create-agreement-request",
    "--intent",
    "NEW",
    ...quote,
    JSON.stringify(terms),
  )) as { agreementRequestId: string };
  const made = (await agreements("accept-agreement-request", "--agreement-request-id", request.agreementRequestId)) as {
    agreementId: string;
  };
  const filters = ["name=PartyType,values=Acceptor", "name=AgreementType,values=PurchaseAgreement"];
  expect(await agreements("search-agreements", "--filters", ...filters)).toMatchObject({
    agreementViewSummaries: [{ ...made, status: "ACTIVE", proposalSummary: { resources: [{ id: productId }] } }],
  });
  expect(await agreements("cancel-agreement", "--agreement-id", made.agreementId)).toBe("");
  expect(await agreements("cancel-agreement", "--agreement-id", made.agreementId)).toContain("(ValidationException)");
});

/** What the CLI prints, as JSON where it is; what it says on the error stream where it fails. */
async function cli(market: RunningMarketplace, args: readonly string[]): Promise<unknown> {
  const options = ["--profile", "buyer", "--output", "json"];
  try {
    const { stdout } = await run("aws", [...options, ...args], { env: profilesOf(market) });
    return stdout.trim() === "" ? "" : (JSON.parse(stdout) as unknown);
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}
