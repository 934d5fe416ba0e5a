import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import {
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { allow, SELLER } from "../auth/people";
import { assume, lists, openWithRoles, settingsOf } from "./roles";

/** A user with these rights, and a session of that. */
async function begun(...rights: readonly object[]) {
  const opened = await openWithRoles();
  const settings = await opened.person(...rights);
  const { Credentials } = await new STSClient(settings).send(new GetSessionTokenCommand({}));
  return { ...opened, own: settingsOf(settings, Credentials) };
}

describe("a session of one's own", () => {
  test("calls no IAM", async () => {
    const { own } = await begun(allow("*"));
    await expect(new IAMClient(own).send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
    expect(await lists(own)).toBeUndefined();
  });

  test("says who it is and takes roles, and calls nothing else of STS", async () => {
    const { own, role } = await begun(allow("*"));
    const sts = new STSClient(own);
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe(`arn:aws:iam::${SELLER}:user/person-1`);
    await assume(own, await role("Taken", [allow("*")]));
    const refused = { name: "AccessDenied", message: expect.stringMatching("with session credentials$") };
    const AccessKeyId = own.credentials.accessKeyId;
    await expect(sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject(refused);
    await expect(sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).rejects.toMatchObject(refused);
    const decode = new DecodeAuthorizationMessageCommand({ EncodedMessage: "none" });
    await expect(sts.send(decode)).rejects.toMatchObject(refused);
  });

  test("cannot begin with a second factor, which nobody has", async () => {
    const { admin, role } = await openWithRoles();
    const factor = { SerialNumber: `arn:aws:iam::${SELLER}:mfa/ana`, TokenCode: "123456" };
    const refused = { name: "AccessDenied", message: expect.stringMatching("^MultiFactorAuthentication failed") };
    const token = new STSClient(admin()).send(new GetSessionTokenCommand(factor));
    await expect(token).rejects.toMatchObject(refused);
    await expect(assume(admin(), await role("Taken", [allow("*")]), factor)).rejects.toMatchObject(refused);
  });
});
