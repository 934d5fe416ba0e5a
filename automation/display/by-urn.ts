/** What belongs to one resource together, in the order in which resources first appear; `""` holds what belongs to none. */
export function byUrn<T extends { readonly urn?: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const urn = item.urn ?? "";
    const group = groups.get(urn);
    if (group === undefined) groups.set(urn, [item]);
    else group.push(item);
  }
  return groups;
}
