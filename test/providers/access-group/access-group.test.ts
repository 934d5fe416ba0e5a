import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DetachGroupPolicyCommand,
  GetGroupCommand,
  GetPolicyCommand,
  AddUserToGroupCommand,
  PutGroupPolicyCommand,
} from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";
import { levelDocument } from "../../../marketplace/access/level-document";
import { levelGrants } from "../../../marketplace/access/level-grants";
import { accessGroup } from "../../../providers/access-group/reconciler";
import { unknownText } from "../../../providers/unknown";
import { askIam } from "../support/ask-iam";
import { motoMissing, openEmbedded, openMoto } from "../support/iam-places";
import { startRun } from "../support/market";

const none = { changes: false, replaces: [] };
const products = ["prod-1a2b3c4d5e6f7", "prod-7f6e5d4c3b2a1"];

const missing = motoMissing();
const places = [
  { place: "the embedded marketplace", open: openEmbedded, skip: undefined },
  { place: `moto's server${missing === undefined ? "" : ` (skipped: ${missing})`}`, open: openMoto, skip: missing },
];

describe.each(places)("on $place", ({ open, skip }) => {
  test.skipIf(skip)("a group rises through the levels, limits itself to products, and goes", async () => {
    const { iam } = await open();
    const ask = askIam(iam);
    const provider = startRun().provider(accessGroup);
    const declared = { name: "MarketplaceTeam", level: "view" };
    const { id, outs } = await provider.create((await provider.check({}, declared)).inputs);
    expect(id).toBe("MarketplaceTeam");
    expect(outs.path).toBe("/marketplace/access/paid-ami/dev/");
    expect(await ask.policiesOf(id)).toEqual(["AWSMarketplaceRead-only", id]);
    expect(await ask.document(String(outs.policyArn))).toEqual(levelGrants("view").own);
    expect(await provider.diff(id, outs, declared)).toEqual(none);

    let last = outs;
    for (const [level, ...policies] of [
      ["subscribe", "AWSMarketplaceManageSubscriptions", id],
      ["full-control", "AWSMarketplaceFullAccess"],
    ]) {
      const risen = { ...declared, level };
      expect(await provider.diff(id, last, risen)).toEqual({ changes: true, replaces: [] });
      last = (await provider.update(id, last, risen)).outs;
      expect(await ask.policiesOf(id)).toEqual(policies);
      expect(await provider.diff(id, last, risen)).toEqual(none);
    }

    const limited = { name: id, level: "subscribe", leastPrivilege: true, productIds: products };
    last = (await provider.update(id, last, limited)).outs;
    expect(await ask.policiesOf(id)).toEqual([id]);
    expect(await ask.document(String(last.policyArn))).toEqual(levelDocument("subscribe", products));
    expect(await provider.diff(id, last, limited)).toEqual(none);
    expect(await provider.read(id, last)).toMatchObject({ id, props: last, inputs: limited });

    // More than the five versions that IAM keeps of a policy.
    for (let i = 0; i < 7; i += 1) {
      const other = { ...limited, productIds: [`prod-${String(i)}`] };
      last = (await provider.update(id, last, other)).outs;
      expect(await ask.document(String(last.policyArn))).toEqual(levelDocument("subscribe", [`prod-${String(i)}`]));
    }

    await iam.send(new CreateUserCommand({ UserName: "carol" }));
    await iam.send(new AddUserToGroupCommand({ UserName: "carol", GroupName: id }));
    await provider.delete(id, last);
    await expect(iam.send(new GetGroupCommand({ GroupName: id }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
    await expect(iam.send(new GetPolicyCommand({ PolicyArn: String(last.policyArn) }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
    expect(await provider.read(id, last)).toEqual({ id: "" });
    await provider.delete(id, last);
  });

  test.skipIf(skip)(
    "policies that somebody detached, attached or wrote are found by refresh and put right",
    async () => {
      const { iam } = await open();
      const ask = askIam(iam);
      const provider = startRun().provider(accessGroup);
      const declared = { name: "MarketplaceViewers", level: "view" };
      const { id, outs } = await provider.create(declared);
      const GroupName = id;
      const policy = (name: string) => ({ GroupName, PolicyArn: `arn:aws:iam::aws:policy/${name}` });
      const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
      const written = { GroupName, PolicyName: "extra", PolicyDocument: JSON.stringify(everything) };
      const meddling = [
        () => iam.send(new DetachGroupPolicyCommand(policy("AWSMarketplaceRead-only"))),
        () => iam.send(new AttachGroupPolicyCommand(policy("AWSMarketplaceFullAccess"))),
        () => iam.send(new PutGroupPolicyCommand(written)),
      ];
      for (const meddle of meddling) {
        await meddle();
        const { props = {} } = await provider.read(id, outs);
        expect(await provider.diff(id, props, declared)).toEqual({ changes: true, replaces: [] });
        const mended = await provider.update(id, props, declared);
        expect(mended.outs).toEqual(outs);
        expect(await ask.policiesOf(id)).toEqual(["AWSMarketplaceRead-only", id]);
        expect(await ask.inlineOf(id)).toEqual([]);
      }
    },
  );
});

test("a group made by a run that could not save it is taken over; another's is left alone", async () => {
  const { iam } = await openEmbedded();
  const declared = { name: "MarketplaceViewers", level: "view" };
  await startRun().provider(accessGroup).create(declared);
  const { outs } = await startRun().provider(accessGroup).create(declared);
  expect(outs.policies).toEqual([outs.policyArn, "arn:aws:iam::aws:policy/AWSMarketplaceRead-only"]);

  await iam.send(new CreateGroupCommand({ GroupName: "Finance" }));
  await expect(startRun().provider(accessGroup).create({ name: "Finance", level: "full-control" })).rejects.toThrow(
    "name: there is a group Finance already, which this stack did not make.",
  );
  expect(await askIam(iam).policiesOf("Finance")).toEqual([]);
});

test("a group that somebody deleted is made again", async () => {
  const { iam } = await openEmbedded();
  const provider = startRun().provider(accessGroup);
  const declared = { name: "MarketplaceViewers", level: "view" };
  const { id, outs } = await provider.create(declared);
  for (const PolicyArn of outs.policies as string[]) {
    await iam.send(new DetachGroupPolicyCommand({ GroupName: id, PolicyArn }));
  }
  await iam.send(new DeleteGroupCommand({ GroupName: id }));
  await expect(provider.update(id, outs, { ...declared, level: "subscribe" })).rejects.toThrow("Refresh the stack");
  expect(await provider.read(id, outs)).toEqual({ id: "" });
  await provider.create(declared);
  expect(await askIam(iam).policiesOf(id)).toEqual(["AWSMarketplaceRead-only", id]);
});

test.each([
  ["an unknown level", { name: "Team", level: "admin" }, "level", 'There is no level "admin"'],
  ["no level", { name: "Team" }, "level", "A group needs a level"],
  ["a name that is too long", { name: "x".repeat(129), level: "view" }, "name", "at most 128 characters"],
  ["a name with a slash", { name: "a/b", level: "view" }, "name", "letters, digits"],
  [
    "products without limits",
    { name: "Team", level: "view", productIds: products },
    "productIds",
    "leastPrivilege: true only",
  ],
  [
    "limits without products",
    { name: "Team", level: "subscribe", leastPrivilege: true },
    "productIds",
    "which products",
  ],
  [
    "a product that is none",
    { name: "Team", level: "subscribe", leastPrivilege: true, productIds: ["*"] },
    "productIds[0]",
    "by its id",
  ],
  ["a misspelt property", { name: "Team", level: "view", levl: "view" }, "levl", "Did you mean level?"],
])("%s is told before anything is sent", async (_what, declared, property, reason) => {
  const { failures } = await startRun().provider(accessGroup).check({}, declared);
  expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
});

test("in preview, what is not known yet is no mistake", async () => {
  const { failures } = await startRun()
    .provider(accessGroup)
    .check({}, { name: unknownText, level: "subscribe", leastPrivilege: true, productIds: [unknownText] });
  expect(failures).toEqual([]);
});
