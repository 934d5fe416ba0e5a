import { rateLimited } from "../catalog/rates";
import type { Market, Service } from "../service";
import { acceptAgreementRequest } from "./accept-request";
import { settleAdjustment } from "./adjust-invoice";
import {
  batchCreateBillingAdjustmentRequest,
  getBillingAdjustmentRequest,
  listBillingAdjustmentRequests,
} from "./billing-adjustments";
import {
  acceptAgreementCancellationRequest,
  approveUnanswered,
  cancelAgreementCancellationRequest,
  getAgreementCancellationRequest,
  listAgreementCancellationRequests,
  rejectAgreementCancellationRequest,
  sendAgreementCancellationRequest,
} from "./cancellation-requests";
import { createAgreementRequest } from "./create-request";
import { cancelAgreement, describeAgreement, getAgreementEntitlements, getAgreementTerms } from "./describe";
import { listAgreementInvoiceLineItems } from "./invoices";
import { malformed } from "./malformed";
import { reachEnd, reachMonth } from "./life";
import { listAgreementCharges } from "./list-charges";
import {
  acceptAgreementPaymentRequest,
  cancelAgreementPaymentRequest,
  checkPayment,
  expirePayment,
  getAgreementPaymentRequest,
  listAgreementPaymentRequests,
  rejectAgreementPaymentRequest,
  sendAgreementPaymentRequest,
} from "./payment-requests";
import { updatePurchaseOrders } from "./purchase-orders";
import { RATES, THROTTLED } from "./rates";
import { searchAgreements } from "./search";
import { type Due, keepTime } from "./timekeeper";
import { chargePeriod } from "./usage-charges";

/** AWS Marketplace Agreement Service, version 2020-03-01. */
export const service: Service = {
  handlers: rateLimited(
    {
      AcceptAgreementCancellationRequest: acceptAgreementCancellationRequest,
      AcceptAgreementPaymentRequest: acceptAgreementPaymentRequest,
      AcceptAgreementRequest: acceptAgreementRequest,
      BatchCreateBillingAdjustmentRequest: batchCreateBillingAdjustmentRequest,
      CancelAgreement: cancelAgreement,
      CancelAgreementCancellationRequest: cancelAgreementCancellationRequest,
      CancelAgreementPaymentRequest: cancelAgreementPaymentRequest,
      CreateAgreementRequest: createAgreementRequest,
      DescribeAgreement: describeAgreement,
      GetAgreementCancellationRequest: getAgreementCancellationRequest,
      GetAgreementEntitlements: getAgreementEntitlements,
      GetAgreementPaymentRequest: getAgreementPaymentRequest,
      GetAgreementTerms: getAgreementTerms,
      GetBillingAdjustmentRequest: getBillingAdjustmentRequest,
      ListAgreementCancellationRequests: listAgreementCancellationRequests,
      ListAgreementCharges: listAgreementCharges,
      ListAgreementInvoiceLineItems: listAgreementInvoiceLineItems,
      ListAgreementPaymentRequests: listAgreementPaymentRequests,
      ListBillingAdjustmentRequests: listBillingAdjustmentRequests,
      RejectAgreementCancellationRequest: rejectAgreementCancellationRequest,
      RejectAgreementPaymentRequest: rejectAgreementPaymentRequest,
      SearchAgreements: searchAgreements,
      SendAgreementCancellationRequest: sendAgreementCancellationRequest,
      SendAgreementPaymentRequest: sendAgreementPaymentRequest,
      UpdatePurchaseOrders: updatePurchaseOrders,
    },
    RATES,
    THROTTLED,
  ),
  malformed,
  start: (market) => keepTime(market, happen),
};

function happen(market: Market, { event, id }: Due, at: string): void {
  switch (event) {
    case "end":
      return reachEnd(market, id);
    case "month":
      return reachMonth(market, id, at);
    case "usage":
      return chargePeriod(market, id);
    case "payment-check":
      return checkPayment(market, id);
    case "payment-expiry":
      return expirePayment(market, id, at);
    case "cancellation-expiry":
      return approveUnanswered(market, id, at);
    case "adjustment":
      return settleAdjustment(market, id);
  }
}
