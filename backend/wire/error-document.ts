import type { Refusal } from "./api";
import type { JsonFormat } from "./json";

/**
 * The members of an error as JSON. A modelled error calls its text as its shape does (`Message` in the catalog, `message`
 * elsewhere); any other is called `message`.
 */
export function errorDocument(json: JsonFormat, refusal: Refusal): Record<string, unknown> {
  const { shape, message, members } = refusal;
  if (!shape) return { message, ...members };
  const text = shape.members.find((member) => member.name.toLowerCase() === "message")?.name ?? "message";
  const document = json.value(shape, { ...members, [text]: message }) as Record<string, unknown>;
  return text in document ? document : { message, ...document };
}
