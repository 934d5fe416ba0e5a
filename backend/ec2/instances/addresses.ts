import { randomInt } from "node:crypto";
import { AwsError, type Context } from "../../service";
import type { Subnet } from "../network/default-vpc";
import { ownInstances, stateOf } from "./instance";

/** Addresses of a subnet that its instances may have: EC2 keeps the first four and the last for itself. */
const firstHost = 4;

/**
 * Private addresses for up to `most` new instances in a subnet, or those that are left of them.
 *
 * @throws AwsError InsufficientFreeAddressesInSubnet when fewer than `least` are left.
 */
export function freeAddresses(ctx: Context, subnet: Subnet, least: number, most: number): string[] {
  const taken = takenAddresses(ctx, subnet);
  const free: string[] = [];
  for (let host = firstHost; host < subnet.size - 1 && free.length < most; host++) {
    const address = addressAt(subnet, host);
    if (!taken.has(address)) free.push(address);
  }
  if (free.length >= least) return free;
  throw new AwsError(
    "InsufficientFreeAddressesInSubnet",
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  );
}

/** The address that a launch asks for, if it is one of the subnet's and free. */
export function askedAddress(ctx: Context, subnet: Subnet, address: string): string {
  const host = numberOf(address.split(".")) - numberOf(subnet.base);
  if (!(host >= firstHost && host < subnet.size - 1)) {
    throw new AwsError("InvalidParameterValue", `Address ${address} does not fall within the subnet's address range`);
  }
  if (takenAddresses(ctx, subnet).has(address)) {
    throw new AwsError("InvalidIPAddress.InUse", `Address ${address} is in use.`);
  }
  return address;
}

/** How many more instances the subnet has room for. */
export function freeAddressCount(ctx: Context, subnet: Subnet): number {
  return subnet.size - firstHost - 1 - takenAddresses(ctx, subnet).size;
}

/** An address of the block that is for documentation (RFC 5737): nothing answers there. */
export function publicAddress(): string {
  return `203.0.113.${randomInt(1, 255)}`;
}

function takenAddresses(ctx: Context, subnet: Subnet): ReadonlySet<string> {
  const here = ownInstances(ctx).filter((instance) => instance.subnet === subnet.id);
  return new Set(here.filter((each) => stateOf(ctx, each) !== "terminated").map((each) => each.privateIp));
}

function addressAt({ base }: Subnet, host: number): string {
  return `${base[0]}.${base[1]}.${base[2] + (host >> 8)}.${host & 255}`;
}

/** NaN for what is no address. */
function numberOf(parts: readonly (string | number)[]): number {
  return parts.length === 4 ? parts.reduce<number>((sum, part) => sum * 256 + Number(part), 0) : Number.NaN;
}
