import type { JsonObject } from "../changes/change-type";
import { withoutUndefined } from "../listing/documents";
import type { OfferRenewal } from "./offer-spec";

/** The renewal term of a declared renewal: Catalog API, Update renewal terms. */
export function renewalTermOf(renewal: OfferRenewal): JsonObject {
  const { priceIncrease, priceIncreaseRange: range, lockout, adjustmentDeadline, maxRenewals, schedule } = renewal;
  const increase =
    range === undefined
      ? priceIncrease && { Type: "FixedPercentage", Value: priceIncrease }
      : {
          Type: "PercentageRange",
          Range: { MinValue: range.least, MaxValue: range.most, DefaultValue: range.usual },
        };
  const template = schedule && {
    Type: "PaymentScheduleTermTemplate",
    Schedule: schedule.map(({ after, percentage, dayOfMonth }) =>
      withoutUndefined({ ChargeDateOffset: after, ChargePercentage: percentage, DayOfMonth: dayOfMonth }),
    ),
  };
  return withoutUndefined({
    Type: "RenewalTerm",
    LockoutPeriod: lockout,
    AdjustmentDeadline: adjustmentDeadline,
    MaxRenewals: maxRenewals,
    PriceIncrease: increase,
    TermTemplates: template && [template],
  }) as JsonObject;
}

interface SeenRenewal {
  readonly LockoutPeriod?: string;
  readonly AdjustmentDeadline?: string;
  readonly MaxRenewals?: number;
  readonly PriceIncrease?: {
    readonly Value?: string;
    readonly Range?: { readonly MinValue: string; readonly MaxValue: string; readonly DefaultValue: string };
  };
  readonly TermTemplates?: readonly {
    readonly Schedule: readonly {
      readonly ChargeDateOffset: string;
      readonly ChargePercentage: string;
      readonly DayOfMonth?: number;
    }[];
  }[];
}

/** What a renewal term would be declared as. */
export function readRenewal(term: object): OfferRenewal {
  const { LockoutPeriod, AdjustmentDeadline, MaxRenewals, PriceIncrease, TermTemplates } = term as SeenRenewal;
  const range = PriceIncrease?.Range;
  return withoutUndefined({
    priceIncrease: PriceIncrease?.Value,
    priceIncreaseRange: range && { least: range.MinValue, most: range.MaxValue, usual: range.DefaultValue },
    lockout: LockoutPeriod,
    adjustmentDeadline: AdjustmentDeadline,
    maxRenewals: MaxRenewals,
    schedule: TermTemplates?.[0]?.Schedule.map(({ ChargeDateOffset, ChargePercentage, DayOfMonth }) =>
      withoutUndefined({ after: ChargeDateOffset, percentage: ChargePercentage, dayOfMonth: DayOfMonth }),
    ),
  });
}
