import { CreateVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DecodeAuthorizationMessageCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import type { connection } from "../catalog/catalog-market";
import { allow, openWithPeople, refusalOf, SELLER } from "./people";

type Settings = ReturnType<typeof connection>;

describe("a refusal of EC2 holds more than it says", () => {
  const volume = new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8 });
  const refusalIn = async (settings: Settings) =>
    / Encoded authorization failure message: (\S+)$/.exec(
      (await refusalOf(new EC2Client(settings).send(volume))) ?? "",
    )?.[1];

  test("for who may decode it", async () => {
    const { person } = await openWithPeople();
    const settings = await person(allow(["sts:DecodeAuthorizationMessage", "ec2:*"]), {
      Sid: "NoVolumes",
      Effect: "Deny",
      Action: "ec2:CreateVolume",
      Resource: "*",
    });
    const EncodedMessage = await refusalIn(settings);
    const { DecodedMessage = "" } = await new STSClient(settings).send(
      new DecodeAuthorizationMessageCommand({ EncodedMessage }),
    );
    expect(JSON.parse(DecodedMessage)).toMatchObject({
      allowed: false,
      explicitDeny: true,
      matchedStatements: { items: [{ statementId: "NoVolumes", effect: "DENY" }] },
      context: {
        principal: { name: "person-1", arn: `arn:aws:iam::${SELLER}:user/person-1` },
        action: "ec2:CreateVolume",
        resource: `arn:aws:ec2:us-east-1:${SELLER}:volume/*`,
        conditions: { items: [{ key: "ec2:Region", values: { items: [{ value: "us-east-1" }] } }] },
      },
    });
  });

  test("and for nobody else", async () => {
    const { person } = await openWithPeople();
    const settings = await person(allow("s3:*"));
    const EncodedMessage = await refusalIn(settings);
    expect(EncodedMessage).not.toContain("CreateVolume");
    const decode = new STSClient(settings).send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));
    await expect(decode).rejects.toThrow("not authorized to perform: sts:DecodeAuthorizationMessage");
  });

  test("and nothing that somebody else wrote", async () => {
    const { admin } = await openWithPeople();
    for (const EncodedMessage of ["none", "a".repeat(400)]) {
      const decode = new STSClient(admin()).send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));
      await expect(decode).rejects.toMatchObject({ name: "InvalidAuthorizationMessageException" });
    }
  });
});
