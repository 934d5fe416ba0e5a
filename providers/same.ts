/** Both are the same JSON value; the order of an object's members says nothing, nor does a member that is undefined. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const leftEntries = members(left);
  const rightEntries = members(right);
  return (
    leftEntries.size === rightEntries.size &&
    [...leftEntries].every(([key, value]) => same(value, rightEntries.get(key)))
  );
}

function members(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}
