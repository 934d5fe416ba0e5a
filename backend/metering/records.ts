import { randomUUID } from "node:crypto";
import { dimensionsOf } from "../../marketplace/changes/product/product";
import type { UsageAllocation } from "../../marketplace/metering/usage";
import type { Problem } from "../../marketplace/problem";
import type { StoredAgreement } from "../agreement/agreements";
import { canonical } from "../catalog/documents";
import type { StoredEntity } from "../catalog/entities";
import { productOfCode } from "../entitlement/customers";
import { AwsError } from "../service";
import type { Store, Table } from "../storage/store";
import { addReportedUsage } from "./reported-usage";

/** Usage as it was reported once; what is the same again is the same record. */
interface MeteringRecord {
  readonly id: string;
  readonly quantity: number;
  readonly allocations: string;
}

export interface Usage {
  /** Whose usage, of what and when: what can be reported once. */
  readonly key: readonly string[];
  readonly dimension: string;
  readonly quantity: number;
  readonly at: Date;
  readonly allocations?: readonly UsageAllocation[] | undefined;
  /** Where there is none, nobody is charged. */
  readonly agreement: StoredAgreement | undefined;
}

/** The record's id, new or from before; undefined where the same was reported before with another quantity. */
export function recordUsage(store: Store, usage: Usage): string | undefined {
  const { key, dimension, quantity, at, allocations, agreement } = usage;
  const records: Table<MeteringRecord> = store.table("metering.records");
  const place = key.join("/");
  const before = records.get(place);
  const said = canonical(allocations);
  if (before !== undefined) return before.quantity === quantity && before.allocations === said ? before.id : undefined;
  const record = { id: randomUUID(), quantity, allocations: said };
  records.put(place, record);
  if (agreement !== undefined) addReportedUsage(store, agreement, { dimension, quantity, at: at.toISOString() });
  return record.id;
}

/** The product of a code. InvalidProductCodeException where there is none. */
export function meteredProduct(store: Store, code: string | undefined): StoredEntity {
  const product = code === undefined ? undefined : productOfCode(store, code);
  if (product === undefined)
    throw refused("InvalidProductCodeException", `There is no product with code ${code ?? ""}.`);
  return product;
}

/** Usage is reported for dimensions that the seller meters: what AWS meters itself nobody reports. */
export function requireDimension(product: StoredEntity, key: string): void {
  const known = dimensionsOf(product).some(({ Key, Types }) => Key === key && Types.includes("ExternallyMetered"));
  if (!known) {
    throw refused("InvalidUsageDimensionException", `The product has no externally metered dimension ${key}.`);
  }
}

export function refuseProblems(problems: readonly Problem[]): void {
  const [problem] = problems;
  if (problem !== undefined) throw refused(problem.code, problem.message);
}

export function refused(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}
