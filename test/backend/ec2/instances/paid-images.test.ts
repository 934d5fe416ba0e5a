import {
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CancelAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, onTestFinished, test } from "vitest";
import type { RunningMarketplace } from "../../../../backend";
import { usageHours } from "../../../../backend/ec2/instances/paid-usage";
import { everything, openShop } from "../../agreement/buyer";
import { connection } from "../../catalog/catalog-market";
import { AMI, change } from "../../catalog/listing";
import { TurningClock } from "../../catalog/turning-clock";
import { launch, seen } from "./launch";

const buyerId = "444455556666";
const hour = 60 * 60 * 1000;

function ec2Of(market: RunningMarketplace, account: string, region = "us-east-1"): EC2Client {
  const client = new EC2Client({ ...connection(market, account), region });
  onTestFinished(() => client.destroy());
  return client;
}

/** A public listing with its alias and product code, and the buyer's EC2. */
async function shop(options: Parameters<typeof openShop>[0] = {}) {
  const opened = await openShop(options);
  const { DetailsDocument } = await opened.entity(opened.productId);
  const { Description, Versions } = DetailsDocument as {
    Description: { ProductCode: string };
    Versions: { DeliveryOptions: { AmiAlias: string }[] }[];
  };
  const alias = Versions[0]?.DeliveryOptions[0]?.AmiAlias ?? "";
  return {
    ...opened,
    productCode: Description.ProductCode,
    alias,
    paid: { ImageId: `resolve:ssm:${alias}`, InstanceType: "m5.large" } as const,
    ec2: (region?: string) => ec2Of(opened.market, "buyer", region),
  };
}

test("a paid image launches for subscribers only, and carries its product code", async () => {
  const { buy, offerId, agreements, productCode, paid, ec2 } = await shop();
  const buyer = ec2();
  await expect(launch(buyer, paid)).rejects.toMatchObject({
    name: "OptInRequired",
    message:
      "In order to use this AWS Marketplace product you need to accept terms and subscribe. To do so please visit " +
      `https://aws.amazon.com/marketplace/pp?sku=${productCode}`,
  });

  const agreementId = await buy(offerId, everything);
  const { InstanceId = "" } = await launch(buyer, paid);
  expect(await seen(buyer, InstanceId)).toMatchObject({
    State: { Name: "running" },
    ProductCodes: [{ ProductCodeId: productCode, ProductCodeType: "marketplace" }],
  });

  await agreements.send(new CancelAgreementCommand({ agreementId }));
  await expect(launch(buyer, paid)).rejects.toMatchObject({ name: "OptInRequired" });
  await buyer.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
  await expect(buyer.send(new StartInstancesCommand({ InstanceIds: [InstanceId] }))).rejects.toMatchObject({
    name: "OptInRequired",
  });
});

test("each region has an image of its own, and a region that is not offered has none", async () => {
  const { buy, offerId, paid, ec2 } = await shop();
  await buy(offerId, everything);
  const at = async (region: string) => (await launch(ec2(region), paid)).ImageId;
  const [here, there] = [await at("us-east-1"), await at("eu-west-1")];
  expect(here).not.toBe(there);
  await expect(ec2("eu-west-1").send(new DescribeImagesCommand({ ImageIds: [here ?? ""] }))).rejects.toMatchObject({
    name: "InvalidAMIID.NotFound",
  });
  await expect(at("eu-central-1")).rejects.toMatchObject({ name: "InvalidParameterValue" });
});

test("a region added later gets the image; one that is closed keeps it for those who run there", async () => {
  const { buy, offerId, productId, paid, ec2, run } = await shop();
  await buy(offerId, everything);
  await run([change("AddRegions", AMI, productId, { Regions: ["eu-central-1"] })]);
  await launch(ec2("eu-central-1"), paid);
  await run([change("RestrictRegions", AMI, productId, { Regions: ["eu-central-1", "eu-west-1"] })]);
  await launch(ec2("eu-central-1"), paid);
  await expect(launch(ec2("eu-west-1"), paid)).rejects.toMatchObject({ name: "UnsupportedOperation" });
});

test("an instance type that the product is not offered on is refused, and nothing runs", async () => {
  const { buy, offerId, paid, ec2, productCode } = await shop();
  await buy(offerId, everything);
  await expect(launch(ec2(), { ...paid, InstanceType: "c5.large" })).rejects.toMatchObject({
    name: "UnsupportedOperation",
    message: expect.stringContaining(`marketplace/pp?sku=${productCode}`),
  });
});

test("what runs is put down by the hour, and a stop ends it", async () => {
  const clock = new TurningClock(Date.now());
  const { buy, offerId, paid, ec2, market, productCode } = await shop({ clock });
  await buy(offerId, everything);
  const buyer = ec2();
  const { Instances = [] } = await buyer.send(new RunInstancesCommand({ ...paid, MinCount: 1, MaxCount: 1 }));
  const InstanceIds = [Instances[0]?.InstanceId ?? ""];
  await clock.turn(2 * hour);
  await buyer.send(new StopInstancesCommand({ InstanceIds }));
  await clock.turn(5 * hour);
  const used = usageHours(market.market.store, buyerId, productCode, clock.now());
  expect(used.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(7200);
  expect(used[0]).toMatchObject({ instance: InstanceIds[0], instanceType: "m5.large", region: "us-east-1" });
  expect(used.length).toBeLessThanOrEqual(3);
});
