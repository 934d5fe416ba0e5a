import type { DescribeEntityResponse } from "@aws-sdk/client-marketplace-catalog";
import type { Json } from "../../marketplace/changes/change-type";

/** Any JSON value, as the SDK types it. */
export type Document = DescribeEntityResponse["DetailsDocument"];

/** The same value for the wire, which only reads it: the SDK's type merely forgets to say so. */
export function asDocument(json: Json): Document {
  return json as Document;
}

/** What the wire read; it has already left out what JSON cannot carry. */
export function fromDocument(document: Document): Json {
  return document as Json;
}

/** The same text for equal values, whatever the order of their members. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}
