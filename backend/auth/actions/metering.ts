import type { Rights } from "../need";

const operations = ["BatchMeterUsage", "MeterUsage", "RegisterUsage", "ResolveCustomer"];

/** AWS Marketplace Metering: each operation is an action of its own, which takes no resource (Service Authorization Reference). */
export const rights: Rights = Object.fromEntries(
  operations.map((name) => [name, () => [{ action: `aws-marketplace:${name}`, resource: "*" }]]),
);
