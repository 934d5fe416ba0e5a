/** How the catalog writes a moment: 20 characters, whole seconds, UTC. */
export function timestamp(moment: Date | string): string {
  const iso = typeof moment === "string" ? moment : moment.toISOString();
  return `${iso.slice(0, 19)}Z`;
}

/** Milliseconds since 1970 of `2026-03-01T12:00:00Z` or the same with milliseconds; NaN when it is no such moment. */
export function instant(text: string): number {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(text) ? Date.parse(text) : Number.NaN;
}
