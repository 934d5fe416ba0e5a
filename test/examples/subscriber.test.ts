import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  DescribeAgreementCommand,
  GetAgreementTermsCommand,
  MarketplaceAgreementClient,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, onTestFinished, test } from "vitest";
import { readOutputs, run, type Operation } from "../../engine/index";
import { openShop } from "../backend/agreement/buyer";
import { connection } from "../backend/catalog/catalog-market";

const projectDir = join(__dirname, "../../examples/subscriber");

/** The example as a buyer runs it, beside a seller's listing; clients of the test's own ask what really is there. */
async function openExample() {
  const { market, productId, offerId } = await openShop();
  const buyer = connection(market, "buyer");
  const stateDir = mkdtempSync(join(tmpdir(), "subscriber-"));
  const agreements = new MarketplaceAgreementClient(buyer);
  const ec2 = new EC2Client(buyer);
  onTestFinished(() => {
    agreements.destroy();
    ec2.destroy();
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  });
  const place = { projectDir, stack: "dev", stateDir, passphrase: "a passphrase of the test" };
  const env = {
    AWS_ACCESS_KEY_ID: buyer.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: buyer.credentials.secretAccessKey,
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
  };
  const go = async (operation: Operation, desiredState = "running") => {
    const config = {
      "subscriber:search": "log agent",
      "subscriber:productId": productId,
      "subscriber:instanceType": "m5.large",
      "subscriber:desiredState": desiredState,
    };
    const { result, changes } = await run({ ...place, operation, env, config });
    return { result, changes };
  };
  const outputs = async () => {
    const all = Object.entries(await readOutputs(place));
    return Object.fromEntries(all.map(([name, { value }]) => [name, value] as const));
  };
  const instances = async () => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  };
  return { productId, offerId, agreements, go, outputs, instances };
}

test("a buyer finds, subscribes, launches, stops and cancels", { timeout: 120_000 }, async () => {
  const { productId, offerId, agreements, go, outputs, instances } = await openExample();
  expect(await go("preview")).toEqual({ result: "succeeded", changes: { create: 3 } });
  expect(await instances()).toEqual([]);

  expect(await go("up")).toEqual({ result: "succeeded", changes: { create: 3 } });
  const { agreementId, instanceId, ...others } = await outputs();
  expect(others).toEqual({
    found: ["Log Agent"],
    agreementStatus: "ACTIVE",
    hourlyPrice: "0.10",
    instanceState: "running",
  });
  const described = new DescribeAgreementCommand({ agreementId: String(agreementId) });
  expect(await agreements.send(described)).toMatchObject({
    status: "ACTIVE",
    proposalSummary: { offerId, resources: [{ id: productId }] },
  });
  const { acceptedTerms } = await agreements.send(new GetAgreementTermsCommand({ agreementId: String(agreementId) }));
  expect(JSON.stringify(acceptedTerms)).toContain('"dimensionKey":"m5.large"');
  expect(await instances()).toMatchObject([
    {
      InstanceId: instanceId,
      InstanceType: "m5.large",
      State: { Name: "running" },
      ProductCodes: [{ ProductCodeType: "marketplace" }],
      Tags: [{ Key: "Name", Value: "log-collector" }],
    },
  ]);
  expect(await go("up")).toEqual({ result: "succeeded", changes: { same: 3 } });

  expect(await go("up", "stopped")).toEqual({ result: "succeeded", changes: { same: 2, update: 1 } });
  expect(await instances()).toMatchObject([{ InstanceId: instanceId, State: { Name: "stopped" } }]);
  expect(await go("refresh", "stopped")).toMatchObject({ result: "succeeded" });
  expect(await go("up", "stopped")).toEqual({ result: "succeeded", changes: { same: 3 } });

  expect(await go("destroy")).toEqual({ result: "succeeded", changes: { delete: 3 } });
  expect(await instances()).toMatchObject([{ InstanceId: instanceId, State: { Name: "terminated" } }]);
  expect(await agreements.send(described)).toMatchObject({ status: "CANCELLED" });
});
