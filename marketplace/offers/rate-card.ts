import type { ListingPricing, Prices } from "../listing/listing";
import { isAmount, mostDecimals, shareOfAmount } from "../money";
import { unless, type Problem } from "../problem";
import type { OfferPricing } from "./offer-spec";

/** List prices, from which buyers get their discounts. */
export type RateCard = Extract<ListingPricing, { model: "usage" | "contract" }>;

export interface Discount {
  /** Percent off every price: 15, 12.5. */
  readonly percent: number;
  /** Percent off the prices of single dimensions, in place of the other: `{ "m7i.xlarge": 20 }`. */
  readonly byDimension?: Readonly<Record<string, number>>;
}

/** Prices that are paid at once or by the month: Catalog API, Update pricing terms. */
const upfrontDecimals = 3;

/**
 * A rate card less a discount, exact to the last digit that AWS takes: prices by use are rounded half up to eight
 * decimals, those for a year, a month or a contract to three. A trial is the public offer's and left out.
 */
export function discounted(card: RateCard, discount: Discount): OfferPricing {
  const less = (prices: Prices, decimals: number): Prices =>
    Object.fromEntries(
      Object.entries(prices).map(([key, price]) => [
        key,
        lessPercent(price, discount.byDimension?.[key] ?? discount.percent, decimals),
      ]),
    );
  if (card.model === "contract") {
    const durations = card.durations.map(({ duration, prices }) => ({
      duration,
      prices: less(prices, upfrontDecimals),
    }));
    return { model: "contract", currency: card.currency ?? "USD", durations };
  }
  const { hourly, annual, monthly, metered, currency = "USD" } = card;
  return {
    model: "usage",
    currency,
    ...(hourly !== undefined && { hourly: less(hourly, mostDecimals) }),
    ...(annual !== undefined && { annual: less(annual, upfrontDecimals) }),
    ...(monthly !== undefined && { monthly: lessPercent(monthly, discount.percent, upfrontDecimals) }),
    ...(metered !== undefined && { metered: less(metered, mostDecimals) }),
  };
}

/** What is wrong with a discount, and with dimensions of it that the rate card does not have. */
export function checkDiscount({ percent, byDimension = {} }: Discount, card?: RateCard): Problem[] {
  const code = "INVALID_DISCOUNT";
  const known = card && new Set(dimensionsOf(card));
  return [
    ...checkPercent(percent, "discount"),
    ...Object.entries(byDimension).flatMap(([key, value]) => checkPercent(value, `discounts[${JSON.stringify(key)}]`)),
    ...Object.keys(byDimension).flatMap((key) =>
      unless(
        known?.has(key) ?? true,
        code,
        `discounts[${JSON.stringify(key)}]`,
        `The rate card has no price of ${JSON.stringify(key)}; it has ${[...(known ?? [])].join(", ")}.`,
      ),
    ),
  ];
}

function checkPercent(percent: number, path: string): Problem[] {
  const fine = percent >= 0 && percent <= 100 && Number.isInteger(thousandths(percent));
  const message = `A discount is 0 to 100 percent with at most three decimals, not ${String(percent)}.`;
  return unless(fine, "INVALID_DISCOUNT", path, message);
}

function dimensionsOf(card: RateCard): string[] {
  const lists =
    card.model === "contract" ? card.durations.map(({ prices }) => prices) : [card.hourly, card.annual, card.metered];
  return [...new Set(lists.flatMap((prices) => Object.keys(prices ?? {})))];
}

/** A text that is no amount is left for the rules on prices to refuse. */
function lessPercent(price: string, percent: number, decimals: number): string {
  return isAmount(price) ? shareOfAmount(price, 100_000 - thousandths(percent), 100_000, decimals) : price;
}

/** 12.5 percent are 12500 thousandths. What has more decimals stays a fraction, which is refused. */
function thousandths(percent: number): number {
  const scaled = percent * 1000;
  return Math.abs(scaled - Math.round(scaled)) < 1e-6 ? Math.round(scaled) : scaled;
}
