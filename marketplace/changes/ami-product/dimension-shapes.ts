import type { Schema } from "../change-type";
import { list, matching, oneOf } from "../document-shapes";

export const dimensionKey: Schema = matching("^[A-Za-z0-9_.-]+$", 100);
export const dimensionTypes: Schema = list(oneOf("Entitled", "Metered", "ExternallyMetered"), 1, 3);

/** Dimensions of one kind that a product may have; restricted ones count (Service quotas for the Catalog API). */
export const mostDimensions = 200;

/** How a dimension may be counted: instance hours for those that AWS meters, the rest by the seller's choice. */
export const dimensionUnits: readonly string[] = [
  "GB",
  "Gbps",
  "HostHrs",
  "Hosts",
  "Hrs",
  "MB",
  "Mbps",
  "Requests",
  "TaskHrs",
  "TB",
  "TierHrs",
  "UnitHrs",
  "Units",
  "UserHrs",
  "Users",
];
