import { checkAllocations, checkUsageTime, type UsageAllocation } from "../../marketplace/metering/usage";
import type { StoredAgreement } from "../agreement/agreements";
import { customerIdentifier, usableAgreements } from "../entitlement/customers";
import type { Context } from "../service";
import { meteredProduct, recordUsage, refused, refuseProblems, requireDimension } from "./records";

interface UsageRecord {
  readonly Timestamp: Date;
  readonly CustomerIdentifier?: string;
  readonly CustomerAWSAccountId?: string;
  readonly LicenseArn?: string;
  readonly Dimension: string;
  readonly Quantity?: number;
  readonly UsageAllocations?: readonly UsageAllocation[];
}

interface BatchMeterUsageRequest {
  readonly ProductCode?: string;
  readonly UsageRecords: readonly UsageRecord[];
}

/**
 * Reports usage of a seller's customers, for one product. One record out of its time, of an unknown dimension or without
 * a customer refuses the whole batch; a customer who is not subscribed is a result like others.
 */
export function batchMeterUsage(ctx: Context, { ProductCode, UsageRecords }: BatchMeterUsageRequest): object {
  const { market, caller } = ctx;
  const product = meteredProduct(market.store, ProductCode);
  if (product.owner !== caller.accountId) {
    throw refused("InvalidProductCodeException", `There is no product of yours with code ${ProductCode ?? ""}.`);
  }
  const now = market.clock.now();
  for (const record of UsageRecords) {
    requireDimension(product, record.Dimension);
    if ((record.CustomerIdentifier === undefined) === (record.CustomerAWSAccountId === undefined)) {
      const message = "Name a customer by CustomerAWSAccountId or CustomerIdentifier, and not by both.";
      throw refused("InvalidCustomerIdentifierException", message);
    }
    refuseProblems([
      ...checkUsageTime(record.Timestamp, now),
      ...checkAllocations(record.UsageAllocations, record.Quantity ?? 0),
    ]);
  }
  const agreements = usableAgreements(market, product);
  const Results = UsageRecords.map((record) => ({
    UsageRecord: record,
    ...report(ctx, product.id, agreements, record),
  }));
  return { Results, UnprocessedRecords: [] };
}

function report(
  { market }: Context,
  productId: string,
  agreements: readonly StoredAgreement[],
  record: UsageRecord,
): { readonly Status: string; readonly MeteringRecordId?: string } {
  const { Timestamp, Dimension, Quantity = 0, UsageAllocations, LicenseArn } = record;
  const ofCustomer = agreements.filter((one) => isCustomer(one, record));
  const agreement = ofCustomer.find((one) => LicenseArn === undefined || one.licenseArn === LicenseArn);
  if (agreement === undefined) {
    if (ofCustomer.length === 0) return { Status: "CustomerNotSubscribed" };
    throw refused("InvalidLicenseException", `The customer has no license ${LicenseArn ?? ""} of this product.`);
  }
  const MeteringRecordId = recordUsage(market.store, {
    key: ["batch", productId, agreement.acceptor, Dimension, Timestamp.toISOString()],
    quantity: Quantity,
    allocations: UsageAllocations,
  });
  return MeteringRecordId === undefined ? { Status: "DuplicateRecord" } : { Status: "Success", MeteringRecordId };
}

function isCustomer(agreement: StoredAgreement, { CustomerIdentifier, CustomerAWSAccountId }: UsageRecord): boolean {
  return CustomerAWSAccountId === undefined
    ? customerIdentifier(agreement) === CustomerIdentifier
    : agreement.acceptor === CustomerAWSAccountId;
}
