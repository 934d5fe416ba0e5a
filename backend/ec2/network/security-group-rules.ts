import { isIP } from "node:net";
import type {
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  IpPermission,
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { steadyId } from "../ids";
import { namedSecurityGroup, saveSecurityGroup, type StoredSecurityGroup } from "./security-group";

/** Lets traffic in. A rule that is there already fails the whole request with InvalidPermission.Duplicate. */
export function authorizeSecurityGroupIngress(
  ctx: Context,
  input: AuthorizeSecurityGroupIngressRequest,
): AuthorizeSecurityGroupIngressResult {
  const group = namedSecurityGroup(ctx, input.GroupId, input.GroupName);
  const added = rulesOf(ctx, input);
  const there = new Set(group.ingress.map(identityOf));
  for (const rule of added) {
    if (!there.has(identityOf(rule))) {
      there.add(identityOf(rule));
      continue;
    }
    throw new AwsError("InvalidPermission.Duplicate", `the specified rule "${describe(rule)}" already exists`);
  }
  saveSecurityGroup(ctx, { ...group, ingress: [...group.ingress, ...added] });
  return { Return: true, SecurityGroupRules: added.map((rule) => ruleAnswer(group, rule)) };
}

/** Takes rules away, all of which must be there. */
export function revokeSecurityGroupIngress(
  ctx: Context,
  input: RevokeSecurityGroupIngressRequest,
): RevokeSecurityGroupIngressResult {
  const group = namedSecurityGroup(ctx, input.GroupId, input.GroupName);
  const byId = new Set(input.SecurityGroupRuleIds ?? []);
  const gone = byId.size > 0 ? new Set<string>() : new Set(rulesOf(ctx, input).map(identityOf));
  const kept = group.ingress.filter((rule) => !gone.has(identityOf(rule)) && !byId.has(ruleId(group, rule)));
  if (group.ingress.length - kept.length !== gone.size + byId.size) {
    throw new AwsError("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
  }
  saveSecurityGroup(ctx, { ...group, ingress: kept });
  return { Return: true };
}

/** The rules of a request, one source each, in either of the two styles that EC2 takes them. */
function rulesOf(ctx: Context, input: AuthorizeSecurityGroupIngressRequest): IpPermission[] {
  const { IpProtocol, FromPort, ToPort, CidrIp } = input;
  const single: IpPermission = {
    IpProtocol,
    FromPort,
    ToPort,
    ...(CidrIp !== undefined && { IpRanges: [{ CidrIp }] }),
  };
  const permissions: readonly IpPermission[] = input.IpPermissions?.length
    ? input.IpPermissions
    : IpProtocol === undefined
      ? []
      : [single];
  if (permissions.length === 0) {
    throw new AwsError("MissingParameter", "The request must contain the parameter ipPermissions");
  }
  return permissions.flatMap((permission) => {
    const range = portsOf(permission);
    const sources: IpPermission[] = [
      ...(permission.IpRanges ?? []).map((each) => ({ IpRanges: [each] })),
      ...(permission.Ipv6Ranges ?? []).map((each) => ({ Ipv6Ranges: [each] })),
      ...(permission.PrefixListIds ?? []).map((each) => ({ PrefixListIds: [each] })),
      ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, GroupName, ...more }) => {
        const group = namedSecurityGroup(ctx, GroupId, GroupName);
        return { UserIdGroupPairs: [{ UserId: group.owner, ...more, GroupId: group.id }] };
      }),
    ];
    for (const each of sources) checkCidrs(each);
    if (sources.length > 0) return sources.map((source) => ({ ...range, ...source }));
    throw new AwsError("MissingParameter", "Either 'cidrIp' or a source security group should be provided");
  });
}

const numbers: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };

function portsOf({ IpProtocol = "", FromPort, ToPort }: IpPermission): IpPermission {
  const protocol = numbers[IpProtocol] ?? IpProtocol.toLowerCase();
  if (!/^(tcp|udp|icmp|icmpv6|-1|\d{1,3})$/.test(protocol)) {
    throw new AwsError("InvalidPermission.Malformed", `Invalid IP protocol: ${IpProtocol}`);
  }
  if (protocol !== "tcp" && protocol !== "udp") {
    return protocol.startsWith("icmp") ? { IpProtocol: protocol, FromPort, ToPort } : { IpProtocol: protocol };
  }
  if (FromPort === undefined || ToPort === undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid value 'null' for portRange. Must specify both from and to ports`,
    );
  }
  if (FromPort < 0 || ToPort > 65535 || FromPort > ToPort) {
    throw new AwsError("InvalidParameterValue", `Invalid value '${FromPort}-${ToPort}' for portRange.`);
  }
  return { IpProtocol: protocol, FromPort, ToPort };
}

function checkCidrs({ IpRanges = [], Ipv6Ranges = [] }: IpPermission): void {
  for (const { CidrIp = "" } of IpRanges) checkCidr(CidrIp, 4, 32);
  for (const { CidrIpv6 = "" } of Ipv6Ranges) checkCidr(CidrIpv6, 6, 128);
}

function checkCidr(cidr: string, family: number, longest: number): void {
  const [address = "", length = "", ...more] = cidr.split("/");
  const fits = isIP(address) === family && /^\d{1,3}$/.test(length) && Number(length) <= longest && more.length === 0;
  if (!fits) throw new AwsError("InvalidParameterValue", `CIDR block ${cidr} is malformed`);
}

/** A rule is the same whatever its description. */
function identityOf(rule: IpPermission): string {
  return JSON.stringify([rule.IpProtocol, rule.FromPort ?? null, rule.ToPort ?? null, sourceOf(rule)]);
}

function sourceOf({ IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs }: IpPermission): string {
  return (
    IpRanges?.[0]?.CidrIp ??
    Ipv6Ranges?.[0]?.CidrIpv6 ??
    PrefixListIds?.[0]?.PrefixListId ??
    UserIdGroupPairs?.[0]?.GroupId ??
    ""
  );
}

function describe(rule: IpPermission): string {
  const protocol = rule.IpProtocol === "-1" ? "ALL" : (rule.IpProtocol ?? "").toUpperCase();
  const ports = rule.FromPort === undefined ? "" : `, from port: ${rule.FromPort}, to port: ${rule.ToPort}`;
  return `peer: ${sourceOf(rule)}, ${protocol}${ports}, ALLOW`;
}

function ruleId(group: StoredSecurityGroup, rule: IpPermission): string {
  return steadyId("sgr", `${group.id} ${identityOf(rule)}`);
}

function ruleAnswer(group: StoredSecurityGroup, rule: IpPermission) {
  return {
    SecurityGroupRuleId: ruleId(group, rule),
    GroupId: group.id,
    GroupOwnerId: group.owner,
    IsEgress: false,
    IpProtocol: rule.IpProtocol,
    FromPort: rule.FromPort ?? -1,
    ToPort: rule.ToPort ?? -1,
    CidrIpv4: rule.IpRanges?.[0]?.CidrIp,
    CidrIpv6: rule.Ipv6Ranges?.[0]?.CidrIpv6,
    Description: rule.IpRanges?.[0]?.Description ?? rule.Ipv6Ranges?.[0]?.Description,
  };
}
