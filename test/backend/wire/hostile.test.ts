import { connect } from "node:net";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signedFetch, type RawRequest } from "./signed-fetch";
import { wireServer } from "./wire-server";

const answerNothing = () => ({});
const every = (...names: string[]) => Object.fromEntries(names.map((name) => [name, answerNothing]));

const server = wireServer({
  catalog: every("StartChangeSet", "ListEntities", "DescribeEntity", "PutResourcePolicy"),
  iam: every("CreateRole", "TagRole", "SimulateCustomPolicy"),
  sts: every("AssumeRole"),
  ec2: every("RegisterImage", "DescribeImages", "CreateTags"),
  s3: every(
    "PutObject",
    "GetObject",
    "DeleteObjects",
    "ListObjectsV2",
    "CreateBucket",
    "PutBucketTagging",
    "UploadPart",
  ),
});

const form = { "content-type": "application/x-www-form-urlencoded" };
const json = { "content-type": "application/json" };
const places: readonly (RawRequest & { readonly what: string })[] = [
  { what: "the catalog", service: "aws-marketplace", path: "/StartChangeSet", headers: json },
  { what: "IAM", service: "iam", headers: form },
  { what: "EC2", service: "ec2", headers: form },
  { what: "S3", service: "s3", path: "/bucket?delete" },
  {
    what: "S3's chunked uploads",
    service: "s3",
    method: "PUT",
    path: "/bucket/key",
    headers: { "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-decoded-content-length": "3" },
  },
];

const send = (raw: RawRequest) => signedFetch(server.endpoint, raw);

describe.each(places)("$what answers in its own way to", (place) => {
  test("any bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (body) => {
        expect((await send({ ...place, body })).status).toBeLessThan(500);
      }),
      { numRuns: 40 },
    );
  });

  test("any text", async () => {
    const syntax = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      ":",
      ",",
      "<a>",
      "</a>",
      "<Delete>",
      "&",
      "=",
      "%",
      "%zz",
      "+",
      ".",
      "1",
      "\0",
      "é",
      "\ud800",
      "null",
      "__proto__",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(syntax, fc.string()), { maxLength: 60 }), async (parts) => {
        expect((await send({ ...place, body: parts.join("") })).status).toBeLessThan(500);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the catalog reads change sets", () => {
  test("of any JSON", async () => {
    const key = fc.constantFrom(
      "__proto__",
      "constructor",
      "toString",
      "Catalog",
      "ChangeSet",
      "Entity",
      "DetailsDocument",
      "ChangeType",
    );
    const node = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: "small" }, fc.jsonValue(), fc.array(tie("value")), fc.dictionary(key, tie("value"))),
    })).value;
    await fc.assert(
      fc.asyncProperty(node, async (value) => {
        const reply = await send({
          service: "aws-marketplace",
          path: "/StartChangeSet",
          headers: json,
          body: JSON.stringify(value),
        });
        expect(reply.status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("with __proto__ as nothing but a name", async () => {
    const document =
      '{"Catalog":"AWSMarketplace","ChangeSet":[{"ChangeType":"A","Entity":{"Type":"T"},"DetailsDocument":{"__proto__":{"polluted":1}}}],"__proto__":{"polluted":1}}';
    await send({ service: "aws-marketplace", path: "/StartChangeSet", headers: json, body: document });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(server.inputs.at(-1))).toBe(Object.prototype);
  });

  test.each([
    [
      "documents a hundred thousand levels deep",
      `{"Catalog":"A","ChangeSet":[{"DetailsDocument":${"[".repeat(100_000)}${"]".repeat(100_000)}}]}`,
      400,
    ],
    ["a list of a hundred thousand", `{"ChangeSet":[${"{},".repeat(100_000)}{}]}`, 422],
    ["text cut off", '{"Catalog":"AWSMark', 400],
    ["UTF-8 cut off", Buffer.from([0x7b, 0x22, 0xc3]), 400],
    ["a byte order mark", "\ufeff{}", 422],
    ["nothing", "", 422],
  ])("and refuses %s", async (_what, body, status) => {
    expect((await send({ service: "aws-marketplace", path: "/StartChangeSet", headers: json, body })).status).toBe(
      status,
    );
  });
});

describe("forms", () => {
  const create = "Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%7D";
  const tags = "Action=CreateTags&Version=2016-11-15";
  test.each([
    ["IAM", "iam", `${create}${"&Tags.member.1.Key=".repeat(20_000)}`],
    ["IAM", "iam", `${create}&Tags${".member.1".repeat(50_000)}=1`],
    ["IAM", "iam", `${create}&Tags.member.999999999.Key=a&Tags.member.999999999.Value=b&Tags.member.-1.Key=c`],
    ["IAM", "iam", `${create}&__proto__.a=1&Tags.__proto__.polluted=1&constructor.prototype.a=1`],
    ["IAM", "iam", `${create}&Tags=1&Tags.member=2&Tags.member.1=3`],
    ["EC2", "ec2", `${tags}&ResourceId.1=a&ResourceId=b&Tag.1=c&Tag.1.Key.1=d&Tag.2.Key=%F0%9F%92%A9`],
    ["EC2", "ec2", `${tags}&ResourceId.1.2.3=a`],
    ["EC2", "ec2", `${tags}&Tag.1.Key=%E0%A4%A`],
    ["EC2", "ec2", "Action=constructor&Version=2016-11-15"],
    ["EC2", "ec2", "Action=__proto__&Version=2016-11-15"],
    ["EC2", "ec2", ""],
  ])("to %s (%s) are never our fault: %.60s", async (_what, service, body) => {
    expect((await send({ service, headers: form, body })).status).toBeLessThan(500);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("addresses", () => {
  test.each([
    ["s3", "GET", "/bucket/%zz", 400],
    ["s3", "GET", "/bucket/%ff", 400],
    ["s3", "GET", "/bucket/key?prefix=%", 400],
    ["s3", "GET", "/bucket/../../etc/passwd", 200],
    ["s3", "GET", "//", 405],
    ["s3", "PATCH", "/bucket/key", 405],
    ["s3", "GET", "/bucket?versioning", 501],
    ["s3", "GET", `/bucket/${"a".repeat(2000)}`, 200],
    ["aws-marketplace", "GET", "/DescribeEntity?catalog=AWSMarketplace&entityId=a&entityId=b&__proto__=c", 200],
    ["aws-marketplace", "GET", "/DescribeEntity", 422],
    ["aws-marketplace", "POST", "/DescribeEntity", 404],
    ["aws-marketplace", "GET", "/constructor", 404],
    ["dynamodb", "POST", "/", 404],
    ["__proto__", "POST", "/", 404],
  ])("%s: %s %s is answered with %i", async (service, method, path, status) => {
    expect((await send({ service, method, path })).status).toBe(status);
  });
});

test("bodies beyond the limit are refused without being read", async () => {
  const body = new Uint8Array(7 * 1024 * 1024);
  const reply = await send({ service: "aws-marketplace", path: "/StartChangeSet", body }).catch(() => undefined);
  // The connection may be closed while the client is still sending.
  expect(reply?.status ?? 413).toBe(413);
});

describe("what is not HTTP", () => {
  test.each([
    ["noise", "\0\x01\x02\r\n\r\n"],
    ["a header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n"],
    ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na"],
    ["a length and chunks", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na"],
    ["an endless header", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(100_000)}\r\n\r\n`],
    ["a proxy's request", "GET http://example.com/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
    ["CONNECT", "CONNECT example.com:443 HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["an upgrade", "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
    ["a request cut off", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab"],
    ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  ])("%s does not stop the server", async (_what, bytes) => {
    const answer = await sendRaw(bytes);
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
    expect((await send({ service: "sts", headers: form, body: "Action=AssumeRole&Version=2011-06-15" })).status).toBe(
      400,
    );
  });
});

/** Sends bytes, says no more, and returns what comes back within a moment. */
function sendRaw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(new URL(server.endpoint).port), "127.0.0.1", () => socket.end(bytes, "latin1"));
    const over = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("data", (part) => (answer += part.toString("latin1")));
    socket.on("error", over);
    socket.on("close", over);
    setTimeout(over, 300).unref();
  });
}

test("a service that is not here says so in XML to those who sent a form", async () => {
  const reply = await send({ service: "sns", headers: form, body: "Action=ListTopics&Version=2010-03-31" });
  expect(reply.status).toBe(404);
  expect(reply.text).toMatch(/^<ErrorResponse.*<Code>UnknownOperationException<\/Code>/);
});

test("nothing above was a fault of the server", () => {
  expect(server.bugs).toEqual([]);
});
