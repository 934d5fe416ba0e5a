import { AwsError } from "../service";
import type { ObjectHeaders } from "./objects";

interface HeaderInput extends Omit<ObjectHeaders, "Expires" | "Metadata"> {
  readonly Expires?: Date | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
}

/**
 * The headers of a new object. `aws-chunked` says how the request was sent and is not kept; names of metadata are lower
 * case. Fails with MetadataTooLarge above 2 KB of metadata.
 */
export function readObjectHeaders(input: HeaderInput): ObjectHeaders {
  const encoding = (input.ContentEncoding ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && each !== "aws-chunked")
    .join(",");
  return {
    CacheControl: input.CacheControl,
    ContentDisposition: input.ContentDisposition,
    ContentEncoding: encoding === "" ? undefined : encoding,
    ContentLanguage: input.ContentLanguage,
    ContentType: input.ContentType ?? "binary/octet-stream",
    Expires: isTime(input.Expires) ? input.Expires.toISOString() : undefined,
    WebsiteRedirectLocation: input.WebsiteRedirectLocation,
    Metadata: readMetadata(input.Metadata ?? {}),
  };
}

function isTime(date: Date | undefined): date is Date {
  return date !== undefined && !Number.isNaN(date.getTime());
}

function readMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value] as const);
  const size = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size <= 2048) return Object.fromEntries(entries);
  throw new AwsError("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", {
    status: 400,
    members: { Size: size, MaxSizeAllowed: 2048 },
  });
}

/** The headers of a stored object as members of an answer. */
export function headerAnswer(headers: ObjectHeaders) {
  const { Expires, Metadata, ...plain } = headers;
  const expires = Expires === undefined ? undefined : new Date(Expires);
  return { ...plain, Metadata: { ...Metadata }, Expires: expires, ExpiresString: expires?.toUTCString() };
}
