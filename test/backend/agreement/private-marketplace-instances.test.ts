import { EC2Client, StartInstancesCommand, StopInstancesCommand } from "@aws-sdk/client-ec2";
import { expect, onTestFinished, test } from "vitest";
import { launch } from "../ec2/instances/launch";
import { catalogOf, connection, madeBy } from "../catalog/catalog-market";
import { change } from "../catalog/listing";
import { everything, openShop } from "./buyer";

const EXPERIENCE = "Experience@1.0";
const NEW = "$New.Entity.Identifier";

test("a subscription from before stays under a private marketplace: it launches and starts, and no second one is sold", async () => {
  const { market, entity, productId, offerId, ask, buy } = await openShop();
  const { DetailsDocument } = await entity(productId);
  const { Versions } = DetailsDocument as { Versions: { DeliveryOptions: { AmiAlias: string }[] }[] };
  const image = {
    ImageId: `resolve:ssm:${Versions[0]?.DeliveryOptions[0]?.AmiAlias}`,
    InstanceType: "m5.large",
  } as const;
  const ec2 = new EC2Client(connection(market, "buyer"));
  onTestFinished(() => ec2.destroy());
  await buy(offerId, everything);
  const { InstanceId = "" } = await launch(ec2, image);
  await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));

  const made = await catalogOf(market, "buyer").run([
    change("CreateExperience", EXPERIENCE, undefined, { Name: "Approved only" }, "New"),
    change("CreateProcurementPolicy", EXPERIENCE, NEW, { Configuration: { PolicyResourceRequests: "Deny" } }),
    change("AssociateAudience", EXPERIENCE, NEW, { Principals: ["444455556666"] }),
    change("UpdateExperience", EXPERIENCE, NEW, { Status: "Enabled" }),
  ]);
  expect(madeBy(made)).toMatch(/^exp-/);

  await expect(ask(offerId, everything)).rejects.toMatchObject({ reason: "DENIED_BY_PRIVATE_MARKETPLACE_POLICY" });
  await ec2.send(new StartInstancesCommand({ InstanceIds: [InstanceId] }));
  expect(await launch(ec2, image)).toHaveProperty("InstanceId");
});
