import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeEntityCommand, MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import { expect, onTestFinished, test } from "vitest";
import { boughtUnder } from "../../backend/catalog/private-marketplace";
import { startMarketplace } from "../../backend/index";
import { readOutputs, run, type Operation } from "../../engine/index";
import { openBuyer, productsOnSale } from "../providers/private-marketplace/buyer";

const projectDir = join(__dirname, "../../examples/private-marketplace");
const BUYER = "444455556666";

test("a buyer declares what may be bought, and from then on nothing else may", { timeout: 120_000 }, async () => {
  const market = await startMarketplace();
  const stateDir = mkdtempSync(join(tmpdir(), "private-marketplace-"));
  onTestFinished(async () => {
    await market.close();
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  });
  const { accessKeyId = "", secretAccessKey = "" } = market.accounts.find(({ name }) => name === "buyer") ?? {};
  const [approved = "", other = ""] = await productsOnSale(market, ["approved", "other"]);
  const place = { projectDir, stack: "dev", stateDir, passphrase: "a passphrase of the test" };
  const env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
  };
  const go = async (operation: Operation, products: readonly string[]) => {
    const config = { "private-marketplace:products": JSON.stringify(products) };
    const { result, changes } = await run({ ...place, operation, env, config });
    return { result, changes };
  };
  const may = (product: string) =>
    market.market.store.transaction(() => boughtUnder(market.market.store, BUYER, product));

  expect(await may(other)).toMatchObject({ allowed: true });
  expect((await go("up", [approved])).result).toBe("succeeded");
  const { experienceId, status } = await readOutputs(place);
  expect(status?.value).toBe("Enabled");
  expect(await may(approved)).toMatchObject({ allowed: true, experienceId: experienceId?.value });
  expect(await may(other)).toMatchObject({ allowed: false, experienceId: experienceId?.value });

  expect((await go("up", [approved])).changes).toEqual({ same: 6 });
  expect((await go("up", [other, approved])).result).toBe("succeeded");
  expect(await may(other)).toMatchObject({ allowed: true });

  // What is no longer declared is denied, and what somebody allows by hand is found and denied as well.
  expect((await go("up", [approved])).result).toBe("succeeded");
  expect(await may(other)).toMatchObject({ allowed: false });
  await openBuyer(market).change("AllowProductProcurement", experienceId?.value, { Products: [{ Ids: [other] }] });
  expect((await go("refresh", [approved])).changes).toEqual({ same: 5, update: 1 });
  expect((await go("preview", [approved])).changes).toEqual({ same: 5, update: 1 });
  expect((await go("up", [approved])).result).toBe("succeeded");
  expect(await may(other)).toMatchObject({ allowed: false });

  expect((await go("destroy", [approved])).result).toBe("succeeded");
  expect(await may("prod-anything")).toMatchObject({ allowed: true });
  const client = new MarketplaceCatalogClient({
    endpoint: market.endpoint,
    region: market.region,
    credentials: { accessKeyId, secretAccessKey },
  });
  const left = new DescribeEntityCommand({ Catalog: "AWSMarketplace", EntityId: String(experienceId?.value) });
  expect((await client.send(left)).DetailsDocument).toMatchObject({ Status: "Disabled", AdminStatus: "Restricted" });
});
