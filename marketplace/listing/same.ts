/** Two values say the same: members that are absent, undefined, null or empty lists count alike, at any depth. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

/** The same values, in whatever order. */
export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.toSorted().join("\n") === b.toSorted().join("\n");
}

/** The values that only the first list has. */
export function without(values: readonly string[], others: readonly string[]): string[] {
  return values.filter((value) => !others.includes(value));
}

function plain(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(plain);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .flatMap(([name, member]) => (plain(member) === undefined ? [] : [[name, plain(member)] as const]))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
