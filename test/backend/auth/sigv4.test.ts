import { describe, expect, test } from "vitest";
import { authenticate, type KnownKey } from "../../../backend/auth/sigv4";
import { withoutChunks } from "../../../backend/wire/aws-chunked";
import { splitForm, type WireRequest } from "../../../backend/wire/message";

// Keys, requests and signatures are those that AWS prints in its documentation.
const caller = { accountId: "111122223333", kind: "root", arn: "arn:aws:iam::111122223333:root", userId: "1" } as const;
const secrets: Readonly<Record<string, string>> = {
  AKIDEXAMPLE: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  AKIAIOSFODNN7EXAMPLE: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

function findKey(id: string): KnownKey | undefined {
  const secretAccessKey = secrets[id];
  return secretAccessKey === undefined ? undefined : { secretAccessKey, active: true, caller };
}

function request(method: string, url: string, headers: Record<string, string>, body = ""): WireRequest {
  const [rawPath = "/", query = ""] = url.split("?");
  return { method, rawPath, routePath: rawPath, query: splitForm(query), headers, body: Buffer.from(body) };
}

const at = (moment: string) => ({ real: new Date(moment), market: new Date(moment) });

function authorization(scope: string, signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=${scope}/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

const chunk = (data: string, signature: string): string =>
  `${data.length.toString(16)};chunk-signature=${signature}\r\n${data}\r\n`;

const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const s3Scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3";
const s3Headers = { host: "examplebucket.s3.amazonaws.com", "x-amz-date": "20130524T000000Z" };

describe("signatures that AWS documents are accepted", () => {
  const time2015 = "2015-08-30T12:36:00Z";
  const time2013 = "2013-05-24T00:00:00Z";
  test.each<[what: string, request: WireRequest, moment: string]>([
    [
      "a bare GET",
      request("GET", "/", {
        host: "example.amazonaws.com",
        "x-amz-date": "20150830T123600Z",
        authorization: authorization(
          "AKIDEXAMPLE/20150830/us-east-1/service",
          "host;x-amz-date",
          "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
      }),
      time2015,
    ],
    [
      "a query request to IAM",
      request("GET", "/?Action=ListUsers&Version=2010-05-08", {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        host: "iam.amazonaws.com",
        "x-amz-date": "20150830T123600Z",
        authorization: authorization(
          "AKIDEXAMPLE/20150830/us-east-1/iam",
          "content-type;host;x-amz-date",
          "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
        ),
      }),
      time2015,
    ],
    [
      "a part of an S3 object",
      request("GET", "/test.txt", {
        ...s3Headers,
        range: "bytes=0-9",
        "x-amz-content-sha256": empty,
        authorization: authorization(
          s3Scope,
          "host;range;x-amz-content-sha256;x-amz-date",
          "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
      }),
      time2013,
    ],
    [
      "an S3 object put under a name that must be encoded",
      request(
        "PUT",
        "/test%24file.text",
        {
          ...s3Headers,
          date: "Fri, 24 May 2013 00:00:00 GMT",
          "x-amz-storage-class": "REDUCED_REDUNDANCY",
          "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
          authorization: authorization(
            s3Scope,
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
          ),
        },
        "Welcome to Amazon S3.",
      ),
      time2013,
    ],
    [
      "a query parameter without a value",
      request("GET", "/?lifecycle", {
        ...s3Headers,
        "x-amz-content-sha256": empty,
        authorization: authorization(
          s3Scope,
          "host;x-amz-content-sha256;x-amz-date",
          "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
      }),
      time2013,
    ],
    [
      "a presigned URL of S3, a second before it expires",
      request(
        "GET",
        "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        { host: "examplebucket.s3.amazonaws.com" },
      ),
      "2013-05-24T23:59:59Z",
    ],
  ])("%s", (_what, signed, moment) => {
    expect(authenticate(signed, findKey, at(moment)).caller).toBe(caller);
  });
});

describe("an upload in signed chunks, as AWS documents it", () => {
  const seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
  const [first, second, last] = [
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
  ];
  const upload = (body: string): WireRequest =>
    request(
      "PUT",
      "/examplebucket/chunkObject.txt",
      {
        "content-encoding": "aws-chunked",
        "content-length": "66824",
        host: "s3.amazonaws.com",
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "x-amz-date": "20130524T000000Z",
        "x-amz-decoded-content-length": "66560",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
        authorization: authorization(
          s3Scope,
          "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
          seed,
        ),
      },
      body,
    );
  const received = (body: string): WireRequest => {
    const signed = upload(body);
    return withoutChunks(signed, authenticate(signed, findKey, at("2013-05-24T00:00:00Z")).seal);
  };

  test("arrives whole and without its encoding", () => {
    const whole = received(chunk("a".repeat(65536), first) + chunk("a".repeat(1024), second) + chunk("", last));
    expect(Buffer.from(whole.body).toString()).toBe("a".repeat(66560));
    expect(whole.headers).toMatchObject({ "content-length": "66560", "content-encoding": undefined });
  });

  test.each([
    ["a changed byte", chunk(`b${"a".repeat(65535)}`, first) + chunk("a".repeat(1024), second) + chunk("", last)],
    ["chunks in another order", chunk("a".repeat(1024), second) + chunk("a".repeat(65536), first) + chunk("", last)],
    ["a missing end", chunk("a".repeat(65536), first) + chunk("a".repeat(1024), second)],
    ["a missing chunk", chunk("a".repeat(65536), first) + chunk("", last)],
    ["an end that is not signed", `${chunk("a".repeat(65536), first)}${chunk("a".repeat(1024), second)}0\r\n\r\n`],
  ])("is refused with %s", (_what, body) => {
    expect(() => received(body)).toThrow(/signature does not match|terminated unexpectedly/);
  });
});

test("a signing key is not mistaken for that of another region, service or day", () => {
  const signed = request("GET", "/", {
    host: "example.amazonaws.com",
    "x-amz-date": "20150830T123600Z",
    authorization: authorization(
      "AKIDEXAMPLE/20150830/us-west-2/service",
      "host;x-amz-date",
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ),
  });
  expect(() => authenticate(signed, findKey, at("2015-08-30T12:36:00Z"))).toThrow("does not match");
});
