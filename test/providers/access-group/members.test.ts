import { expect, test } from "vitest";
import { accessGroup } from "../../../providers/access-group/reconciler";
import { accessUser } from "../../../providers/access-user/reconciler";
import { getAgreements, getEntitlements, getProduct, searchListings } from "../../../providers/functions/find";
import { groupMembership } from "../../../providers/group-membership/reconciler";
import { marketplaceInstance } from "../../../providers/marketplace-instance/reconciler";
import { subscription } from "../../../providers/subscription/reconciler";
import { everything } from "../../backend/agreement/buyer";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";

/** A shop, and how the buyer's people come to run programs of their own. */
async function open() {
  const shop = await openShopAsBuyer();
  const administrator = { ...process.env };
  /** From now on programs run with the keys of a member of a group of that level. */
  const becomeMember = async (level: string, more: object = {}) => {
    process.env = { ...administrator };
    const run = startRun();
    const group = `Group-${level}`;
    await run.provider(accessGroup).create({ name: group, level, ...more });
    const { outs } = await run.provider(accessUser).create({ name: `person-${level}`, accessKey: true });
    await run.provider(groupMembership).create({ user: `person-${level}`, group });
    delete process.env["AWS_PROFILE"];
    process.env["AWS_ACCESS_KEY_ID"] = String(outs.accessKeyId);
    process.env["AWS_SECRET_ACCESS_KEY"] = String(outs.secretAccessKey);
  };
  return { ...shop, becomeMember };
}

test("a program of a subscriber finds, subscribes, sees and cancels", async () => {
  const { becomeMember, productId, offerId } = await open();
  await becomeMember("subscribe");
  expect(await searchListings({ text: "log agent" })).toMatchObject([{ listingName: "Log Agent" }]);
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ productId });
  expect(await getAgreements(offerId)).toMatchObject([{ agreementId: id, status: "ACTIVE" }]);
  expect(await getEntitlements(id)).toEqual([{ productId, status: "PROVISIONED" }]);
  expect(await provider.read(id, outs)).toMatchObject({ id });
  await expect(
    startRun().provider(marketplaceInstance).create({ productId, instanceType: "m5.large" }),
  ).rejects.toThrow(/not authorized to perform: \w+:\w+/);
  await provider.delete(id, outs);
  expect(await provider.read(id, outs)).toMatchObject({ id: "" });
});

test("a program of somebody who views sees all that, and subscribes to nothing", async () => {
  const { becomeMember, productId, offerId, buy } = await open();
  await becomeMember("view");
  expect(await getProduct(productId)).toMatchObject({ productName: "Log Agent" });
  await expect(startRun().provider(subscription).create({ productId })).rejects.toThrow(
    "not authorized to perform: aws-marketplace:CreateAgreementRequest",
  );
  const agreementId = await buy(offerId, everything);
  expect(await getAgreements(offerId)).toMatchObject([{ agreementId, status: "ACTIVE" }]);
  expect(await getEntitlements(agreementId)).toEqual([{ productId, status: "PROVISIONED" }]);
});

test.each([
  ["AWS's policy", {}],
  ["limits", { leastPrivilege: true }],
])("a program of somebody in full control subscribes, launches, stops and terminates, with %s", async (_how, more) => {
  const { becomeMember, productId } = await open();
  await becomeMember("full-control", "leastPrivilege" in more ? { ...more, productIds: [productId] } : more);
  const run = startRun();
  const subscribed = await run.provider(subscription).create({ productId });
  const instances = run.provider(marketplaceInstance);
  const declared = { productId, instanceType: "m5.large", desiredState: "running" };
  const made = await instances.create(declared);
  expect(made.outs).toMatchObject({ state: "running" });
  const stopped = await instances.update(made.id, made.outs, { ...declared, desiredState: "stopped" });
  expect(stopped.outs).toMatchObject({ state: "stopped" });
  await instances.delete(made.id, stopped.outs);
  expect(await instances.read(made.id, stopped.outs)).toEqual({ id: "" });
  await run.provider(subscription).delete(subscribed.id, subscribed.outs);
});
