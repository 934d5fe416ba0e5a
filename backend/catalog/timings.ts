import type { Change } from "../../marketplace/changes/change-type";
import type { Market } from "../service";
import { bareType } from "./arns";
import type { ChangeSet } from "./change-sets";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long the real service is seen to take, one stage after the other, in milliseconds. */
interface Timing {
  /** Until the checks that look at nothing but the catalog, image and role are through. */
  readonly check: number;
  /** Until copying, scanning and reviewing are done and the set turns APPLYING. */
  readonly prepare: number;
  /** Until all is written. */
  readonly apply: number;
}

/** Most changes to a product: minutes to hours. */
const PRODUCT: Timing = { check: 30 * SECOND, prepare: 15 * MINUTE, apply: 2 * MINUTE };
/** Private marketplaces: seconds to a minute. */
const EXPERIENCE: Timing = { check: 2 * SECOND, prepare: 5 * SECOND, apply: 5 * SECOND };
/** Offers: minutes. */
const OFFER: Timing = { check: 15 * SECOND, prepare: 2 * MINUTE, apply: 30 * SECOND };

/**
 * From the pages Work with seller products, Work with AMI-based products and Work with private offers, which give
 * ranges: minutes for offers, minutes to hours for products, hours for a scan, and up to 37 days for a review.
 */
const BY_CHANGE: Readonly<Record<string, Timing>> = {
  "Seller/CreateSeller": { check: 30 * SECOND, prepare: 10 * MINUTE, apply: MINUTE },
  "Seller/UpdateDisbursementPreferences": { check: 30 * SECOND, prepare: 3 * DAY, apply: MINUTE },
  "AmiProduct/CreateProduct": { check: 5 * SECOND, prepare: MINUTE, apply: 30 * SECOND },
  "AmiProduct/UpdateTargeting": { check: 10 * SECOND, prepare: 3 * MINUTE, apply: MINUTE },
  "AmiProduct/AddDeliveryOptions": { check: MINUTE, prepare: 3 * HOUR, apply: 5 * MINUTE },
  "AmiProduct/RestrictDeliveryOptions": { check: 30 * SECOND, prepare: 30 * MINUTE, apply: 5 * MINUTE },
  "AmiProduct/UpdateVisibility": { check: MINUTE, prepare: 5 * DAY, apply: 10 * MINUTE },
  "SaaSProduct/CreateProduct": { check: 5 * SECOND, prepare: MINUTE, apply: 30 * SECOND },
  "SaaSProduct/UpdateTargeting": { check: 10 * SECOND, prepare: 3 * MINUTE, apply: MINUTE },
  "SaaSProduct/UpdateVisibility": { check: MINUTE, prepare: 5 * DAY, apply: 10 * MINUTE },
};

const BY_TYPE: Readonly<Record<string, Timing>> = {
  Offer: OFFER,
  Experience: EXPERIENCE,
  ProductProcurementRequest: EXPERIENCE,
};

/** A restriction can be called off for 24 hours before the audit starts: Work with seller products. */
const RESTRICTION: Timing = { check: MINUTE, prepare: 2 * DAY, apply: 10 * MINUTE };

/** When a set that starts now passes from stage to stage. Its slowest change decides each stage. */
export function timetable(market: Market, changes: readonly Change[]): ChangeSet["timetable"] {
  const timings = market.latency === "realistic" ? changes.map(timingOf) : [];
  const start = market.clock.now().getTime();
  const check = start + slowest(timings.map((timing) => timing.check));
  const apply = Math.max(check, start + slowest(timings.map((timing) => timing.prepare)));
  const end = apply + slowest(timings.map((timing) => timing.apply));
  return { check: iso(check), apply: iso(apply), end: iso(end) };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}

function timingOf(change: Change): Timing {
  const type = bareType(change.entity.type);
  if (change.changeType === "UpdateVisibility" && restricts(change)) return RESTRICTION;
  return BY_CHANGE[`${type}/${change.changeType}`] ?? BY_TYPE[type] ?? PRODUCT;
}

function restricts({ details }: Change): boolean {
  return typeof details === "object" && details !== null && "TargetVisibility" in details
    ? details.TargetVisibility === "Restricted"
    : false;
}

function slowest(durations: readonly number[]): number {
  return Math.max(0, ...durations);
}
