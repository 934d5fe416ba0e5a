import { describe, expect, test } from "vitest";
import { signedFetch } from "./signed-fetch";
import { wireServer } from "./wire-server";

const answerNothing = () => ({});

const server = wireServer({
  iam: {
    CreateRole: answerNothing,
    UntagRole: answerNothing,
    SimulateCustomPolicy: () => ({ EvaluationResults: [], IsTruncated: false }),
    DeleteRole: () => {
      throw new Error("A fault of ours.");
    },
  },
  sts: { GetCallerIdentity: () => ({ Arn: `"<a>&\r\n\0\ud800é` }) },
  ec2: {
    DescribeImages: answerNothing,
    RegisterImage: answerNothing,
    ModifySnapshotAttribute: answerNothing,
    DescribeTags: answerNothing,
  },
});

const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
const post = (service: string, body: string) => signedFetch(server.endpoint, { service, headers: form, body });
const get = (service: string, query: string) =>
  signedFetch(server.endpoint, { service, method: "GET", path: `/?${query}` });

const role = "Version=2010-05-08&Action=CreateRole&RoleName=r&AssumeRolePolicyDocument=p";
const required = { RoleName: "r", AssumeRolePolicyDocument: "p" };

describe("IAM reads", () => {
  test.each<[what: string, query: string, input: object]>([
    ["plain parameters", role, required],
    ["encoded ones", `${role}&Description=a+b%20c%2Bd%26%C3%A9`, { ...required, Description: "a b c+d&é" }],
    [
      "lists in the order of their numbers, whatever is left out",
      `${role}&Tags.member.10.Key=c&Tags.member.10.Value=3&Tags.member.2.Value=&Tags.member.2.Key=a`,
      {
        ...required,
        Tags: [
          { Key: "a", Value: "" },
          { Key: "c", Value: "3" },
        ],
      },
    ],
    ["an empty list", `${role}&Tags=`, { ...required, Tags: [] }],
    ["an empty list, as older clients write it", `${role}&Tags.member=`, { ...required, Tags: [] }],
    [
      "past what it does not know",
      `${role}&Colour=red&Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.1.X.1=y`,
      { ...required, Tags: [{ Key: "k", Value: "v" }] },
    ],
    ["numbers", `${role}&MaxSessionDuration=3600`, { ...required, MaxSessionDuration: 3600 }],
  ])("%s, from a form and from the address", async (_what, query, input) => {
    expect((await post("iam", query)).status).toBe(200);
    expect(server.inputs.at(-1)).toEqual(input);
    const address = query.replaceAll("+", "%20").split("&").toSorted().join("&");
    expect((await get("iam", address)).status).toBe(200);
    expect(server.inputs.at(-1)).toEqual(input);
  });

  test.each([
    ["a number that is none", `${role}&MaxSessionDuration=long`, 400, "MalformedInput"],
    ["an unknown action", "Version=2010-05-08&Action=Fly", 400, "InvalidAction"],
    ["an action of another version", role.replace("2010-05-08", "2009-01-01"), 400, "InvalidAction"],
    ["no action", "Version=2010-05-08", 400, "MissingAction"],
    ["an action that is not served", "Version=2010-05-08&Action=CreateSAMLProvider", 400, "InvalidAction"],
    ["a missing parameter", "Version=2010-05-08&Action=CreateRole&RoleName=r", 400, "ValidationError"],
  ])("not %s", async (_what, query, status, code) => {
    const reply = await post("iam", query);
    expect(reply.status).toBe(status);
    expect(reply.headers["content-type"]).toBe("text/xml");
    expect(reply.text).toMatch(
      new RegExp(
        `^<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}<`,
      ),
    );
  });
});

test("IAM's answers carry result and request id", async () => {
  const reply = await post("iam", "Version=2010-05-08&Action=UntagRole&RoleName=r&TagKeys.member.1=k");
  expect(reply.text).toBe(
    `<UntagRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>${String(reply.headers["x-amzn-requestid"])}</RequestId></ResponseMetadata></UntagRoleResponse>`,
  );
  const simulated = await post(
    "iam",
    "Version=2010-05-08&Action=SimulateCustomPolicy&PolicyInputList.member.1=p&ActionNames.member.1=a:b",
  );
  expect(simulated.text).toContain(
    "<SimulateCustomPolicyResult><EvaluationResults></EvaluationResults><IsTruncated>false</IsTruncated></SimulateCustomPolicyResult>",
  );
});

test("text that XML cannot carry does not break an answer", async () => {
  const reply = await post("sts", "Version=2011-06-15&Action=GetCallerIdentity");
  expect(reply.text).toContain("<Arn>&quot;&lt;a&gt;&amp;&#13;\n\ufffd\ufffdé</Arn>");
});

describe("EC2 reads", () => {
  const describeImages = "Version=2016-11-15&Action=DescribeImages";
  test.each<[what: string, query: string, input: object]>([
    [
      "flat lists under names of their own",
      `${describeImages}&ImageId.1=ami-1&ImageId.2=ami-2&Owner.1=self&ExecutableBy.1=all&Filter.1.Name=n&Filter.1.Value.1=a&Filter.1.Value.2=b`,
      {
        ImageIds: ["ami-1", "ami-2"],
        Owners: ["self"],
        ExecutableUsers: ["all"],
        Filters: [{ Name: "n", Values: ["a", "b"] }],
      },
    ],
    ["booleans", `${describeImages}&DryRun=false&IncludeDeprecated=true`, { DryRun: false, IncludeDeprecated: true }],
    [
      "structures in lists in structures",
      "Version=2016-11-15&Action=RegisterImage&Name=name&BlockDeviceMapping.1.DeviceName=/dev/xvda&BlockDeviceMapping.1.Ebs.SnapshotId=snap-1&BlockDeviceMapping.1.Ebs.VolumeSize=8",
      {
        Name: "name",
        BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId: "snap-1", VolumeSize: 8 } }],
      },
    ],
    [
      "names with and without a capital in the model",
      "Version=2016-11-15&Action=ModifySnapshotAttribute&SnapshotId=snap-1&CreateVolumePermission.Add.1.UserId=444455556666&UserGroup.1=all",
      { SnapshotId: "snap-1", CreateVolumePermission: { Add: [{ UserId: "444455556666" }] }, GroupNames: ["all"] },
    ],
  ])("%s", async (_what, query, input) => {
    expect((await post("ec2", query)).status).toBe(200);
    expect(server.inputs.at(-1)).toEqual(input);
  });

  test.each([
    [
      "a boolean that is none",
      `${describeImages}&DryRun=perhaps`,
      "InvalidParameterValue",
      "Value (perhaps) for parameter DryRun is invalid.",
    ],
    [
      "a missing parameter",
      "Version=2016-11-15&Action=ModifySnapshotAttribute",
      "MissingParameter",
      "The request must contain the parameter SnapshotId",
    ],
    [
      "an unknown action",
      "Version=2016-11-15&Action=Fly",
      "InvalidAction",
      "The action Fly for version 2016-11-15 is not valid for this web service.",
    ],
  ])("not %s", async (_what, query, code, message) => {
    const reply = await post("ec2", query);
    expect(reply.status).toBe(400);
    const id = String(reply.headers["x-amzn-requestid"]);
    expect(reply.text).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>${id}</RequestID></Response>`,
    );
  });
});

test("a fault of ours is said so, told once, and leaves the server running", async () => {
  const reply = await post("iam", "Version=2010-05-08&Action=DeleteRole&RoleName=r");
  expect(reply.status).toBe(500);
  expect(reply.text).toContain("<Type>Receiver</Type><Code>InternalFailure</Code>");
  expect(server.bugs).toMatchObject([{ message: "A fault of ours." }]);
  expect((await post("iam", role)).status).toBe(200);
});
