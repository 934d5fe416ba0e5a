import { checkAllocations, checkUsageTime, hourOf, type UsageAllocation } from "../../marketplace/metering/usage";
import { agreementsIn, type StoredAgreement } from "../agreement/agreements";
import type { StoredEntity } from "../catalog/entities";
import { customerIdentifier, usableAgreements } from "../entitlement/customers";
import type { Context } from "../service";
import { chargedAgreement, isInForce } from "./charged-agreement";
import { licensedProduct } from "./licensed-product";
import { meteredProduct, recordUsage, refused, refuseProblems, requireDimension } from "./records";

export interface UsageRecord {
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
 * Reports usage of a seller's customers, for one product: that of the ProductCode or, without one, of the records'
 * licenses. One record out of its time, of an unknown dimension, without a customer or with a license that does not fit
 * refuses the whole batch; a customer who is not subscribed is a result like others.
 */
export function batchMeterUsage(ctx: Context, { ProductCode, UsageRecords }: BatchMeterUsageRequest): object {
  const { market, caller } = ctx;
  const product =
    ProductCode === undefined ? licensedProduct(ctx, UsageRecords) : meteredProduct(market.store, ProductCode);
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
  const usable = usableAgreements(market, product);
  const Results = UsageRecords.map((record) => ({ UsageRecord: record, ...report(ctx, product, usable, record) }));
  return { Results, UnprocessedRecords: [] };
}

function report(
  { market }: Context,
  product: StoredEntity,
  usable: readonly StoredAgreement[],
  record: UsageRecord,
): { readonly Status: string; readonly MeteringRecordId?: string } {
  const { Timestamp: at, Dimension: dimension, Quantity = 0, UsageAllocations, LicenseArn } = record;
  const subscribed = usable.find((one) => isCustomer(one, record));
  if (subscribed === undefined) return { Status: "CustomerNotSubscribed" };
  const ofCustomer = agreementsIn(market.store)
    .of("Acceptor", subscribed.acceptor)
    .filter(({ productId }) => productId === product.id);
  const licensed = LicenseArn === undefined ? ofCustomer : ofCustomer.filter((one) => one.licenseArn === LicenseArn);
  if (LicenseArn !== undefined && !licensed.some((one) => isInForce(one, at))) {
    throw refused("InvalidLicenseException", `${LicenseArn} was no license of the customer's at ${at.toISOString()}.`);
  }
  const MeteringRecordId = recordUsage(market.store, {
    // Reports are told apart by the hour: AWS Marketplace Seller Guide, "Configuring metering for usage with SaaS
    // subscriptions". With and without a license they are told apart too: API reference, BatchMeterUsage.
    key: ["batch", product.id, subscribed.acceptor, LicenseArn ?? "", dimension, hourOf(at)],
    dimension,
    quantity: Quantity,
    at,
    allocations: UsageAllocations,
    agreement: chargedAgreement(market, licensed, { dimension, at }),
  });
  return MeteringRecordId === undefined ? { Status: "DuplicateRecord" } : { Status: "Success", MeteringRecordId };
}

function isCustomer(agreement: StoredAgreement, { CustomerIdentifier, CustomerAWSAccountId }: UsageRecord): boolean {
  return CustomerAWSAccountId === undefined
    ? customerIdentifier(agreement) === CustomerIdentifier
    : agreement.acceptor === CustomerAWSAccountId;
}
