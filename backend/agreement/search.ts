import type { SearchAgreementsInput, SearchAgreementsOutput } from "@aws-sdk/client-marketplace-agreement";
import { checkSearchFilters, type Party } from "../../marketplace/agreements/search-filters";
import type { Context } from "../service";
import { takesInPurchases } from "./agreement-type";
import { agreementsIn, PURCHASE, type StoredAgreement } from "./agreements";
import { viewOf } from "./describe";
import { pageOf } from "./pages";
import { refuseIfAny, wrong } from "./refusals";

/** The caller's agreements as proposer or acceptor, by one of the supported combinations of filters. Latest end first. */
export function searchAgreements(ctx: Context, request: SearchAgreementsInput): SearchAgreementsOutput {
  const { catalog, filters = [], sort } = request;
  takesInPurchases({ catalog });
  if (sort?.sortBy !== undefined && sort.sortBy !== "EndTime") {
    throw wrong("INVALID_SORT_BY", "sort.sortBy", "Agreements can be sorted by EndTime only.");
  }
  const asked = new Map(filters.map(({ name = "", values = [] }) => [name, values[0] ?? ""]));
  refuseIfAny(
    checkSearchFilters(
      asked,
      filters.map(({ name = "" }) => name),
    ),
  );
  const found = agreementsIn(ctx.market.store)
    .of(asked.get("PartyType") as Party, ctx.caller.accountId)
    .filter((agreement) => [...asked].every(([name, value]) => passes(agreement, name, value)));
  const { items, nextToken } = pageOf(
    // Without an end they come after all that have one.
    found.map((item) => ({ id: item.id, key: item.end ?? "9999", item })),
    request,
    { operation: "SearchAgreements", account: ctx.caller.accountId, order: sort?.sortOrder ?? "DESCENDING" },
  );
  return { agreementViewSummaries: items.map(viewOf), nextToken };
}

function passes(agreement: StoredAgreement, name: string, value: string): boolean {
  switch (name) {
    case "AgreementType":
      return value === PURCHASE;
    case "ResourceIdentifier":
      return agreement.productId === value;
    case "ResourceType":
      return agreement.productType === value;
    case "AcceptorAccountId":
      return agreement.acceptor === value;
    case "OfferId":
      return agreement.offerId === value;
    case "OfferSetId":
      return false;
    case "Status":
      return agreement.status === value;
    case "BeforeEndTime":
      return agreement.end !== undefined && Date.parse(agreement.end) < Date.parse(value);
    case "AfterEndTime":
      return agreement.end === undefined || Date.parse(agreement.end) > Date.parse(value);
    default:
      return true;
  }
}
