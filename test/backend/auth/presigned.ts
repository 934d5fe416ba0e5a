import { createHash, createHmac } from "node:crypto";

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An address of S3 that its holder may get for five minutes, in the manner of signature version 4. */
export function presigned(
  endpoint: string,
  path: string,
  { accessKeyId, secretAccessKey }: Key,
  secondsAgo = 0,
): string {
  const { host } = new URL(endpoint);
  const date = new Date(Date.now() - secondsAgo * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const scope = [date.slice(0, 8), "us-east-1", "s3", "aws4_request"];
  const query = Object.entries({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": [accessKeyId, ...scope].join("/"),
    "X-Amz-Date": date,
    "X-Amz-Expires": "300",
    "X-Amz-SignedHeaders": "host",
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const canonical = ["GET", path, query, `host:${host}\n`, "host", "UNSIGNED-PAYLOAD"].join("\n");
  const hashed = createHash("sha256").update(canonical).digest("hex");
  const text = ["AWS4-HMAC-SHA256", date, scope.join("/"), hashed].join("\n");
  return `${endpoint}${path}?${query}&X-Amz-Signature=${hmac(keyOf(secretAccessKey, scope), text).toString("hex")}`;
}

/** The same in the manner of version 2, which boto3 still signs addresses by. */
export function presignedV2(endpoint: string, path: string, { accessKeyId, secretAccessKey }: Key): string {
  const expires = Math.floor(Date.now() / 1000) + 300;
  const text = `GET\n\n\n${expires}\n${path}`;
  const signature = createHmac("sha1", secretAccessKey).update(text).digest("base64");
  const query = { AWSAccessKeyId: accessKeyId, Expires: String(expires), Signature: signature };
  return `${endpoint}${path}?${new URLSearchParams(query).toString()}`;
}

function keyOf(secret: string, scope: readonly string[]): Buffer {
  return scope.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
