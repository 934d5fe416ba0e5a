import { Malformed } from "./refusal";
import type { TimestampFormat } from "./shape";

/** As RFC 3339 and the Smithy date-time format have it, seconds required, any offset. */
const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(\.\d+)? GMT$/;
/** Years 0001 to 9999, which every client can print. */
const earliest = Date.parse("0001-01-01T00:00:00Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");

/** Reads a timestamp from text. AWS takes any of its formats where text is expected, so this does too. */
export function readTimestampText(text: string, format: TimestampFormat): Date {
  if (format !== "http-date" && dateTime.test(text)) return inRange(Date.parse(text));
  if (httpDate.test(text)) return inRange(Date.parse(text));
  if (dateTime.test(text)) return inRange(Date.parse(text));
  if (/^-?\d+(\.\d+)?([eE]\+?\d+)?$/.test(text)) return inRange(Number(text) * 1000);
  throw new Malformed(`Invalid timestamp: ${text.slice(0, 64)}`);
}

/** Reads seconds since 1970, with or without a fraction. */
export function readEpochSeconds(seconds: number): Date {
  return inRange(seconds * 1000);
}

/** Whole milliseconds are kept, as AWS keeps them; a time without them has none on the wire. */
export function writeTimestampText(date: Date, format: TimestampFormat): string {
  switch (format) {
    case "date-time":
      return date.toISOString().replace(".000Z", "Z");
    case "http-date":
      return date.toUTCString();
    case "epoch-seconds":
      return String(writeEpochSeconds(date));
  }
}

export function writeEpochSeconds(date: Date): number {
  return date.getTime() / 1000;
}

function inRange(milliseconds: number): Date {
  if (!(milliseconds >= earliest && milliseconds <= latest)) throw new Malformed("Timestamp out of range");
  return new Date(Math.round(milliseconds));
}
