/** Requests a second for each account: Service quotas for AWS Marketplace Agreement API. */
export const RATES: Readonly<Record<string, number>> = {
  AcceptAgreementCancellationRequest: 2,
  AcceptAgreementPaymentRequest: 5,
  AcceptAgreementRequest: 3,
  BatchCreateBillingAdjustmentRequest: 2,
  CancelAgreement: 3,
  CancelAgreementCancellationRequest: 2,
  CancelAgreementPaymentRequest: 5,
  CreateAgreementRequest: 4,
  DescribeAgreement: 5,
  GetAgreementCancellationRequest: 5,
  GetAgreementEntitlements: 10,
  GetAgreementPaymentRequest: 5,
  GetAgreementTerms: 10,
  GetBillingAdjustmentRequest: 5,
  ListAgreementCancellationRequests: 5,
  ListAgreementCharges: 15,
  ListAgreementInvoiceLineItems: 10,
  ListAgreementPaymentRequests: 5,
  ListBillingAdjustmentRequests: 5,
  RejectAgreementCancellationRequest: 2,
  RejectAgreementPaymentRequest: 5,
  SearchAgreements: 5,
  SendAgreementCancellationRequest: 2,
  SendAgreementPaymentRequest: 5,
  UpdatePurchaseOrders: 3,
};

/** The service's model leaves it open; that of the Catalog says so. */
export const THROTTLED = 429;
