import { leastDaysOf } from "../../durations";
import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { PriceIncrease, RenewalTerm, ScheduleTemplate } from "./terms";

/**
 * Rules on a renewal by itself: when it can still be called off or its price adjusted, by how much prices grow, and how
 * the renewed price is paid in parts. `days` is how long an agreement of the offer lasts at least, where that is known.
 * (Catalog API, Update renewal terms.)
 */
export function checkRenewal(term: RenewalTerm, days: number | undefined, path: string): Problem[] {
  return [
    ...checkPeriods(term, days, path),
    ...checkIncrease(term.PriceIncrease, `${path}.PriceIncrease`),
    ...(term.TermTemplates ?? []).flatMap((template, i) =>
      checkTemplate(template, days, `${path}.TermTemplates[${i}].Schedule`),
    ),
  ];
}

/** A percentage in hundredths, `2.5` is 250: whole numbers add up exactly. */
export function hundredthsOf(percentage: string): number | undefined {
  const parts = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percentage);
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : undefined;
}

function checkPeriods(term: RenewalTerm, days: number | undefined, path: string): Problem[] {
  const { LockoutPeriod: lockout, AdjustmentDeadline: deadline, PriceIncrease } = term;
  const fits = (period: string) => leastDaysOf(period) > 0 && (days === undefined || leastDaysOf(period) < days);
  const settled = lockout === undefined || deadline === undefined || leastDaysOf(deadline) >= leastDaysOf(lockout);
  return [
    ...unless(
      lockout === undefined || fits(lockout),
      "INVALID_LOCKOUT_PERIOD",
      `${path}.LockoutPeriod`,
      "The days before the end in which a renewal can no longer be called off are 1 at least, and fewer than the agreement has.",
    ),
    ...unless(
      deadline === undefined || fits(deadline),
      "INVALID_ADJUSTMENT_DEADLINE",
      `${path}.AdjustmentDeadline`,
      "The days before the end until which the price can be adjusted are 1 at least, and fewer than the agreement has.",
    ),
    ...unless(
      settled,
      "INVALID_ADJUSTMENT_DEADLINE",
      `${path}.AdjustmentDeadline`,
      `The buyer must know the price before the renewal can no longer be called off: give ${lockout} or more.`,
    ),
    ...unless(
      PriceIncrease?.Type !== "PercentageRange" || deadline !== undefined,
      "MISSING_ADJUSTMENT_DEADLINE",
      `${path}.AdjustmentDeadline`,
      "A range of price increases needs the deadline by which the increase is settled.",
    ),
  ];
}

function checkIncrease(increase: PriceIncrease | undefined, path: string): Problem[] {
  if (increase === undefined) return [];
  const code = "INVALID_PERCENTAGE_RANGE";
  const most = 100_00;
  if (increase.Type === "FixedPercentage") {
    const fine = (hundredthsOf(increase.Value) ?? 0) <= most;
    return unless(fine, code, `${path}.Value`, `A price grows by 100 percent at most, not ${increase.Value}.`);
  }
  const { MinValue, MaxValue, DefaultValue } = increase.Range;
  const [least = 0, greatest = 0, usual = 0] = [MinValue, MaxValue, DefaultValue].map(hundredthsOf);
  return [
    ...unless(
      greatest <= most,
      code,
      `${path}.Range.MaxValue`,
      `A price grows by 100 percent at most, not ${MaxValue}.`,
    ),
    ...unless(
      least <= greatest,
      code,
      `${path}.Range`,
      `The least increase, ${MinValue}, is more than the greatest, ${MaxValue}.`,
    ),
    ...unless(
      least > greatest || (least <= usual && usual <= greatest),
      code,
      `${path}.Range.DefaultValue`,
      `The usual increase must lie between ${MinValue} and ${MaxValue}, not at ${DefaultValue}.`,
    ),
  ];
}

function checkTemplate({ Schedule }: ScheduleTemplate, days: number | undefined, path: string): Problem[] {
  const offsets = Schedule.map(({ ChargeDateOffset }) => leastDaysOf(ChargeDateOffset));
  const twice = repeated(offsets);
  const shares = Schedule.map(({ ChargePercentage }) => hundredthsOf(ChargePercentage));
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0);
  return [
    ...unless(
      twice.length === 0,
      "DUPLICATE_CHARGE_DATE_OFFSETS",
      path,
      `${quoted(Schedule.filter((_, i) => twice.includes(offsets[i] ?? 0)).map(({ ChargeDateOffset }) => ChargeDateOffset))} fall on the same day; add their percentages together.`,
    ),
    ...offsets.flatMap((offset, i) =>
      unless(
        offset >= (offsets[i - 1] ?? 0) && (days === undefined || offset < days),
        "INVALID_CHARGE_DATE_OFFSETS",
        `${path}[${i}].ChargeDateOffset`,
        `${Schedule[i]?.ChargeDateOffset} must come after the charge before it, and before the renewed agreement ends.`,
      ),
    ),
    ...shares.flatMap((share, i) =>
      unless(
        share !== undefined && share > 0 && share <= 100_00,
        "INVALID_CHARGE_PERCENTAGES",
        `${path}[${i}].ChargePercentage`,
        `A share is 0.01 to 100 percent with two decimals at most, not ${Schedule[i]?.ChargePercentage}.`,
      ),
    ),
    ...unless(
      shares.includes(undefined) || sum === 100_00,
      "INVALID_CHARGE_PERCENTAGES",
      path,
      `The shares must come to 100 percent; they come to ${sum / 100}.`,
    ),
    ...Schedule.flatMap(({ ChargeDateOffset, DayOfMonth }, i) =>
      unless(
        DayOfMonth === undefined || ChargeDateOffset.endsWith("M"),
        "INVALID_DAY_OF_MONTH",
        `${path}[${i}].DayOfMonth`,
        `A day of the month goes with an offset in months, not with ${ChargeDateOffset}.`,
      ),
    ),
  ];
}
