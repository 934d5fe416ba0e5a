import { createHash, createHmac } from "node:crypto";
import { request } from "node:http";
import { credentials } from "./wire-server";

export interface RawRequest {
  readonly service: string;
  readonly method?: string;
  /** As it goes on the wire, encoded. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Whose signature it bears; that of the tests' own server when absent. */
  readonly signer?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
}

/** Sends exactly these bytes, signed: what no SDK client would send. */
export function signedFetch(endpoint: string, raw: RawRequest): Promise<RawReply> {
  const { method = "POST", path = "/", body = "", signer = credentials } = raw;
  const amzDate = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const payload = createHash("sha256").update(body).digest("hex");
  const headers: Record<string, string> = {
    host: new URL(endpoint).host,
    "x-amz-date": amzDate,
    "x-amz-content-sha256": payload,
    ...raw.headers,
  };
  const names = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .toSorted();
  const values = names.map((name) => `${name}:${(headers[name] as string).trim()}\n`).join("");
  const [rawPath = "/", query = ""] = path.split("?");
  const canonicalPath = raw.service === "s3" ? rawPath : rawPath.split("/").map(encodeURIComponent).join("/");
  const canonicalQuery = query
    .split("&")
    .filter(Boolean)
    .map((part) => (part.includes("=") ? part : `${part}=`))
    .toSorted();
  const canonical = [
    method,
    canonicalPath,
    canonicalQuery.join("&"),
    values,
    names.join(";"),
    headers["x-amz-content-sha256"],
  ];
  const scope = [amzDate.slice(0, 8), "us-east-1", raw.service, "aws4_request"];
  const hashed = createHash("sha256").update(canonical.join("\n"), "latin1").digest("hex");
  const key = scope.reduce<string | Buffer>(
    (parent, part) => createHmac("sha256", parent).update(part).digest(),
    `AWS4${signer.secretAccessKey}`,
  );
  const signature = createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", amzDate, scope.join("/"), hashed].join("\n"))
    .digest("hex");
  const credential = [signer.accessKeyId, ...scope].join("/");
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return send(endpoint, { method, path, headers, body });
}

function send(endpoint: string, raw: Required<Omit<RawRequest, "service" | "signer">>): Promise<RawReply> {
  const { hostname, port } = new URL(endpoint);
  const { method, path, headers } = raw;
  return new Promise((resolve, reject) => {
    const sending = request({ hostname, port, method, path, headers }, (message) => {
      const parts: Buffer[] = [];
      message.on("data", (part: Buffer) => parts.push(part));
      message.on("error", reject);
      message.on("end", () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: message.statusCode ?? 0, headers: message.headers, bytes, text: bytes.toString() });
      });
    });
    sending.on("error", reject);
    sending.end(raw.body);
  });
}
