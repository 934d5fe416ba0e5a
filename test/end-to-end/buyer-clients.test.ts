import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../backend/index";
import { stock } from "./stocked-market";

const run = promisify(execFile);
const boto3 =
  spawnSync("python3", ["-c", "import boto3; boto3.client('marketplace-discovery', 'us-east-1')"], { stdio: "ignore" })
    .status === 0;
if (!boto3) console.warn("Skipped: boto3 with Discovery is not installed, so it was not tried as a buyer's client.");

describe.skipIf(!boto3)("boto3 with nothing but the profiles, every reply held against its model", () => {
  let market: RunningMarketplace;
  let shop: Awaited<ReturnType<typeof stock>>;
  beforeAll(async () => {
    market = await startMarketplace();
    shop = await stock(market);
  });
  afterAll(() => market.close());

  const python = async (script: string, given: object): Promise<unknown> => {
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_CONFIG_FILE: market.configFile,
      AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
      AWS_EC2_METADATA_DISABLED: "true",
      PYTHONDONTWRITEBYTECODE: "1",
    };
    const { stdout } = await run("python3", [join(__dirname, "clients", script), JSON.stringify(given)], { env });
    return JSON.parse(stdout);
  };

  test("finds, filters, counts and reads listings, products and offers", { timeout: 60_000 }, async () => {
    const malformed = ["ValidationException", 400, "MALFORMED_REQUEST_PARAMETERS"];
    const badToken = ["ValidationException", 400, "INVALID_PAGINATION_TOKEN"];
    const notFound = ["ResourceNotFoundException", 404];
    expect(await python("discovering.py", shop)).toEqual({
      all: [3, ["Log Agent", "Mail Gateway", "Secret Agent"]],
      word: ["Log Agent"],
      prefix: ["Mail Gateway"],
      withinWord: [],
      twoWords: ["Log Agent"],
      nothing: [],
      either: ["Log Agent", "Mail Gateway", "Secret Agent"],
      both: ["Mail Gateway", "Secret Agent"],
      neither: [],
      unrated: [],
      anyRating: 3,
      byPublisher: 3,
      byRating: ["Log Agent", "Mail Gateway", "Secret Agent"],
      strangers: ["Log Agent", "Mail Gateway"],
      onePerPage: [["Log Agent"], ["Mail Gateway"], ["Secret Agent"]],
      facets: {
        CATEGORY: { "log-analysis": 1, security: 2 },
        FULFILLMENT_OPTION_TYPE: { AMAZON_MACHINE_IMAGE: 3 },
        PRICING_MODEL: { USAGE: 3 },
      },
      allFacets: [
        "CATEGORY",
        "DEPLOYED_ON_AWS",
        "FULFILLMENT_OPTION_TYPE",
        "NUMBER_OF_PRODUCTS",
        "PRICING_MODEL",
        "PRICING_UNIT",
        "PUBLISHER",
      ],
      narrowed: [1, [1]],
      listing: [true, "DEPLOYED_ON_AWS"],
      product: "DEPLOYED",
      fulfillment: [["amazonMachineImageFulfillmentOption"]],
      offer: ["USAGE", [], false],
      private: [["PRIVATE_PRICING"], "2099-12-31T23:59:59.999000+00:00"],
      terms: ["configurableUpfrontPricingTerm", "legalTerm", "supportTerm", "usageBasedPricingTerm"],
      options: ["private", "public"],
      publicOptions: ["public"],
      privateOptions: ["private"],
      offerSets: [],
      bySeller: ["private", "public"],
      expired: [],
      strangersOptions: ["public"],
      refused: {
        noListing: notFound,
        noProduct: notFound,
        noOffer: notFound,
        noTerms: notFound,
        noOfferSet: notFound,
        noFulfillment: notFound,
        strangersOffer: notFound,
        noPurchaseFilter: malformed,
        otherPurchaseFilter: malformed,
        wrongScope: malformed,
        badToken,
        othersToken: badToken,
        otherQuery: badToken,
        tooMany: malformed,
        unknownFilter: malformed,
        noValues: malformed,
        emptyText: malformed,
        tooGood: malformed,
        twoRatings: malformed,
        missingId: malformed,
      },
      violations: [],
    });
  });
});
