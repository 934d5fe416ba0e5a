import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import { outputValues } from "../display/outputs";
import { findProject } from "../project/project";
import type { Host } from "../terminal/host";
import { listingLines, priceLines } from "./listing-lines";
import { listingNow } from "./listing-now";
import { openTourMarket, type TourMarket } from "./market";
import { prepareSeller } from "./prepare";
import { runStep, type TourStack } from "./run-step";

/**
 * Shows the whole road once on an embedded marketplace: a plan, the listing it makes, no changes the second time, a new
 * price. State lives in a temporary folder, so nothing stays behind.
 */
export async function tour(host: Host, exampleDir: string, signal: AbortSignal): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), "marketplace-tour-"));
  let market: TourMarket | undefined;
  try {
    host.line(
      `\n${host.colors.bold("AWS Marketplace as code")}: one listing, from a program to the catalog, in six steps.`,
    );
    market = await openTourMarket(join(temporary, "market"));
    await walk(host, market, exampleDir, temporary, signal);
  } finally {
    await market?.close();
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function walk(
  host: Host,
  market: TourMarket,
  exampleDir: string,
  temporary: string,
  signal: AbortSignal,
): Promise<void> {
  const { colors } = host;
  const project = findProject(exampleDir);
  const stateDir = join(temporary, "state");
  const stack: TourStack = {
    projectDir: project.dir,
    project: project.name,
    stack: "dev",
    stateDir,
    env: market.env,
    signal,
  };
  const chapter = chapters(host);

  chapter("A marketplace of your own", `It listens on ${colors.cyan(market.endpoint)} and speaks AWS's own protocols.`);
  const results = await prepareSeller(market.seller);
  host.line("A seller's build pipeline has left an image, a role that may copy it, and a bucket:\n");
  for (const [name, value] of Object.entries(results)) host.line(`  ${name.padEnd(17)} ${colors.dim(value)}`);
  const config = Object.fromEntries(Object.entries(results).map(([key, value]) => [`${project.name}:${key}`, value]));

  chapter("What the program would change", `${command("preview")} reads examples/paid-ami and changes nothing.`);
  await runStep(host, stack, "preview", config);

  chapter("Make it so", `${command("up")} submits change sets to the catalog and follows them.`);
  const { productId, offerId } = idsOf(outputValues((await runStep(host, stack, "up", config)).stack));

  chapter("What now exists", "The catalog's own answer, asked with the AWS SDK:");
  const catalog = new MarketplaceCatalogClient({ ...market.seller });
  for (const line of listingLines(await listingNow(catalog, productId, offerId), colors))
    host.line(line && `  ${line}`);

  chapter("Once more", "The program has not changed, so nothing does.");
  await runStep(host, stack, "up", config);

  chapter("A lower price", "Ten percent off by the hour: one setting. First the difference, then the deed.");
  const discounted = { ...config, [`${project.name}:hourlyFactor`]: "0.9" };
  await runStep(host, stack, "preview", discounted);
  host.line();
  await runStep(host, stack, "up", discounted);
  host.line();
  for (const line of priceLines((await listingNow(catalog, productId, offerId)).prices, colors)) host.line(`  ${line}`);
  catalog.destroy();

  for (const line of nextSteps(host)) host.line(line);
}

const command = (name: string): string => `marketplace ${name}`;

/** Numbers the headings as they come. */
function chapters(host: Host): (title: string, text: string) => void {
  let number = 0;
  return (title, text) => {
    number += 1;
    host.line(`\n${host.colors.cyan(host.colors.bold(`${number}  ${title}`))}\n${text}\n`);
  };
}

function idsOf(outputs: Readonly<Record<string, unknown>>): { readonly productId: string; readonly offerId: string } {
  const { productId, offerId } = outputs;
  if (typeof productId !== "string" || typeof offerId !== "string") {
    throw new Error("The example exports no productId and offerId.");
  }
  return { productId, offerId };
}

/** The same by hand: the commands to type, in order. */
export function nextSteps({ colors }: Pick<Host, "colors">): string[] {
  return [
    "",
    colors.cyan(colors.bold("Your turn")),
    "The tour's marketplace is closed and gone. To do the same by hand, open one that stays:",
    "",
    "  npx marketplace backend start --port 4510 --data /tmp/market",
    "",
    "and in a second terminal, as its seller:",
    "",
    "  export AWS_ENDPOINT_URL=http://127.0.0.1:4510 AWS_PROFILE=seller AWS_REGION=us-east-1",
    "  export AWS_CONFIG_FILE=/tmp/market/config AWS_SHARED_CREDENTIALS_FILE=/tmp/market/credentials",
    "  npx marketplace example prepare --cwd examples/paid-ami",
    "  npx marketplace preview --cwd examples/paid-ami",
    "  npx marketplace up --cwd examples/paid-ami",
    "",
    `Then change a price in ${colors.bold("examples/paid-ami/prices.ts")} and preview again. All commands: npx marketplace --help`,
  ];
}
