import { DescribeAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, onTestFinished, test } from "vitest";
import { subscription } from "../../../providers/subscription/reconciler";
import { byCall, CALLS, openSoftwareShop } from "../../backend/catalog/software";
import { startRun } from "../support/market";

/** Software as a service on the market; AWS's own variables make the buyer its client until the test ends. */
async function openAsBuyer(...sold: Parameters<typeof openSoftwareShop>) {
  const shop = await openSoftwareShop(...sold);
  const before = { ...process.env };
  const { configFile, credentialsFile, endpoint, region } = shop.market;
  Object.assign(process.env, {
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_PROFILE: "buyer",
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
  });
  onTestFinished(() => {
    process.env = before;
  });
  return shop;
}

test("software as a service is subscribed to by contract, as images are, and read back without a difference", async () => {
  const { productId, agreements } = await openAsBuyer();
  const declared = { productId, contract: { duration: "P12M", units: { seats: 1 } } };
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create(declared);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: id }))).toMatchObject({
    status: "ACTIVE",
    proposalSummary: { resources: [{ id: productId, type: "SaaSProduct" }] },
  });
  const { props = {} } = await provider.read(id, outs);
  expect(props).toEqual(outs);
  expect(await provider.diff(id, props, declared)).toMatchObject({ changes: false, replaces: [] });
});

test("software as a service by use is cancelled with its subscription", async () => {
  const { productId, agreements } = await openAsBuyer({}, [CALLS], byCall("0.01"));
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ productId });
  expect(outs.terms).toMatchObject({ prices: { calls: "0.01" } });
  await provider.delete(id, outs);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: id }))).toMatchObject({
    status: "CANCELLED",
  });
});
