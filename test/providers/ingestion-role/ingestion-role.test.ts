import {
  CreateRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import { ingestionRole } from "../../../providers/ingestion-role/reconciler";
import { openMarket, startRun } from "../support/market";

const RoleName = "MarketplaceIngestion";
const PolicyArn = "arn:aws:iam::aws:policy/AWSMarketplaceAmiIngestion";

test("a role is made, mended when its policy is detached, and removed", async () => {
  const { endpoint } = await openMarket();
  const iam = new IAMClient({ endpoint, region: "us-east-1", profile: "seller" });
  const provider = startRun().provider(ingestionRole);
  const { inputs, failures } = await provider.check({}, { name: RoleName });
  expect(failures).toEqual([]);
  const { id, outs } = await provider.create(inputs);
  expect(outs).toMatchObject({ arn: `arn:aws:iam::111122223333:role/${RoleName}`, admits: true });
  const attached = () => iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  expect(await attached()).toMatchObject({ AttachedPolicies: [{ PolicyArn }] });
  expect(await provider.diff(id, outs, inputs)).toEqual({ changes: false, replaces: [] });

  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  const read = await provider.read(id, outs);
  expect(await provider.diff(id, read.props ?? {}, inputs)).toMatchObject({ changes: true, replaces: [] });
  expect((await provider.update(id, read.props ?? {}, inputs)).outs).toMatchObject({ admits: true });
  expect(await attached()).toMatchObject({ AttachedPolicies: [{ PolicyArn }] });

  await provider.delete(id, outs);
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: "NoSuchEntityException" });
  expect(await provider.read(id, outs)).toEqual({ id: "" });
  await provider.delete(id, outs);
});

test("a role that an earlier run could not save is taken over; one made by hand is not touched", async () => {
  const { endpoint } = await openMarket();
  const iam = new IAMClient({ endpoint, region: "us-east-1", profile: "seller" });
  await startRun().provider(ingestionRole).create({ name: RoleName });
  expect(await startRun().provider(ingestionRole).create({ name: RoleName })).toMatchObject({ id: RoleName });

  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }] };
  const byHand = { RoleName: "ByHand", AssumeRolePolicyDocument: JSON.stringify(trust) };
  await iam.send(new CreateRoleCommand(byHand));
  const taken = startRun().provider(ingestionRole).create({ name: "ByHand" });
  await expect(taken).rejects.toThrow(/there is a role ByHand already/);
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "ByHand" }));
  expect(attached.AttachedPolicies).toEqual([]);
});

test("a name that IAM would refuse is refused before", async () => {
  const { failures } = await startRun().provider(ingestionRole).check({}, { name: "no spaces please" });
  expect(failures).toMatchObject([{ property: "name" }]);
});
