/** Days of an ISO 8601 duration that is given in days alone, as the catalog wants it for metered prices: `P365D` is 365. */
export function daysOf(duration: string): number | undefined {
  const days = /^P(\d{1,5})D$/.exec(duration)?.[1];
  return days === undefined ? undefined : Number(days);
}

/** `P365D` of 365. */
export function inDays(days: number): string {
  return `P${days}D`;
}

/** The moment so many days after another; both RFC 3339 in UTC. */
export function daysAfter(moment: string, days: number): string {
  return new Date(Date.parse(moment) + days * 86_400_000).toISOString();
}

/** The days that an ISO 8601 duration has at least: a month has 28, a year 365. */
export function leastDaysOf(duration: string): number {
  const [, years = "0", months = "0", days = "0"] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(duration) ?? [];
  const wholeMonths = Number(months);
  return Number(years) * 365 + Math.floor(wholeMonths / 12) * 365 + (wholeMonths % 12) * 28 + Number(days);
}
