import type { Service } from "../service";
import { acceptAgreementRequest } from "./accept-request";
import { createAgreementRequest } from "./create-request";
import { cancelAgreement, describeAgreement, getAgreementEntitlements, getAgreementTerms } from "./describe";
import { reachEnd, reachMonth } from "./life";
import { listAgreementCharges } from "./list-charges";
import { updatePurchaseOrders } from "./purchase-orders";
import { searchAgreements } from "./search";
import { keepTime } from "./timekeeper";

/** AWS Marketplace Agreement Service, version 2020-03-01. */
export const service: Service = {
  handlers: {
    AcceptAgreementRequest: acceptAgreementRequest,
    CancelAgreement: cancelAgreement,
    CreateAgreementRequest: createAgreementRequest,
    DescribeAgreement: describeAgreement,
    GetAgreementEntitlements: getAgreementEntitlements,
    GetAgreementTerms: getAgreementTerms,
    ListAgreementCharges: listAgreementCharges,
    SearchAgreements: searchAgreements,
    UpdatePurchaseOrders: updatePurchaseOrders,
  },
  start: (market) =>
    keepTime(market, (_, { event, id }, at) => {
      if (event === "end") reachEnd(market, id);
      else if (event === "month") reachMonth(market, id, at);
    }),
};
