import type { Schema } from "../change-type";
import { list, matching, oneOf } from "../document-shapes";
import type { ProductType } from "./product";

export const dimensionKey: Schema = matching("^[A-Za-z0-9_.-]+$", 100);
export const dimensionTypes: Schema = list(oneOf("Entitled", "Metered", "ExternallyMetered"), 1, 3);

/** Characters that the name of a dimension may have. */
export const longestName: Readonly<Record<ProductType, number>> = { "AmiProduct@1.0": 500, "SaaSProduct@1.0": 80 };

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
