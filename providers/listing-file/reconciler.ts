import { readFile } from "node:fs/promises";
import { checkNames } from "../property-names";
import type { CheckFailure, Properties } from "../provider";
import type { Checked, Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { nameOf } from "../trouble";
import { holdsUnknown } from "../unknown";
import { contentTypeOf, hashOf, keyFor, urlOf } from "./file";

const inputNames = ["bucket", "source", "key", "contentType", "sha256", "connection"];

/** Another place is another object; the content of one place can change. */
const places = ["bucket", "key", "connection"];
const contents = ["sha256", "contentType"];

/** An object in S3, told apart by its content. The id is `bucket/key`. */
export const listingFile: Reconciler = {
  check: async (_olds, news) => {
    const failures = [...checkNames(news, inputNames, "ListingFile"), ...checkTexts(news)];
    return failures.length > 0 || holdsUnknown(news.source) ? { inputs: news, failures } : completed(news);
  },

  diff: (olds, news) => {
    const differ = (name: string) => !same(olds[name], news[name]);
    const replaces = places.filter(differ);
    return { changes: replaces.length > 0 || contents.some(differ), replaces };
  },

  create: async (place, inputs) => {
    const outs = await put(place, inputs);
    return { id: `${text(inputs.bucket)}/${text(inputs.key)}`, outs };
  },

  update: async (place, _id, _olds, news) => put(place, news),

  read: async ({ account }, id, props) => {
    const slash = id.indexOf("/");
    const [Bucket, Key] = [id.slice(0, slash), id.slice(slash + 1)];
    const { HeadObjectCommand } = await import("@aws-sdk/client-s3");
    const client = await account.clients.s3();
    try {
      const { ContentType, Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      const seen = { bucket: Bucket, key: Key, contentType: ContentType, sha256: Metadata?.sha256 ?? "" };
      const region = await client.config.region();
      const { url: _, ...declared } = props;
      return { props: { ...props, ...seen, url: urlOf(Bucket, region, Key) }, inputs: { ...declared, ...seen } };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  },

  delete: async ({ account }, id) => {
    const slash = id.indexOf("/");
    const { DeleteObjectCommand } = await import("@aws-sdk/client-s3");
    const client = await account.clients.s3();
    try {
      await client.send(new DeleteObjectCommand({ Bucket: id.slice(0, slash), Key: id.slice(slash + 1) }));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  },
};

function checkTexts(inputs: Properties): CheckFailure[] {
  const missing = ["bucket", "source"].filter((name) => inputs[name] === undefined || inputs[name] === "");
  const wrong = ["bucket", "source", "key", "contentType"].filter(
    (name) => inputs[name] !== undefined && typeof inputs[name] !== "string",
  );
  return [
    ...missing.map((property) => ({ property, reason: `A listing file needs a ${property}.` })),
    ...wrong.map((property) => ({ property, reason: `${property} is a text.` })),
  ];
}

/** The inputs with what the file itself says. */
async function completed(inputs: Properties): Promise<Checked> {
  const source = text(inputs.source);
  try {
    const sha256 = await hashOf(source);
    const { key = keyFor(source, sha256), contentType = contentTypeOf(source) } = inputs;
    return { inputs: { ...inputs, key, contentType, sha256 }, failures: [] };
  } catch (error) {
    const reason = `${source} cannot be read from ${process.cwd()}: ${error instanceof Error ? error.message : String(error)}`;
    return { inputs, failures: [{ property: "source", reason }] };
  }
}

async function put({ account }: Place, inputs: Properties): Promise<Properties> {
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  const [Bucket, Key, source] = [text(inputs.bucket), text(inputs.key), text(inputs.source)];
  const client = await account.clients.s3();
  try {
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: await readFile(source),
        ContentType: text(inputs.contentType),
        Metadata: { sha256: text(inputs.sha256) },
      }),
    );
  } catch (error) {
    if (nameOf(error) !== "NoSuchBucket") throw error;
    throw new Error(`bucket: there is no bucket ${Bucket} in account ${account.id}. Create it first. [NoSuchBucket]`, {
      cause: error,
    });
  }
  return { ...inputs, url: urlOf(Bucket, await client.config.region(), Key) };
}

function isGone(error: unknown): boolean {
  return ["NotFound", "NoSuchKey", "NoSuchBucket"].includes(nameOf(error));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
