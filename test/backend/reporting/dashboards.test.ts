import { expect, test } from "vitest";
import type { RunningMarketplace } from "../../../backend";
import { everything } from "../agreement/buyer";
import { connection } from "../catalog/catalog-market";
import { byCall, CALLS, openSoftwareShop, SEATS } from "../catalog/software";
import { TurningClock } from "../catalog/turning-clock";
import { contractOf, takeSeats } from "../agreement/seat-contract";
import { signedFetch } from "../wire/signed-fetch";

const MINUTE = 60 * 1000;
const BUYER = "444455556666";
const AGREEMENTS = "Agreement_V1/Dashboard/AgreementSummary_V1";
const COSTS = "BillingEvent_V1/Dashboard/CostAnalysis_V1";
const arn = (dashboard: string, account = BUYER) =>
  `arn:aws:aws-marketplace::${account}:AWSMarketplace/ReportingData/${dashboard}`;

async function ask(market: RunningMarketplace, input: object, account = "buyer") {
  const { status, headers, text } = await signedFetch(market.endpoint, {
    service: "aws-marketplace",
    path: "/getBuyerDashboard",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ embeddingDomains: ["https://*.example.com/reports", "http://localhost:3000"], ...input }),
    signer: connection(market, account).credentials,
  });
  const body = JSON.parse(text) as { readonly embedUrl: string };
  return { status, error: headers["x-amzn-errortype"], body };
}

/** The cells of the table under a title, as a reader sees them. */
function rowsUnder(page: string, title: string): string[][] {
  const [, table = ""] = new RegExp(`<h2>${title}</h2>(.*?)(?=<h2>|</body>)`).exec(page) ?? [];
  return [...table.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) => cellsOf(row)).filter((row) => row.length > 0);
}

function cellsOf(row: string): string[] {
  return [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell = ""]) => cell);
}

test("the dashboards show what the account has agreed to and what it costs, from the agreements themselves", async () => {
  const shop = await openSoftwareShop({}, [SEATS], contractOf("1234.5"));
  const { market, buy, offerId } = shop;
  const agreementId = await buy(offerId, takeSeats);
  const open = async (dashboard: string) => {
    const { status, body } = await ask(market, { dashboardIdentifier: arn(dashboard) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ dashboardIdentifier: arn(dashboard) });
    return fetch(body.embedUrl);
  };
  const summary = await open(AGREEMENTS);
  expect(summary.status).toBe(200);
  expect(summary.headers.get("content-security-policy")).toContain(
    "frame-ancestors https://*.example.com http://localhost:3000",
  );
  const text = await summary.text();
  expect(rowsUnder(text, "Agreements by status")).toEqual([["ACTIVE", "1"]]);
  expect(rowsUnder(text, "Value of active agreements")).toEqual([["USD", "USD 1,234.50"]]);
  expect(rowsUnder(text, "Agreements")).toEqual([
    expect.arrayContaining([agreementId, "Log Service", "Example Corp", "ACTIVE", "USD 1,234.50"]),
  ]);
  const costs = await (await open(COSTS)).text();
  expect(rowsUnder(costs, "Charged so far, net of credits")).toEqual([["USD", "USD 1,234.50"]]);
  expect(rowsUnder(costs, "By month")).toEqual([
    [expect.stringMatching(/^\d{4}-\d{2}$/), "Log Service", "Example Corp", "USD 1,234.50", "USD 0.00", "USD 1,234.50"],
  ]);
});

test("an account that has bought nothing sees nothing, and a seller sees no buyer's figures", async () => {
  const { market, buy, offerId } = await openSoftwareShop();
  await buy(offerId, takeSeats);
  const { body } = await ask(market, { dashboardIdentifier: arn(AGREEMENTS, "111122223333") }, "seller");
  const page = await (await fetch(body.embedUrl)).text();
  expect(page).toContain("None.");
  expect(page).not.toContain("Log Service");
});

test("a link opens once and within five minutes, and what it opens can be read for an hour", async () => {
  const clock = new TurningClock();
  const { market } = await openSoftwareShop({ clock });
  const link = async () => (await ask(market, { dashboardIdentifier: arn(COSTS) })).body.embedUrl;
  const late = await link();
  await clock.turn(4 * MINUTE);
  const used = await link();
  await clock.turn(2 * MINUTE);
  expect((await fetch(late)).status).toBe(403);
  // What looks at links before people do opens none.
  expect((await fetch(used, { method: "HEAD" })).status).toBe(405);
  expect((await fetch(used.replace("CostAnalysis", "AgreementSummary"))).status).toBe(403);
  const opened = await fetch(used);
  expect(opened.status).toBe(200);
  expect((await fetch(used)).status).toBe(403);
  expect((await fetch(opened.url)).status).toBe(200);
  expect((await fetch(opened.url.replace("CostAnalysis", "AgreementSummary"))).status).toBe(403);
  expect((await fetch(`${opened.url.slice(0, -6)}AAAAAA`)).status).toBe(403);
  expect((await fetch(opened.url, { method: "POST" })).status).toBe(405);
  await clock.turn(61 * MINUTE);
  expect((await fetch(opened.url)).status).toBe(403);
});

test("titles that look like markup are text, and domains that look like rules are none", async () => {
  const shop = await openSoftwareShop();
  const { market, buy, offerId, productId, run } = shop;
  const title = `<script>"Logs" & more</script>`;
  const Entity = { Type: "SaaSProduct@1.0", Identifier: productId };
  await run([{ ChangeType: "UpdateInformation", Entity, DetailsDocument: { ProductTitle: title } }]);
  await buy(offerId, takeSeats);
  const embeddingDomains = ["https://app.example.com;sandbox/x"];
  const { body } = await ask(market, { dashboardIdentifier: arn(AGREEMENTS), embeddingDomains });
  const page = await fetch(body.embedUrl);
  expect(page.headers.get("content-security-policy")).toMatch(/frame-ancestors https:\/\/app\.example\.com$/);
  const text = await page.text();
  expect(text).not.toContain("<script>");
  expect(text).toContain("&#60;script&#62;&#34;Logs&#34; &#38; more&#60;/script&#62;");
});

test.each([
  ["another account's dashboard", { dashboardIdentifier: arn(COSTS, "111122223333") }, 403, "AccessDeniedException"],
  [
    "a dashboard that there is not",
    { dashboardIdentifier: arn("Other_V1/Dashboard/X_V1") },
    400,
    "BadRequestException",
  ],
  ["no domain", { dashboardIdentifier: arn(COSTS), embeddingDomains: [] }, 400, "BadRequestException"],
  [
    "three domains",
    { embeddingDomains: ["a", "b", "c"].map((one) => `https://${one}.example.com`) },
    400,
    "BadRequestException",
  ],
  ["a domain in plain HTTP", { embeddingDomains: ["http://example.com"] }, 400, "BadRequestException"],
])("%s is refused", async (_name, input, status, error) => {
  const { market } = await openSoftwareShop();
  expect(await ask(market, { dashboardIdentifier: arn(COSTS), ...input })).toMatchObject({ status, error });
});

test("an agreement by use has no value of its own", async () => {
  const { market, buy, offerId } = await openSoftwareShop({}, [CALLS], byCall("0.01"));
  await buy(offerId, everything);
  const { body } = await ask(market, { dashboardIdentifier: arn(AGREEMENTS) });
  const [row = []] = rowsUnder(await (await fetch(body.embedUrl)).text(), "Agreements");
  expect(row.at(-1)).toBe("by use");
});
