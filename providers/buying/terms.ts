/** What a buyer agrees to, as far as it is worth a second look: kept in the state, so that a change shows. */
export interface Terms {
  readonly currency?: string;
  /** What is paid by use, for each dimension: `{ "m5.large": "0.10" }` an hour. */
  readonly prices?: Readonly<Record<string, string>>;
  /** What is paid at once, for each duration and dimension: `{ P365D: { "m5.large": "700" } }`. */
  readonly contractPrices?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The EULA and other documents: `StandardEula 2022-07-14`, or the address of a seller's own. */
  readonly eula: readonly string[];
  /** `No refunds.` */
  readonly refundPolicy?: string;
}

/** A term of an offer or agreement on the wire: one member that says its kind. */
export type WireTerm = Readonly<Record<string, WireTermBody>>;

interface WireTermBody {
  readonly id?: string;
  readonly currencyCode?: string;
  readonly rateCards?: readonly {
    readonly selector?: { readonly value?: string };
    readonly rateCard?: readonly { readonly dimensionKey?: string; readonly price?: string }[];
  }[];
  readonly documents?: readonly { readonly type?: string; readonly url?: string; readonly version?: string }[];
  readonly refundPolicy?: string;
}

/** The terms of an offer, or those of an agreement, in a form that can be compared. */
export function termsIn(wire: readonly WireTerm[]): Terms {
  const { usageBasedPricingTerm: usage, configurableUpfrontPricingTerm: upfront, ...rest } = bodies(wire);
  const currency = usage?.currencyCode ?? upfront?.currencyCode;
  const refundPolicy = rest.supportTerm?.refundPolicy;
  return {
    ...(currency !== undefined && { currency }),
    ...(usage !== undefined && { prices: Object.assign({}, ...(usage.rateCards ?? []).map(pricesOn)) }),
    ...(upfront !== undefined && {
      contractPrices: Object.fromEntries(
        (upfront.rateCards ?? []).map((card) => [card.selector?.value ?? "", pricesOn(card)]),
      ),
    }),
    eula: (rest.legalTerm?.documents ?? []).map(documentName),
    ...(refundPolicy !== undefined && { refundPolicy }),
  };
}

/** Each kind of term by its member's name; an offer has at most one of a kind. */
export function bodies(wire: readonly WireTerm[]): WireTerm & Partial<Record<string, WireTermBody>> {
  return Object.assign({}, ...wire) as WireTerm;
}

type RateCard = NonNullable<WireTermBody["rateCards"]>[number];

function pricesOn({ rateCard = [] }: RateCard): Record<string, string> {
  return Object.fromEntries(rateCard.map(({ dimensionKey = "", price = "" }) => [dimensionKey, price]));
}

/** A custom document's address is signed anew at each look, so what follows its path says nothing. */
function documentName({ type = "", url, version }: NonNullable<WireTermBody["documents"]>[number]): string {
  return `${type} ${version ?? url?.split("?")[0] ?? ""}`.trim();
}
