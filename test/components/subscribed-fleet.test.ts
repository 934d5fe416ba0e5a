import { SecurityGroup, Subnet } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { SubscribedFleet, type SubscribedFleetArgs } from "../../components/subscribed-fleet";

const made: { readonly name: string; readonly inputs: Readonly<Record<string, unknown>> }[] = [];

beforeEach(async () => {
  made.length = 0;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const { __provider: _, ...rest } = inputs;
        if (type.includes("marketplace:")) made.push({ name: `${type.split(":").at(-1) ?? ""} ${name}`, inputs: rest });
        return { id: `${name}-id`, state: { productId: "prod-found", ...rest } };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
  );
});

async function run(args: () => SubscribedFleetArgs) {
  const fleet = new SubscribedFleet("agents", args());
  await pulumi.runtime.disconnect();
  return fleet;
}

test("a subscription, then instances spread over the subnets, each by id or resource", async () => {
  await run(() => ({
    productId: "prod-1",
    instanceType: "m7i.large",
    size: 3,
    subnets: [new Subnet("a", { vpcId: "vpc-1" }), "subnet-b"],
    securityGroups: ["sg-1", new SecurityGroup("web")],
    purchaseOrder: "PO-7",
  }));
  const instance = { productId: "prod-1", instanceType: "m7i.large", securityGroupIds: ["sg-1", "web-id"] };
  expect(made.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: "MarketplaceInstance agents-0", inputs: { ...instance, resourceName: "agents-0", subnetId: "a-id" } },
    { name: "MarketplaceInstance agents-1", inputs: { ...instance, resourceName: "agents-1", subnetId: "subnet-b" } },
    { name: "MarketplaceInstance agents-2", inputs: { ...instance, resourceName: "agents-2", subnetId: "a-id" } },
    { name: "SubscribedFleet agents", inputs: {} },
    { name: "Subscription agents", inputs: { productId: "prod-1", purchaseOrder: "PO-7" } },
  ]);
});

test("a fleet has a whole number of instances", () => {
  expect(() => new SubscribedFleet("half", { productId: "prod-1", instanceType: "m7i.large", size: 1.5 })).toThrow(
    "size is a whole number from 0 on, not 1.5",
  );
});
