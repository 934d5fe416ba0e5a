import type { AmiVersionSpec } from "./listing";

type SecurityGroupRule = AmiVersionSpec["securityGroups"][number];

/**
 * The rules of a version's recommended security group that let everybody reach a port which is not allowed for that.
 * AWS Marketplace asks for no more access than the software needs: seller guide, "AMI-based product requirements".
 */
export function openToEverybody(
  rules: readonly SecurityGroupRule[],
  allowedPorts: readonly number[],
): SecurityGroupRule[] {
  return rules.filter((rule) => rule.cidrs.some(isEverybody) && !covers(allowedPorts, rule.fromPort, rule.toPort));
}

/** `22` or `1024-65535`. */
export function portsOf({ fromPort, toPort }: Pick<SecurityGroupRule, "fromPort" | "toPort">): string {
  return fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
}

/** `0.0.0.0/0` and `::/0`, and `10.0.0.0/0` too: with no bits fixed the address does not matter. */
function isEverybody(cidr: string): boolean {
  return cidr.endsWith("/0");
}

/** Ports are few: 65,536 at most, and a range of more ports than are allowed cannot be covered. */
function covers(allowed: readonly number[], from: number, to: number): boolean {
  if (to - from >= allowed.length) return false;
  for (let port = from; port <= to; port += 1) if (!allowed.includes(port)) return false;
  return true;
}
