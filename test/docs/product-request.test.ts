import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { madeBy, openCatalog } from "../backend/catalog/catalog-market";
import { change } from "../backend/catalog/listing";
import { productsOnSale } from "../providers/private-marketplace/buyer";
import { blocksOf, pages } from "./pages";

const awsCli = spawnSync("aws", ["--version"], { stdio: "ignore" }).status === 0;
if (!awsCli) console.warn("Skipped: the aws CLI is not on PATH, so the page's commands were not tried.");

const EXPERIENCE = "Experience@1.0";
const NEW = "$New.Entity.Identifier";

test.skipIf(!awsCli)("the page's commands find a request and read it", { timeout: 60_000 }, async () => {
  const buyer = (await openCatalog()).as("buyer");
  const [productId = ""] = await productsOnSale(buyer.market, ["queue"]);
  madeBy(
    await buyer.run([
      change("CreateExperience", EXPERIENCE, undefined, { Name: "Engineering" }, "New"),
      change("CreateProcurementPolicy", EXPERIENCE, NEW, { Configuration: { PolicyResourceRequests: "Allow" } }),
      change("AssociateAudience", EXPERIENCE, NEW, { Principals: ["444455556666"] }),
      change("UpdateExperience", EXPERIENCE, NEW, { Status: "Enabled" }),
    ]),
  );
  const asking = change("CreateProductProcurementRequest", "ProductProcurementRequest@1.0", undefined, {
    ProductId: productId,
  });
  const request = madeBy(await buyer.run([asking]));

  const page = pages().find(({ path }) => path === "docs/resources/product-request.md");
  const [commands = "false"] = page === undefined ? [] : blocksOf(page, "sh").map(({ code }) => code);
  const { configFile, credentialsFile } = buyer.market;
  const { stdout } = await promisify(execFile)("bash", ["-ec", commands.replace(/procrequest-\w{13}/, request)], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_CONFIG_FILE: configFile,
      AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
      AWS_PROFILE: "buyer",
      AWS_PAGER: "",
    },
  });
  const listed = JSON.parse(stdout.slice(0, stdout.indexOf("]") + 1)) as unknown;
  expect(listed).toEqual([request]);
  expect(JSON.parse(stdout.slice(stdout.indexOf("]") + 1))).toMatchObject({
    EntityIdentifier: `${request}@1`,
    DetailsDocument: { ProductId: productId, Status: "Pending" },
  });
});
