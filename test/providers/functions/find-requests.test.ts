import { expect, test } from "vitest";
import { getProductRequests } from "../../../providers/functions/find-requests";
import { catalogOf, madeBy } from "../../backend/catalog/catalog-market";
import { change } from "../../backend/catalog/listing";
import { productsOnSale } from "../private-marketplace/buyer";
import { openMarket } from "../support/market";

const EXPERIENCE = "Experience@1.0";
const REQUEST = "ProductProcurementRequest@1.0";
const NEW = "$New.Entity.Identifier";
const buyer = { profile: "buyer" };

test("those who decide see what is asked for, by whom and why, and of each how it stands", async () => {
  const market = await openMarket();
  const { run } = catalogOf(market, "buyer");
  const products = await productsOnSale(market, ["logs", "queue"]);
  expect(await getProductRequests(undefined, buyer)).toEqual([]);
  const made = await run([
    change("CreateExperience", EXPERIENCE, undefined, { Name: "Engineering" }, "New"),
    change("CreateProcurementPolicy", EXPERIENCE, NEW, { Configuration: { PolicyResourceRequests: "Allow" } }),
    change("AssociateAudience", EXPERIENCE, NEW, { Principals: ["444455556666"] }),
    change("UpdateExperience", EXPERIENCE, NEW, { Status: "Enabled" }),
  ]);
  const experienceId = madeBy(made);
  const requests: string[] = [];
  for (const ProductId of products) {
    const asked = change("CreateProductProcurementRequest", REQUEST, undefined, {
      ProductId,
      Notes: `Try ${ProductId}`,
    });
    requests.push(madeBy(await run([asked])));
  }
  madeBy(
    await run([change("AllowProductProcurement", EXPERIENCE, experienceId, { Products: [{ Ids: ["prod-logs"] }] })]),
  );

  const [logs, queue] = requests.map((requestId, i) => ({
    requestId,
    productId: products[i],
    notes: `Try ${products[i]}`,
    requestedBy: "arn:aws:iam::444455556666:user/admin",
    experienceId,
  }));
  expect(await getProductRequests(undefined, buyer)).toEqual([
    { ...logs, status: "Approved" },
    { ...queue, status: "Pending" },
  ]);
  expect(await getProductRequests("Pending", buyer)).toEqual([{ ...queue, status: "Pending" }]);
});

test("on AWS there is nothing to list them by", async () => {
  await openMarket();
  delete process.env.AWS_ENDPOINT_URL;
  await expect(getProductRequests("Pending", buyer)).rejects.toThrow(/AWS publishes no way to list requests/);
});
