import type { Context } from "../../service";
import type { Need, Rights } from "../need";

const operations = ["BatchMeterUsage", "RegisterUsage", "ResolveCustomer"];

/** AWS Marketplace Metering: each operation is an action of its own, which takes no resource (Service Authorization Reference). */
export const rights: Rights = {
  ...Object.fromEntries(operations.map((name) => [name, () => [needOf(name)]])),
  // A dry run asks for nothing but this: API reference, MeterUsage.
  MeterUsage: (_: Context, { DryRun }: { readonly DryRun?: boolean }) => [
    { ...needOf("MeterUsage"), ...(DryRun === true && { refusal: "UnauthorizedException" }) },
  ],
};

function needOf(operation: string): Need {
  return { action: `aws-marketplace:${operation}`, resource: "*" };
}
