import { nameOf } from "../trouble";
import type { AgreementCalls } from "./agreement-calls";
import type { WireTerm } from "./terms";

/** An agreement as its buyer sees it. */
export interface SeenAgreement {
  readonly agreementId: string;
  readonly offerId: string;
  readonly productId: string;
  /** `ACTIVE` */
  readonly status: string;
  /** RFC 3339, UTC. */
  readonly startTime?: string;
  /** Absent for what lasts until somebody ends it. */
  readonly endTime?: string;
  readonly terms: readonly WireTerm[];
}

/** The agreement, or undefined when the account has none of that id. */
export async function seeAgreement(
  agreements: AgreementCalls,
  agreementId: string,
): Promise<SeenAgreement | undefined> {
  try {
    const seen = await agreements((client, { DescribeAgreementCommand }) =>
      client.send(new DescribeAgreementCommand({ agreementId })),
    );
    const { proposalSummary, startTime, endTime } = seen;
    return {
      agreementId,
      offerId: proposalSummary?.offerId ?? "",
      productId: proposalSummary?.resources?.[0]?.id ?? "",
      status: seen.status ?? "",
      ...(startTime && { startTime: startTime.toISOString() }),
      ...(endTime && { endTime: endTime.toISOString() }),
      terms: await acceptedTerms(agreements, agreementId),
    };
  } catch (error) {
    if (nameOf(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** The account's active agreements made from an offer, or about a product. */
export async function activeFor(
  agreements: AgreementCalls,
  about: { readonly offerId: string } | { readonly productId: string },
): Promise<SeenAgreement[]> {
  const filters = [
    { name: "PartyType", values: ["Acceptor"] },
    { name: "AgreementType", values: ["PurchaseAgreement"] },
    "offerId" in about
      ? { name: "OfferId", values: [about.offerId] }
      : { name: "ResourceIdentifier", values: [about.productId] },
    { name: "Status", values: ["ACTIVE"] },
  ];
  const found: SeenAgreement[] = [];
  let nextToken: string | undefined;
  do {
    const token = nextToken;
    const page = await agreements((client, { SearchAgreementsCommand }) =>
      client.send(new SearchAgreementsCommand({ catalog: "AWSMarketplace", filters, nextToken: token })),
    );
    for (const { agreementId = "" } of page.agreementViewSummaries ?? []) {
      const seen = await seeAgreement(agreements, agreementId);
      if (seen !== undefined) found.push(seen);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

async function acceptedTerms(agreements: AgreementCalls, agreementId: string): Promise<WireTerm[]> {
  const terms: WireTerm[] = [];
  let nextToken: string | undefined;
  do {
    const token = nextToken;
    const page = await agreements((client, { GetAgreementTermsCommand }) =>
      client.send(new GetAgreementTermsCommand({ agreementId, nextToken: token })),
    );
    // The client's union names a member for kinds it does not know; on the wire each term has one member.
    terms.push(...((page.acceptedTerms ?? []) as unknown as WireTerm[]));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return terms;
}
