import {
  AcceptAgreementRequestCommand,
  CreateAgreementRequestCommand,
  type CreateAgreementRequestCommandInput,
  MarketplaceAgreementClient,
  type RequestedTerm,
} from "@aws-sdk/client-marketplace-agreement";
import type { Change } from "@aws-sdk/client-marketplace-catalog";
import type { RunningMarketplace } from "../../../backend";
import { type catalogOf, connection, madeBy, openCatalog } from "../catalog/catalog-market";
import { AMI, change, newListing } from "../catalog/listing";
import { sellerImage } from "../catalog/seller-image";
import { signedFetch } from "../wire/signed-fetch";

type Options = Parameters<typeof openCatalog>[0];
type Settings = ReturnType<typeof connection>;

/** Details that take the place of the listing's own, by change type: `{ UpdatePricingTerms: … }`. */
export type Instead = Readonly<Record<string, Change["DetailsDocument"]>>;

/** A public listing, by the hour where nothing else is said, and a buyer. `more` goes before the offer's release. */
export async function openShop(options: Options = {}, instead: Instead = {}, more: readonly Change[] = []) {
  return shopIn(await openCatalog(options), instead, more);
}

/** The same in a marketplace that runs already. */
export async function shopIn(shop: ReturnType<typeof catalogOf>, instead: Instead = {}, more: readonly Change[] = []) {
  const listing = newListing("Log Agent", await sellerImage(shop.market)).map((one) => ({
    ...one,
    DetailsDocument: instead[one.ChangeType ?? ""] ?? one.DetailsDocument,
  }));
  const changes = [...listing.slice(0, -1), ...more, ...listing.slice(-1)];
  const made = await shop.run(changes);
  const [productId, offerId] = [madeBy(made), madeBy(made, 8)];
  madeBy(await shop.run([change("UpdateVisibility", AMI, productId, { TargetVisibility: "Public" })]));
  return { ...shop, productId, offerId, ...buyerOf(shop.market, "buyer") };
}

/** An account with clients of the two services with which it buys. */
export function buyerOf(market: RunningMarketplace, account: string) {
  return buyerWith(connection(market, account));
}

/** The same for whoever has these client settings. */
export function buyerWith(settings: Settings) {
  const agreements = new MarketplaceAgreementClient(settings);
  const discover = discovererWith(settings);
  const termsOf = async (offerId: string): Promise<Terms> => {
    const { offerTerms } = await discover("getOfferTerms", { offerId });
    return Object.assign({}, ...(offerTerms as object[])) as Terms;
  };
  const ask = async (
    offerId: string,
    choose: (terms: Terms) => readonly (RequestedTerm | undefined)[],
    intent: Partial<CreateAgreementRequestCommandInput> = {},
  ) => {
    const { agreementProposalId } = await discover("getOffer", { offerId });
    const requestedTerms = choose(await termsOf(offerId)).flatMap((term) => term ?? []);
    return agreements.send(
      new CreateAgreementRequestCommand({
        intent: "NEW",
        agreementProposalIdentifier: agreementProposalId as string,
        requestedTerms,
        ...intent,
      }),
    );
  };
  return {
    agreements,
    discover,
    termsOf,
    ask,
    accept: (agreementRequestId?: string) => agreements.send(new AcceptAgreementRequestCommand({ agreementRequestId })),
    /** An agreement by the terms chosen. */
    buy: async (...asked: Parameters<typeof ask>) => {
      const { agreementRequestId } = await ask(...asked);
      const { agreementId = "" } = await agreements.send(new AcceptAgreementRequestCommand({ agreementRequestId }));
      return agreementId;
    },
  };
}

export type Terms = Readonly<Record<string, { readonly id: string } & Readonly<Record<string, unknown>>>>;

/** All terms but those of the kinds named. */
export function without(...kinds: string[]) {
  return (terms: Terms): RequestedTerm[] =>
    Object.entries(terms).flatMap(([kind, { id }]) => (kinds.includes(kind) ? [] : [{ id }]));
}

export const everything = without();

export type Answer = Readonly<Record<string, unknown>>;

/** Calls AWS Marketplace Discovery, which has no client on npm. A refusal is thrown as the name of its error. */
export function discoverer(market: RunningMarketplace, account: string) {
  return discovererWith(connection(market, account));
}

function discovererWith({ endpoint, credentials: { accessKeyId, secretAccessKey } }: Settings) {
  return async (operation: string, input: object): Promise<Answer> => {
    const reply = await signedFetch(endpoint, {
      service: "aws-marketplace",
      path: `/2026-02-05/${operation}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
      signer: { accessKeyId, secretAccessKey },
    });
    const answer = JSON.parse(reply.text) as Answer;
    if (reply.status === 200) return answer;
    const name = String(reply.headers["x-amzn-errortype"]).split(":")[0] ?? "";
    throw Object.assign(new Error(String(answer["message"])), { ...answer, name, status: reply.status });
  };
}
