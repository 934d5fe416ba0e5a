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
