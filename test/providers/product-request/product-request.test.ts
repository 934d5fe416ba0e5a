import { expect, test } from "vitest";
import { audience } from "../../../providers/audience/reconciler";
import { privateExperience } from "../../../providers/experience/reconciler";
import { procurementPolicy } from "../../../providers/procurement-policy/reconciler";
import { productRequest } from "../../../providers/product-request/reconciler";
import { unknownText } from "../../../providers/unknown";
import { openBuyer, productsOnSale } from "../private-marketplace/buyer";
import { openMarket, startRun } from "../support/market";

const config = { "marketplace:profile": "buyer" };
const provider = (run = startRun(config)) => run.provider(productRequest);

/** A private marketplace that allows one product, takes requests, and governs the buyer. */
async function open() {
  const market = await openMarket();
  const [logs = "", queue = "", search = ""] = await productsOnSale(market, ["logs", "queue", "search"]);
  const run = startRun(config);
  const { id: experienceId } = await run.provider(privateExperience).create({ name: "Engineering", enabled: true });
  const policy = { experienceId, allow: [logs], requests: true };
  const made = await run.provider(procurementPolicy).create(policy);
  await run.provider(audience).create({ experienceId, principals: ["444455556666"] });
  const decide = (inputs: object) =>
    run.provider(procurementPolicy).update(made.id, made.outs, { ...policy, ...inputs });
  return { market, buyer: openBuyer(market), experienceId, logs, queue, search, decide };
}

test("a request is made once, answered by the policy of the administrators, and refresh brings the answer", async () => {
  const { buyer, experienceId, logs, queue, decide } = await open();
  const inputs = { productId: queue, notes: "For the billing team." };
  const { id, outs } = await provider().create(inputs);
  expect(outs).toMatchObject({ ...inputs, requestId: id, status: "Pending", experienceId });

  // The run that made it could not save it; the next one finds it.
  expect((await provider().create(inputs)).id).toBe(id);
  expect((await buyer.changeSets()).flat().filter((type) => type?.includes("Request"))).toHaveLength(1);

  await decide({ allow: [logs, queue] });
  const seen = await provider().read(id, outs);
  expect(seen.inputs).toEqual(inputs);
  expect(seen.props).toMatchObject({ status: "Approved" });
  expect(await provider().diff(id, seen.inputs ?? {}, inputs)).toMatchObject({ changes: false });

  const run = startRun(config);
  await provider(run).delete(id, outs);
  expect(JSON.stringify(run.host.said)).toContain(`${id} is approved and stays`);
  expect(await buyer.details(id)).toMatchObject({ Status: "Approved" });
});

test("a deleted request is taken back, read as gone, and may be made anew", async () => {
  const { buyer, queue } = await open();
  const { id, outs } = await provider().create({ productId: queue });
  await provider().delete(id, outs);
  expect(await buyer.details(id)).toMatchObject({ Status: "Cancelled" });
  expect(await provider().read(id, outs)).toEqual({ id: "" });
  await provider().delete(id, outs);
  const again = await provider().create({ productId: queue });
  expect(again.id).not.toBe(id);
  expect(again.outs).toMatchObject({ status: "Pending" });
});

test("another product or reason is another request, and the old one goes first", async () => {
  const diff = await provider().diff("procrequest-1", { productId: "a" }, { productId: "b", notes: "Why not" });
  expect(diff).toEqual({ changes: true, replaces: ["productId", "notes"], deleteBeforeReplace: true });
});

test("a product that is allowed already fails by its property and leaves nothing", async () => {
  const { buyer, logs } = await open();
  const before = (await buyer.changeSets()).length;
  await expect(provider().create({ productId: logs })).rejects.toThrow(
    /productId: Experience \S+ allows the product prod-logs already\. Subscribe to it\. \[ENTITY_IN_USE\]/,
  );
  expect(await buyer.changeSets()).toHaveLength(before + 1);
});

test.each([
  [{}, "productId", /needs productId/],
  [{ productId: "" }, "productId", /INVALID_INPUT/],
  [{ productId: "prod-1", notes: "x".repeat(1001) }, "notes", /1000/],
  [{ productId: "prod-1", note: "x" }, "note", /Did you mean notes/],
])("%j is refused in preview", async (inputs, property, reason) => {
  const { failures } = await provider().check({}, inputs);
  expect(failures.map((failure) => failure.property)).toEqual([property]);
  expect(failures[0]?.reason).toMatch(reason);
});

test("in preview a product that is not known yet is no mistake", async () => {
  expect((await provider().check({}, { productId: unknownText, notes: unknownText })).failures).toEqual([]);
});

test("on AWS nothing is sent, and the page to ask on is named", async () => {
  const { buyer, queue } = await open();
  const before = await buyer.changeSets();
  const endpoint = process.env.AWS_ENDPOINT_URL;
  // The profile's own endpoint leads to the test's marketplace, which stands in for AWS.
  delete process.env.AWS_ENDPOINT_URL;
  await expect(provider().create({ productId: queue })).rejects.toThrow(/Ask for prod-queue on its page/);
  process.env.AWS_ENDPOINT_URL = endpoint;
  expect(await buyer.changeSets()).toEqual(before);
});
