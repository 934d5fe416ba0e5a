import type { LaunchPermission } from "@aws-sdk/client-ec2";
import { AwsError } from "../service";

/** Who may launch an image or make volumes from a snapshot, besides its owner: one of the members is set. */
export type Grant = Readonly<Pick<LaunchPermission, "Group" | "UserId" | "OrganizationArn" | "OrganizationalUnitArn">>;

/** A change of grants, in either of the two styles that EC2 takes it. */
export interface GrantChange {
  readonly modifications?: { readonly Add?: readonly Grant[]; readonly Remove?: readonly Grant[] } | undefined;
  readonly operation?: string | undefined;
  readonly users?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly organizations?: readonly string[] | undefined;
  readonly organizationalUnits?: readonly string[] | undefined;
}

/** Whether the grants let this account in, by name or as everybody. */
export function grantsReach(grants: readonly Grant[], accountId: string): boolean {
  return grants.some((grant) => grant.Group === "all" || grant.UserId === accountId);
}

export function isPublic(grants: readonly Grant[]): boolean {
  return grants.some((grant) => grant.Group === "all");
}

/**
 * The grants after the change; giving what is given and taking what is not there are no errors. Fails with
 * InvalidAMIAttributeItemValue for a user that is no account id, or a group other than `all`.
 */
export function changeGrants(current: readonly Grant[], change: GrantChange): Grant[] {
  const { add, remove } = bothStyles(change);
  for (const grant of [...add, ...remove]) checkGrant(grant);
  const gone = new Set(remove.map(grantKey));
  const after = new Map(current.map((grant) => [grantKey(grant), grant]));
  for (const grant of add) after.set(grantKey(grant), cleanGrant(grant));
  for (const key of gone) after.delete(key);
  return [...after.values()];
}

function bothStyles(change: GrantChange): { add: readonly Grant[]; remove: readonly Grant[] } {
  const listed: Grant[] = [
    ...(change.users ?? []).map((UserId) => ({ UserId })),
    ...(change.groups ?? []).map((Group) => ({ Group: Group as "all" })),
    ...(change.organizations ?? []).map((OrganizationArn) => ({ OrganizationArn })),
    ...(change.organizationalUnits ?? []).map((OrganizationalUnitArn) => ({ OrganizationalUnitArn })),
  ];
  const add = change.modifications?.Add ?? [];
  const remove = change.modifications?.Remove ?? [];
  if (add.length + remove.length > 0) return { add, remove };
  if (listed.length === 0) {
    throw new AwsError("InvalidParameterCombination", "No attributes specified.");
  }
  if (change.operation !== "add" && change.operation !== "remove") {
    throw new AwsError("MissingParameter", "The request must contain the parameter operationType");
  }
  return change.operation === "add" ? { add: listed, remove: [] } : { add: [], remove: listed };
}

function checkGrant(grant: Grant): void {
  const { UserId, Group, OrganizationArn, OrganizationalUnitArn } = grant;
  if (UserId !== undefined && !/^\d{12}$/.test(UserId)) throw badItem(UserId, "userId");
  if (Group !== undefined && Group !== "all") throw badItem(Group, "group");
  if (OrganizationArn !== undefined && !/^arn:aws:organizations::\d{12}:organization\/o-/.test(OrganizationArn)) {
    throw badItem(OrganizationArn, "organizationArn");
  }
  if (OrganizationalUnitArn !== undefined && !/^arn:aws:organizations::\d{12}:ou\/o-/.test(OrganizationalUnitArn)) {
    throw badItem(OrganizationalUnitArn, "organizationalUnitArn");
  }
}

function badItem(value: string, item: string): AwsError {
  return new AwsError("InvalidAMIAttributeItemValue", `Invalid attribute item value "${value}" for ${item} item type.`);
}

function cleanGrant(grant: Grant): Grant {
  return Object.fromEntries(Object.entries(grant).filter(([, value]) => value !== undefined));
}

function grantKey(grant: Grant): string {
  return `${grant.Group ?? ""}|${grant.UserId ?? ""}|${grant.OrganizationArn ?? ""}|${grant.OrganizationalUnitArn ?? ""}`;
}
