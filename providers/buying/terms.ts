import { same } from "../same";

/** What a buyer agrees to, as far as it is worth a second look: kept in the state, so that a change shows. */
export interface Terms {
  readonly currency?: string;
  /** What is paid by use, for each dimension: `{ "m5.large": "0.10" }` an hour. */
  readonly prices?: Readonly<Record<string, string>>;
  /** What is paid at once, for each duration and dimension: `{ P365D: { "m5.large": "700" } }`. */
  readonly contractPrices?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What is paid once, whatever is used: `12000.00`. */
  readonly fixedPrice?: string;
  /** What of it is paid when: `{ "2027-01-01T00:00:00.000Z": "6000.00" }`. */
  readonly schedule?: Readonly<Record<string, string>>;
  /** What is paid each month, whatever is used. */
  readonly monthlyPrice?: string;
  /** How long it may be tried without a fee: `P14D`. */
  readonly freeTrial?: string;
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
  readonly price?: string;
  readonly duration?: string;
  readonly schedule?: readonly { readonly chargeDate?: string | number | Date; readonly chargeAmount?: string }[];
  /** In an agreement, what the buyer chose. */
  readonly configuration?: {
    readonly selectorValue?: string;
    readonly dimensions?: readonly { readonly dimensionKey?: string; readonly dimensionValue?: number }[];
    readonly enableAutoRenew?: boolean;
  };
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
  const { fixedUpfrontPricingTerm: fixed, recurringPaymentTerm: monthly, paymentScheduleTerm: schedule } = rest;
  const currency = [usage, upfront, fixed, monthly, schedule].find((term) => term?.currencyCode)?.currencyCode;
  const refundPolicy = rest.supportTerm?.refundPolicy;
  return {
    ...(currency !== undefined && { currency }),
    ...(usage !== undefined && { prices: Object.assign({}, ...(usage.rateCards ?? []).map(pricesOn)) }),
    ...(upfront !== undefined && {
      contractPrices: Object.fromEntries(
        (upfront.rateCards ?? []).map((card) => [card.selector?.value ?? "", pricesOn(card)]),
      ),
    }),
    ...(fixed?.price !== undefined && { fixedPrice: fixed.price }),
    ...(schedule?.schedule !== undefined && { schedule: paymentsIn(schedule.schedule) }),
    ...(monthly?.price !== undefined && { monthlyPrice: monthly.price }),
    ...(rest.freeTrialPricingTerm?.duration !== undefined && { freeTrial: rest.freeTrialPricingTerm.duration }),
    eula: (rest.legalTerm?.documents ?? []).map(documentName),
    ...(refundPolicy !== undefined && { refundPolicy }),
  };
}

/** Whether two `Terms` cost and say the same. A trial does not count: it is over for whoever has begun. */
export function sameTerms(left: unknown, right: unknown): boolean {
  return same(lasting(left), lasting(right));
}

function lasting(terms: unknown): unknown {
  return { ...(terms as Terms | undefined), freeTrial: undefined };
}

/** Each kind of term by its member's name; an offer has at most one of a kind. */
export function bodies(wire: readonly WireTerm[]): WireTerm & Partial<Record<string, WireTermBody>> {
  return Object.assign({}, ...wire) as WireTerm;
}

type RateCard = NonNullable<WireTermBody["rateCards"]>[number];

function pricesOn({ rateCard = [] }: RateCard): Record<string, string> {
  return Object.fromEntries(rateCard.map(({ dimensionKey = "", price = "" }) => [dimensionKey, price]));
}

/** Discovery writes moments as seconds since 1970, the Agreement service's client reads dates. */
function paymentsIn(schedule: NonNullable<WireTermBody["schedule"]>): Record<string, string> {
  return Object.fromEntries(
    schedule.map(({ chargeDate = 0, chargeAmount = "" }) => {
      const moment = typeof chargeDate === "number" ? chargeDate * 1000 : chargeDate;
      return [new Date(moment).toISOString(), chargeAmount];
    }),
  );
}

/** A custom document's address is signed anew at each look, so what follows its path says nothing. */
function documentName({ type = "", url, version }: NonNullable<WireTermBody["documents"]>[number]): string {
  return `${type} ${version ?? url?.split("?")[0] ?? ""}`.trim();
}
