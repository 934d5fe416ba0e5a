import { DescribeVolumesCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreatePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { allow, policy, refusalOf, SELLER } from "../auth/people";
import { assume, lists, openWithRoles, type Settings } from "./roles";

const volumes = (settings: Settings) => refusalOf(new EC2Client(settings).send(new DescribeVolumesCommand({})));

test("a role's sessions end with the role, also where a new one takes the name", async () => {
  const { admin, iam, role } = await openWithRoles();
  const session = await assume(admin(), await role("Short", [allow("*")]));
  expect(await lists(session)).toBeUndefined();
  await iam.send(new DeleteRolePolicyCommand({ RoleName: "Short", PolicyName: "Rights" }));
  await iam.send(new DeleteRoleCommand({ RoleName: "Short" }));
  const asks = () => new STSClient(session).send(new GetCallerIdentityCommand({}));
  await expect(asks()).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  await role("Short", [allow("*")]);
  await expect(asks()).rejects.toMatchObject({ name: "InvalidClientTokenId" });
});

test("a role that shuts somebody out says so", async () => {
  const { admin, person, role } = await openWithRoles();
  const settings = await person(allow("sts:AssumeRole"));
  const Principal = { AWS: `arn:aws:iam::${SELLER}:user/person-1` };
  const arn = await role("Closed", [allow("*")], { Effect: "Deny", Principal });
  await expect(assume(settings, arn)).rejects.toThrow(
    `User: arn:aws:iam::${SELLER}:user/person-1 is not authorized to perform: sts:AssumeRole on resource: ${arn} ` +
      "with an explicit deny in the role trust policy",
  );
  await expect(assume(admin(), arn)).rejects.toThrow(/on resource: \S+\/Closed$/);
});

test("a session may do what the role, its boundary and the session's policies all allow", async () => {
  const { admin, iam, role } = await openWithRoles();
  const arn = await role("Limited", [allow(["s3:*", "ec2:DescribeVolumes"])]);
  const PermissionsBoundary = "arn:aws:iam::aws:policy/AWSMarketplaceFullAccess";
  const PolicyArns = [{ arn: "arn:aws:iam::aws:policy/PowerUserAccess" }];
  const wide = await assume(admin(), arn, { PolicyArns });
  expect(await volumes(wide)).toBeUndefined();
  expect(await volumes(await assume(admin(), arn, { Policy: policy(allow("s3:*")) }))).toMatch(
    "because no session policy allows the ec2:DescribeVolumes action",
  );
  const denying = policy(allow("*"), allow("ec2:*", { Effect: "Deny" }));
  expect(await volumes(await assume(admin(), arn, { Policy: denying, PolicyArns }))).toMatch(
    "with an explicit deny in a session policy",
  );
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: "Limited", PermissionsBoundary }));
  expect(await volumes(wide)).toMatch("because no permissions boundary allows the ec2:DescribeVolumes action");
  const edge = new CreatePolicyCommand({ PolicyName: "Edge", PolicyDocument: denying });
  const { Policy } = await iam.send(edge);
  const bounded = { RoleName: "Limited", PermissionsBoundary: Policy?.Arn };
  await iam.send(new PutRolePermissionsBoundaryCommand(bounded));
  expect(await volumes(wide)).toMatch(
    `with an explicit deny in a permissions boundary: arn:aws:iam::${SELLER}:policy/Edge`,
  );
});
