/** What the software costs on each instance type it is offered on, in tenths of a cent: money is kept in whole numbers. */
const prices = {
  "m7i.large": { hour: 90, year: 630_000 },
  "m7i.xlarge": { hour: 180, year: 1_260_000 },
  "m7i.2xlarge": { hour: 360, year: 2_520_000 },
  "m7i.4xlarge": { hour: 720, year: 5_040_000 },
  "c7i.xlarge": { hour: 170, year: 1_190_000 },
  "r7i.xlarge": { hour: 210, year: 1_470_000 },
};

export const instanceTypes = Object.keys(prices);

/** Dollars an hour: `{ "m7i.large": "0.09" }`, times a factor. */
export function hourly(factor: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(prices).map(([type, { hour }]) => [type, dollars(Math.round(hour * factor))]),
  );
}

/** Dollars a year, paid in advance; about a fifth less than a year of hours. */
export function annual(): Record<string, string> {
  return Object.fromEntries(Object.entries(prices).map(([type, { year }]) => [type, dollars(year)]));
}

/** 90 tenths of a cent are "0.09". */
function dollars(tenths: number): string {
  const fraction = String(tenths % 1000)
    .padStart(3, "0")
    .replace(/0+$/, "");
  const whole = String(Math.floor(tenths / 1000));
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
