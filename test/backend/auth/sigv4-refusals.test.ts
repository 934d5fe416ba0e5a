import { DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ListEntitiesCommand, MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { credentials, wireServer } from "../wire/wire-server";

const answerNothing = () => ({});
const moment = new Date("2030-01-01T00:00:00Z");

const server = wireServer(
  {
    catalog: { ListEntities: answerNothing },
    sts: { GetCallerIdentity: answerNothing },
    ec2: { DescribeRegions: answerNothing },
    s3: { ListBuckets: answerNothing, GetObject: answerNothing },
  },
  { clock: { now: () => moment, schedule: () => () => undefined } },
);

const caller = { accountId: "111122223333", kind: "assumed-role", arn: "arn:x", userId: "AROA:s" } as const;
const session = { secretAccessKey: "session secret", sessionToken: "token", active: true, caller };
server.keys.set("ASIALIVE", { ...session, expiration: new Date(moment.getTime() + 1) });
server.keys.set("ASIAOVER", { ...session, expiration: moment });
server.keys.set("AKIAOFF", { secretAccessKey: "s", active: false, caller });

interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const call = {
  catalog: (signer: Signer, systemClockOffset = 0) =>
    new MarketplaceCatalogClient(options(signer, systemClockOffset)).send(
      new ListEntitiesCommand({ Catalog: "AWSMarketplace", EntityType: "AmiProduct" }),
    ),
  sts: (signer: Signer, systemClockOffset = 0) =>
    new STSClient(options(signer, systemClockOffset)).send(new GetCallerIdentityCommand({})),
  ec2: (signer: Signer, systemClockOffset = 0) =>
    new EC2Client(options(signer, systemClockOffset)).send(new DescribeRegionsCommand({})),
  s3: (signer: Signer, systemClockOffset = 0) =>
    new S3Client(options(signer, systemClockOffset)).send(new ListBucketsCommand({})),
};
type ServiceName = keyof typeof call;
const names = Object.keys(call) as ServiceName[];

function options(signer: Signer, systemClockOffset: number) {
  return { endpoint: server.endpoint, region: "us-east-1", credentials: signer, maxAttempts: 1, systemClockOffset };
}

const minutes = 60_000;

interface Refusals {
  readonly what: string;
  readonly signer: Signer;
  readonly offset?: number;
  readonly refused: Readonly<Record<ServiceName, readonly [code: string, status: number]>>;
}

const late = { ...credentials };
const refusals: readonly Refusals[] = [
  {
    what: "a wrong secret",
    signer: { ...credentials, secretAccessKey: "wrong" },
    refused: {
      catalog: ["InvalidSignatureException", 403],
      sts: ["SignatureDoesNotMatch", 403],
      ec2: ["AuthFailure", 401],
      s3: ["SignatureDoesNotMatch", 403],
    },
  },
  {
    what: "an unknown key",
    signer: { ...credentials, accessKeyId: "AKIANOBODY" },
    refused: {
      catalog: ["UnrecognizedClientException", 403],
      sts: ["InvalidClientTokenId", 403],
      ec2: ["AuthFailure", 401],
      s3: ["InvalidAccessKeyId", 403],
    },
  },
  {
    what: "a key that is switched off",
    signer: { accessKeyId: "AKIAOFF", secretAccessKey: "s" },
    refused: {
      catalog: ["UnrecognizedClientException", 403],
      sts: ["InvalidClientTokenId", 403],
      ec2: ["AuthFailure", 401],
      s3: ["InvalidAccessKeyId", 403],
    },
  },
  {
    what: "an expired session",
    signer: { accessKeyId: "ASIAOVER", secretAccessKey: "session secret", sessionToken: "token" },
    refused: {
      catalog: ["ExpiredTokenException", 403],
      sts: ["ExpiredToken", 403],
      ec2: ["RequestExpired", 400],
      s3: ["ExpiredToken", 400],
    },
  },
  {
    what: "the token of another session",
    signer: { accessKeyId: "ASIALIVE", secretAccessKey: "session secret", sessionToken: "another" },
    refused: {
      catalog: ["UnrecognizedClientException", 403],
      sts: ["InvalidClientTokenId", 403],
      ec2: ["AuthFailure", 401],
      s3: ["InvalidToken", 400],
    },
  },
  {
    what: "no session token",
    signer: { accessKeyId: "ASIALIVE", secretAccessKey: "session secret" },
    refused: {
      catalog: ["UnrecognizedClientException", 403],
      sts: ["InvalidClientTokenId", 403],
      ec2: ["AuthFailure", 401],
      s3: ["InvalidToken", 400],
    },
  },
  ...[-16, 16].map((by) => ({
    what: `a clock that is ${by} minutes off`,
    signer: late,
    offset: by * minutes,
    refused: {
      catalog: ["InvalidSignatureException", 403],
      sts: ["SignatureDoesNotMatch", 403],
      ec2: ["RequestExpired", 400],
      s3: ["RequestTimeTooSkewed", 403],
    } as const,
  })),
];

describe.each(refusals)("$what is refused", ({ signer, offset, refused }) => {
  test.each(names)("by %s in its own words", async (name) => {
    const [code, status] = refused[name];
    await expect(call[name](signer, offset)).rejects.toMatchObject({
      name: code,
      $metadata: { httpStatusCode: status },
    });
  });
});

test.each(names)("%s takes a live session with its token", async (name) => {
  await call[name]({ accessKeyId: "ASIALIVE", secretAccessKey: "session secret", sessionToken: "token" });
  expect(server.inputs.length).toBeGreaterThan(0);
});

test("four minutes are near enough for all, fourteen for S3 alone", async () => {
  await Promise.all(names.map((name) => call[name](credentials, 4 * minutes)));
  await call.s3(credentials, -14 * minutes);
  await expect(call.sts(credentials, -14 * minutes)).rejects.toThrow("Signature expired");
  await expect(call.sts(credentials, 14 * minutes)).rejects.toThrow("Signature not yet current");
});

describe("requests without a signature are refused in the language of their service", () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  test.each<[what: string, path: string, init: RequestInit, status: number, text: string]>([
    ["S3", "/bucket/key", {}, 403, "<Code>AccessDenied</Code>"],
    [
      "the catalog",
      "/ListEntities",
      { method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
      403,
      "Missing Authentication Token",
    ],
    [
      "STS",
      "/",
      { method: "POST", headers: form, body: "Action=GetCallerIdentity&Version=2011-06-15" },
      403,
      "<Code>MissingAuthenticationToken</Code>",
    ],
    ["IAM by GET", "/?Action=ListRoles&Version=2010-05-08", {}, 403, "<Code>MissingAuthenticationToken</Code>"],
    [
      "EC2",
      "/",
      { method: "POST", headers: form, body: "Action=DescribeRegions&Version=2016-11-15" },
      403,
      "<Response><Errors><Error><Code>MissingAuthenticationToken</Code>",
    ],
  ])("%s", async (_what, path, init, status, text) => {
    const reply = await fetch(server.endpoint + path, init);
    expect(reply.status).toBe(status);
    expect(await reply.text()).toContain(text);
  });
});

describe("a broken Authorization header", () => {
  const scope = "Credential=AKIAEXAMPLE/20260102/us-east-1/aws-marketplace/aws4_request";
  test.each([
    ["of another kind", "Basic abc", "<Code>"],
    ["without a signature", `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host`, "requires 'Signature' parameter"],
    ["without a date", `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=00`, "'X-Amz-Date' or a 'Date'"],
    ["with a short credential", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0", "<Code>"],
  ])("%s is refused with 400 or 403", async (_what, authorization, text) => {
    const reply = await fetch(`${server.endpoint}/ListEntities`, { method: "POST", headers: { authorization } });
    expect([400, 403]).toContain(reply.status);
    expect(await reply.text()).toContain(text);
  });
});

test("nothing above was a fault of the server", () => {
  expect(server.bugs).toEqual([]);
});
