import type { Problem } from "../problem";

/** The problem is about, or follows from, a place at which a stand-in was put. */
export function isBlind({ path }: Problem, blind: readonly string[]): boolean {
  return blind.some((place) => isWithin(path, place) || isWithin(place, path));
}

/** `pricing.hourly["m5.large"]` is within `pricing.hourly` and within itself. */
function isWithin(path: string, place: string): boolean {
  return path === place || (path.startsWith(place) && (place === "" || /^[.[]/.test(path.slice(place.length))));
}

/** Each problem once. */
export function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, path, message }) => {
    const key = `${code} ${path} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
