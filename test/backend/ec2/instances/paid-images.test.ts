import { DescribeImagesCommand, StartInstancesCommand, StopInstancesCommand } from "@aws-sdk/client-ec2";
import { CancelAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { everything } from "../../agreement/buyer";
import { paidShop } from "../../agreement/paid-shop";
import { AMI, change } from "../../catalog/listing";
import { launch, seen } from "./launch";

test("a paid image launches for subscribers only, and carries its product code", async () => {
  const { buy, offerId, agreements, productCode, paid, ec2 } = await paidShop();
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
  const { buy, offerId, paid, ec2 } = await paidShop();
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
  const { buy, offerId, productId, paid, ec2, run } = await paidShop();
  await buy(offerId, everything);
  await run([change("AddRegions", AMI, productId, { Regions: ["eu-central-1"] })]);
  await launch(ec2("eu-central-1"), paid);
  await run([change("RestrictRegions", AMI, productId, { Regions: ["eu-central-1", "eu-west-1"] })]);
  await launch(ec2("eu-central-1"), paid);
  await expect(launch(ec2("eu-west-1"), paid)).rejects.toMatchObject({ name: "UnsupportedOperation" });
});

test("an instance type that the product is not offered on is refused, and nothing runs", async () => {
  const { buy, offerId, paid, ec2, productCode } = await paidShop();
  await buy(offerId, everything);
  await expect(launch(ec2(), { ...paid, InstanceType: "c5.large" })).rejects.toMatchObject({
    name: "UnsupportedOperation",
    message: expect.stringContaining(`marketplace/pp?sku=${productCode}`),
  });
});
