import { DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { onTestFinished } from "vitest";
import { everything } from "../../backend/agreement/buyer";
import { connection } from "../../backend/catalog/catalog-market";
import { openShopAsBuyer } from "../support/shop";

/** A buyer beside a listing, who may subscribe to it, and an EC2 client of the test's own to ask what really is there. */
export async function openSubscribed(...options: Parameters<typeof openShopAsBuyer>) {
  const shop = await openShopAsBuyer(...options);
  const ec2 = new EC2Client(connection(shop.market, "buyer"));
  onTestFinished(() => ec2.destroy());
  const really = async (InstanceId: string) => {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }));
    return Reservations?.[0]?.Instances?.[0];
  };
  /** The ids of all instances that are not terminated. */
  const living = async () => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    return Reservations.flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => State?.Name !== "terminated")
      .map(({ InstanceId = "" }) => InstanceId);
  };
  return { ...shop, ec2, really, living, subscribe: () => shop.buy(shop.offerId, everything) };
}
