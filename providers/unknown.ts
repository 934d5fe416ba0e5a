/** What stands in preview for a value that only the deployment will know; the Pulumi SDK's own constant. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The value is not known before the deployment. */
export function isUnknown(value: unknown): boolean {
  return value === unknownText;
}

/** The value, or something within it, is not known before the deployment. */
export function holdsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isUnknown(value);
  return Object.values(value).some(holdsUnknown);
}
