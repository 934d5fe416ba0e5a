import { type Problem, quoted, repeated } from "../problem";

/** Who asks: the seller who proposed agreements, or the buyer who accepted them. */
export type Party = "Proposer" | "Acceptor";

const names = new Set([
  "PartyType",
  "AgreementType",
  "ResourceIdentifier",
  "ResourceType",
  "AcceptorAccountId",
  "OfferId",
  "OfferSetId",
  "Status",
  "BeforeEndTime",
  "AfterEndTime",
]);

/** What each party may combine with PartyType and AgreementType: AWS Marketplace Agreement API, SearchAgreements. */
const combinations: Readonly<Record<Party, readonly string[]>> = {
  Proposer: [
    "",
    "Status",
    "ResourceType",
    "ResourceType+Status",
    "ResourceIdentifier",
    "ResourceIdentifier+Status",
    "AcceptorAccountId",
    "AcceptorAccountId+Status",
    "AcceptorAccountId+OfferId",
    "AcceptorAccountId+OfferId+Status",
    "AcceptorAccountId+ResourceIdentifier",
    "AcceptorAccountId+ResourceIdentifier+Status",
    "AcceptorAccountId+ResourceType",
    "AcceptorAccountId+ResourceType+Status",
    "OfferId",
    "OfferId+Status",
    "OfferSetId",
    "OfferSetId+Status",
  ],
  Acceptor: [
    "",
    "Status",
    "ResourceIdentifier",
    "ResourceIdentifier+Status",
    "ResourceType",
    "OfferId",
    "OfferId+Status",
    "OfferSetId",
    "OfferSetId+Status",
  ],
};

/** What is wrong with the filters of a search, by name. In: names and values as sent. Out: problems with the service's reasons. */
export function checkSearchFilters(filters: ReadonlyMap<string, string>, sent: readonly string[]): Problem[] {
  const path = "filters";
  const unknown = sent.filter((name) => !names.has(name));
  if (unknown.length > 0) {
    return [{ code: "INVALID_FILTER_NAME", path, message: `There is no filter ${quoted(unknown)}.` }];
  }
  const twice = repeated(sent);
  if (twice.length > 0) {
    return [{ code: "INVALID_FILTERS", path, message: `Give each filter once; ${quoted(twice)} is there twice.` }];
  }
  const party = filters.get("PartyType");
  if (party === undefined) {
    return [{ code: "MISSING_PARTY_TYPE", path, message: "Say in a PartyType filter as whom you search." }];
  }
  if (party !== "Proposer" && party !== "Acceptor") {
    return [{ code: "INVALID_PARTY_TYPE", path, message: "PartyType is Proposer or Acceptor." }];
  }
  const type = filters.get("AgreementType");
  if (type !== undefined && type !== "PurchaseAgreement" && type !== "VendorInsightsAgreement") {
    return [
      {
        code: "INVALID_AGREEMENT_TYPE",
        path,
        message: "AgreementType is PurchaseAgreement or VendorInsightsAgreement.",
      },
    ];
  }
  const free = new Set(["PartyType", "AgreementType", "BeforeEndTime", "AfterEndTime"]);
  const rest = sent.filter((name) => !free.has(name)).toSorted();
  if (type === undefined || !combinations[party].includes(rest.join("+"))) {
    const message = `As ${party}, these filters cannot be combined: ${quoted(sent)}.`;
    return [{ code: "UNSUPPORTED_FILTERS", path, message }];
  }
  return [...filters].flatMap(([name, value]) => checkValue(name, value));
}

const statuses = new Set(
  "ACTIVE ARCHIVED CANCELLED EXPIRED RENEWED REPLACED ROLLED_BACK SUPERSEDED TERMINATED".split(" "),
);

function checkValue(name: string, value: string): Problem[] {
  const wrong =
    (name === "Status" && !statuses.has(value)) ||
    (name === "AcceptorAccountId" && !/^\d{12}$/.test(value)) ||
    (name.endsWith("EndTime") && Number.isNaN(Date.parse(value)));
  return wrong ? [{ code: "INVALID_FILTER_VALUES", path: "filters", message: `${value} is no value of ${name}.` }] : [];
}
