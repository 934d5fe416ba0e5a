import { join } from "node:path";
import { DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { expect, onTestFinished, test } from "vitest";
import { exportState, run, type Operation } from "../../engine/index";
import { connection } from "../backend/catalog/catalog-market";
import { change, hourlyPrices, OFFER } from "../backend/catalog/listing";
import { scratchFolder } from "../engine/scratch";
import { agreementsOf, statusesOf } from "../providers/subscription/offers";
import { openShopAsBuyer } from "../providers/support/shop";

/** A program that declares what the environment says. */
const projectDir = join(__dirname, "../providers/bad-input/program");

/** A buyer's fleet on the embedded engine, beside the seller's listing. */
async function open() {
  const shop = await openShopAsBuyer();
  const ec2 = new EC2Client(connection(shop.market, "buyer"));
  onTestFinished(() => ec2.destroy());
  const place = { projectDir, stack: "dev", stateDir: scratchFolder(), passphrase: "a passphrase of the test" };
  const go = async (operation: Operation, size: number) => {
    const fleet = { productId: shop.productId, instanceType: "m5.large", size };
    const env = { DECLARED: JSON.stringify([["SubscribedFleet", "agents", fleet]]) };
    const steps: string[] = [];
    const { result, changes } = await run({
      ...place,
      operation,
      env,
      onEvent: ({ resourcePreEvent: step }) => {
        const name = step?.metadata.urn.split("::").slice(-2).join(" ").replace(/^.*:/, "") ?? "";
        if (step !== undefined && !["same", "read", "refresh"].includes(step.metadata.op)) {
          steps.push(`${step.metadata.op} ${name}`);
        }
      },
    });
    return { result, changes, steps };
  };
  const living = async () => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    return Reservations.flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => State?.Name === "running")
      .map(({ InstanceId = "" }) => InstanceId);
  };
  return { ...shop, place, go, living };
}

test(
  "a fleet is launched, shrinks, survives a new price, and ends before its subscription",
  { timeout: 120_000 },
  async () => {
    const { go, living, place, run: sell, offerId, ...shop } = await open();
    expect((await go("up", 3)).result).toBe("succeeded");
    const [first = "", second = "", third = ""] = await living();
    expect(third).not.toBe("");
    expect(await statusesOf(shop)).toEqual(["ACTIVE"]);

    const smaller = await go("up", 2);
    expect(smaller.steps).toEqual(["delete MarketplaceInstance agents-2"]);
    const left = await living();
    expect(left).toHaveLength(2);
    expect([first, second, third]).toEqual(expect.arrayContaining(left));

    await sell([
      change("UpdatePricingTerms", OFFER, offerId, hourlyPrices({ "m5.large": "0.08", "m5.xlarge": "0.20" })),
    ]);
    expect((await go("up", 2)).steps).toEqual([]);
    expect((await go("refresh", 2)).result).toBe("succeeded");
    expect((await go("preview", 2)).steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    expect((await go("up", 2)).steps).toEqual(["update Subscription agents"]);
    expect(await statusesOf(shop)).toEqual(["ACTIVE", "REPLACED"]);
    expect(await living()).toEqual(left);
    const active = (await agreementsOf(shop)).find(({ status }) => status === "ACTIVE");
    expect(JSON.stringify(await exportState(place))).toContain(`"agreementId":"${active?.agreementId}"`);

    const { steps } = await go("destroy", 2);
    expect(steps.indexOf("delete Subscription agents")).toBeGreaterThan(
      Math.max(...[0, 1].map((i) => steps.indexOf(`delete MarketplaceInstance agents-${i}`))),
    );
    expect(await living()).toEqual([]);
    expect(await statusesOf(shop)).toEqual(["CANCELLED", "REPLACED"]);
  },
);
