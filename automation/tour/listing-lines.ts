import type { Colors } from "picocolors/types";
import type { ListingNow } from "./listing-now";

/** The listing as a short page: what it is, where it stands, what it costs. */
export function listingLines(listing: ListingNow, colors: Colors): string[] {
  const facts: [string, string][] = [
    ["Product", `${colors.bold(listing.title)}  ${colors.dim(listing.productId)}`],
    ["Version", listing.versions.join(", ")],
    ["Offer", colors.dim(listing.offerId)],
    ["State", `${listing.state}, ${listing.visibility}`],
    ["Regions", listing.regions.join(", ")],
  ];
  return [...facts.map(([name, value]) => `${name.padEnd(9)}${value}`), "", ...priceLines(listing.prices, colors)];
}

/** The price table, cheapest first. */
export function priceLines(prices: ListingNow["prices"], colors: Colors): string[] {
  const sorted = prices.toSorted((a, b) => cheaper(a.annual ?? a.hourly, b.annual ?? b.hourly));
  const rows = sorted.map(
    ({ instanceType, hourly, annual }) => [instanceType, dollars(hourly, 3), dollars(annual, 0)] as const,
  );
  const width = (column: 0 | 1 | 2, title: string): number =>
    Math.max(title.length, ...rows.map((row) => row[column].length));
  const [type, hour, year] = [width(0, "Instance type"), width(1, "an hour"), width(2, "a year")];
  const heading = `${"Instance type".padEnd(type)}  ${"an hour".padStart(hour)}  ${"a year".padStart(year)}`;
  return [
    colors.bold(heading),
    ...rows.map(([name, hourly, annual]) => `${name.padEnd(type)}  ${hourly.padStart(hour)}  ${annual.padStart(year)}`),
  ];
}

/** `0.09` with three decimals is `$0.090`; `1260` without is `$1,260`. Works on the digits: money is no float. */
function dollars(amount: string | undefined, decimals: number): string {
  if (amount === undefined) return "–";
  const [whole = "0", fraction = ""] = amount.split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
  const shown = fraction.replace(/0+$/u, "").padEnd(decimals, "0");
  return `$${grouped}${shown === "" ? "" : `.${shown}`}`;
}

/** Decimal strings in order: by the length of their whole part, then digit by digit. */
function cheaper(a = "", b = ""): number {
  const [wholeA = "", wholeB = ""] = [a.split(".")[0], b.split(".")[0]];
  return wholeA.length - wholeB.length || (a < b ? -1 : Number(a > b));
}
