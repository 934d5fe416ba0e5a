/**
 * One reason why the marketplace would refuse something. Checks return every problem they find, so that a person mends
 * them in one go; an empty list means that nothing stands in the way.
 */
export interface Problem {
  /** AWS's own error code where it documents one (`INVALID_DIMENSION`), else one in its manner. */
  readonly code: string;
  /** Where, from the root of what was checked: `Terms[0].RateCards[0].RateCard[2].DimensionKey`. */
  readonly path: string;
  /** What is wrong, of what, and what to do about it: one or two sentences. */
  readonly message: string;
}

/** The same problems, seen from a place further out: `at("Details", problems)`. */
export function at(prefix: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: joinPath(prefix, problem.path) }));
}

/** `joinPath("Terms[0]", "Schedule")` is `Terms[0].Schedule`; an index joins without a dot. */
export function joinPath(prefix: string, path: string): string {
  if (prefix === "" || path === "") return prefix + path;
  return path.startsWith("[") ? prefix + path : `${prefix}.${path}`;
}

/** One problem, or none where `fine` holds: `unless(days > 4, "INVALID_DURATION", "Duration", "…")`. */
export function unless(fine: boolean, code: string, path: string, message: string): Problem[] {
  return fine ? [] : [{ code, path, message }];
}

/** For a sentence: `"a", "b" and 3 more`. */
export function quoted(values: readonly string[], limit = 5): string {
  const shown = values.slice(0, limit).map((value) => JSON.stringify(value));
  const rest = values.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** The values that stand in a list more than once, each named once. */
export function repeated<T>(values: readonly T[]): T[] {
  const seen = new Set<T>();
  const twice = new Set<T>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return [...twice];
}
