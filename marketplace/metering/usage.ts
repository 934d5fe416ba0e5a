import { type Problem, repeated } from "../problem";

export const HOUR = 3_600_000;

/** How long after it happened usage can still be reported: AWS Marketplace Metering API Reference, MeterUsage. */
export const LATEST = 6 * HOUR;

export interface UsageAllocation {
  readonly AllocatedUsageQuantity: number;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** The hour that usage counts for: `2026-03-02T09:41:00Z` counts for 09:00. */
export function hourOf(moment: Date): string {
  return new Date(Math.floor(moment.getTime() / HOUR) * HOUR).toISOString();
}

/** Usage of the last six hours can be reported, and none of the future. */
export function checkUsageTime(moment: Date, now: Date): Problem[] {
  const age = now.getTime() - moment.getTime();
  if (age >= 0 && age <= LATEST) return [];
  const message =
    age < 0 ? "Usage of the future cannot be reported." : "Usage can be reported for six hours after it happened.";
  return [{ code: "TimestampOutOfBoundsException", path: "Timestamp", message }];
}

/** Parts of a usage that are told apart by tags: together all of it, no tag twice in one, no two alike. */
export function checkAllocations(allocations: readonly UsageAllocation[] | undefined, quantity: number): Problem[] {
  if (allocations === undefined) return [];
  const path = "UsageAllocations";
  const tags = allocations.map(({ Tags = [] }) => Tags);
  if (tags.some((each) => repeated(each.map(({ Key }) => Key)).length > 0)) {
    return [{ code: "InvalidTagException", path, message: "A tag stands once in an allocation." }];
  }
  const sets = tags.map((each) => JSON.stringify(each.map(({ Key, Value }) => [Key, Value]).toSorted()));
  const code = "InvalidUsageAllocationsException";
  if (repeated(sets).length > 0) return [{ code, path, message: "Two allocations have the same tags." }];
  const sum = allocations.reduce((total, { AllocatedUsageQuantity }) => total + AllocatedUsageQuantity, 0);
  if (sum === quantity) return [];
  return [{ code, path, message: `The allocations come to ${sum}, the usage to ${quantity}.` }];
}
