import { KeyPair, SecurityGroup, Subnet } from "@pulumi/aws/ec2";
import { InstanceProfile } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { SubscribedFleet, type SubscribedFleetArgs } from "../../components/subscribed-fleet";
import { type Made, mockCloud } from "./mock-cloud";

const made: Made[] = [];

beforeEach(() => mockCloud(made, ({ name, inputs }) => ({ productId: "prod-found", name: `${name}-name`, ...inputs })));

/** What a fleet makes, without Pulumi's AWS resources around it. */
async function run(args: () => SubscribedFleetArgs) {
  const fleet = new SubscribedFleet("agents", args());
  await pulumi.runtime.disconnect();
  const ours = made.filter(({ type }) => ["MarketplaceInstance", "SubscribedFleet", "Subscription"].includes(type));
  const byName = Object.fromEntries(ours.map(({ type, name, inputs }) => [`${type} ${name}`, inputs]));
  return { fleet, byName };
}

test("a subscription, then instances spread over the subnets", async () => {
  const { byName } = await run(() => ({
    productId: "prod-1",
    instanceType: "m7i.large",
    size: 3,
    subnets: ["subnet-a", pulumi.output("subnet-b")],
    securityGroups: ["sg-1"],
    keyName: "operations",
    instanceProfile: "arn:aws:iam::444455556666:instance-profile/collector",
    purchaseOrder: "PO-7",
  }));
  const instance = {
    productId: "prod-1",
    instanceType: "m7i.large",
    securityGroupIds: ["sg-1"],
    keyName: "operations",
    instanceProfile: "arn:aws:iam::444455556666:instance-profile/collector",
  };
  expect(byName).toEqual({
    "SubscribedFleet agents": {},
    "Subscription agents": { productId: "prod-1", purchaseOrder: "PO-7" },
    "MarketplaceInstance agents-0": { ...instance, resourceName: "agents-0", subnetId: "subnet-a" },
    "MarketplaceInstance agents-1": { ...instance, resourceName: "agents-1", subnetId: "subnet-b" },
    "MarketplaceInstance agents-2": { ...instance, resourceName: "agents-2", subnetId: "subnet-a" },
  });
});

test("subnets, security groups, a key and a profile may be Pulumi's AWS resources", async () => {
  const { byName, fleet } = await run(() => ({
    productId: "prod-1",
    instanceType: "m7i.large",
    subnets: [new Subnet("a", { vpcId: "vpc-1" })],
    securityGroups: [new SecurityGroup("logs"), "sg-1"],
    keyName: new KeyPair("operations", { publicKey: "ssh-ed25519 AAAA", keyName: "operations-key" }),
    instanceProfile: new InstanceProfile("collector"),
  }));
  expect(byName["MarketplaceInstance agents-0"]).toEqual({
    productId: "prod-1",
    instanceType: "m7i.large",
    resourceName: "agents-0",
    subnetId: "a",
    securityGroupIds: ["logs", "sg-1"],
    keyName: "operations-key",
    instanceProfile: "collector-name",
  });
  expect(fleet.instances).toHaveLength(1);
});

test("a fleet by an offer launches the product that the subscription found", async () => {
  const { byName } = await run(() => ({ offerId: "offer-1", instanceType: "m7i.large" }));
  expect(byName["MarketplaceInstance agents-0"]).toMatchObject({ productId: "prod-found" });
});

test.each([1.5, -1, Number.NaN])("a fleet has a whole number of instances, not %s", (size) => {
  expect(() => new SubscribedFleet("half", { productId: "prod-1", instanceType: "m7i.large", size })).toThrow(
    `size is a whole number from 0 on, not ${size}`,
  );
});
