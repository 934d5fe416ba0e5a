import { Malformed } from "./refusal";
import type { Shape, TimestampFormat } from "./shape";
import { readTimestampText, writeTimestampText } from "./timestamp";

/** Reads a value from text: a header, a query parameter, an XML element. Throws `Malformed` where it does not fit. */
export function readText(shape: Shape, text: string, timestamps: TimestampFormat): unknown {
  switch (shape.kind) {
    case "string":
    case "document":
      return text;
    case "boolean":
      if (text === "true" || text === "false") return text === "true";
      throw new Malformed(`Found '${text.slice(0, 64)}' where a boolean was expected.`);
    case "number":
      return readNumber(text);
    case "bigDecimal":
      return String(readNumber(text));
    case "bigInteger":
      if (/^-?\d{1,100}$/.test(text)) return BigInt(text);
      throw new Malformed(`Found '${text.slice(0, 64)}' where an integer was expected.`);
    case "timestamp":
      return readTimestampText(text, shape.format ?? timestamps);
    case "blob":
      if (/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) return new Uint8Array(Buffer.from(text, "base64"));
      throw new Malformed("Found text that is not base64.");
    default:
      throw new Malformed(`Found text where a ${shape.kind} was expected.`);
  }
}

/** The reverse of `readText`. */
export function writeText(shape: Shape, value: unknown, timestamps: TimestampFormat): string {
  switch (shape.kind) {
    case "timestamp":
      return writeTimestampText(value as Date, shape.format ?? timestamps);
    case "blob":
      return Buffer.from(value as Uint8Array).toString("base64");
    default:
      return String(value);
  }
}

function readNumber(text: string): number {
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (text === "NaN" || text === "Infinity" || text === "-Infinity") return Number(text);
  throw new Malformed(`Found '${text.slice(0, 64)}' where a number was expected.`);
}
