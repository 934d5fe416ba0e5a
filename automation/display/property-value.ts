const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";

/** What previews hold in the place of values that only an update will know. */
const unknowns: Readonly<Record<string, string>> = {
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9": "output<string>",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7": "output<bool>",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421": "output<number>",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2": "output<list>",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff": "output<object>",
};

export type PropertyMap = Readonly<Record<string, unknown>>;

export function isPropertyMap(value: unknown): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(signatureKey in value);
}

export function isSecret(value: unknown): boolean {
  return (
    value === "[secret]" ||
    (typeof value === "object" && value !== null && signatureKey in value && value[signatureKey] === secretSignature)
  );
}

/** Provider code, versions and the like, which the person who wrote the program did not write. */
export function isInternalProperty(key: string): boolean {
  return key.startsWith("__");
}

const longest = 150;

/** A value that has no inside to show: `"text"`, `3`, `[secret]`, `output<string>`, `<null>`, `asset(file:1f2e3d)`. */
export function scalarText(value: unknown): string {
  if (isSecret(value)) return "[secret]";
  if (value === null || value === undefined) return "<null>";
  if (typeof value === "string") return unknowns[value] ?? quoted(value);
  if (typeof value === "object" && signatureKey in value) return specialText(value as PropertyMap);
  return typeof value === "object" ? JSON.stringify(value) : `${value as number | boolean}`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest)}…` : text);
}

function specialText(value: PropertyMap): string {
  const kinds: Record<string, string> = { [assetSignature]: "asset", [archiveSignature]: "archive" };
  const hash = typeof value["hash"] === "string" ? value["hash"].slice(0, 7) : "";
  return `${kinds[String(value[signatureKey])] ?? "value"}(${String(value["path"] ?? value["uri"] ?? "text")}:${hash})`;
}

/** The value as JSON may show it: secrets masked, unknowns as `output<…>`, internal properties left out. */
export function maskedValue(value: unknown): unknown {
  if (isSecret(value)) return "[secret]";
  if (typeof value === "string") return unknowns[value] ?? value;
  if (Array.isArray(value)) return value.map(maskedValue);
  if (!isPropertyMap(value)) return typeof value === "object" && value !== null ? scalarText(value) : value;
  const shown = Object.entries(value).filter(([key]) => !isInternalProperty(key));
  return Object.fromEntries(shown.map(([key, inner]) => [key, maskedValue(inner)]));
}
