import { type Problem, quoted, repeated } from "../problem";
import { levelPolicies } from "./levels";
import { managedPolicyArn } from "./policy-document";

/** Where the groups of this package live, so that they are told from others: IAM groups have no tags. */
export const accessPath = "/marketplace/access/";
export const portalPath = "/marketplace/portal/";

/** A group as IAM shows it. */
export interface GroupSeen {
  readonly name: string;
  readonly path: string;
  /** ARNs of the managed policies attached to it. */
  readonly policies: readonly string[];
}

/** One of the subscribers' groups: made by this package, or by hand with one of the policies that AWS names for them. */
export function isAccessGroup({ path, policies }: GroupSeen): boolean {
  if (path.startsWith(accessPath)) return true;
  return Object.values(levelPolicies).some((name) => policies.includes(managedPolicyArn(name)));
}

/** A person is in exactly one of the subscribers' groups; groups of other kinds do not count. */
export function checkOneAccessGroup(user: string, joined: readonly GroupSeen[], wanted: GroupSeen): Problem[] {
  if (!isAccessGroup(wanted)) return [];
  return joined
    .filter((group) => group.name !== wanted.name && isAccessGroup(group))
    .map(({ name }) => ({
      code: "SECOND_ACCESS_GROUP",
      path: "group",
      message:
        `User ${user} is in access group ${name} already, and cannot be in ${wanted.name} as well: a person is in ` +
        `exactly one. Change the group of the membership that is there, or remove it first.`,
    }));
}

/**
 * The same for a whole team, before anything is asked of AWS: the names of the people in each group. IAM does not tell
 * upper from lower case (IAM User Guide, "IAM identifiers").
 */
export function checkOneGroupEach(groups: Readonly<Record<string, readonly string[]>>): Problem[] {
  const members = Object.entries(groups).map(([group, people]) => [group, new Set(people.map(folded))] as const);
  const spelled = new Map(
    Object.values(groups).flatMap((people) => people.map((name) => [folded(name), name] as const)),
  );
  return repeated(members.flatMap(([, people]) => [...people])).map((person) => {
    const into = members.filter(([, people]) => people.has(person)).map(([group]) => group);
    const message = `${spelled.get(person) ?? person} is in ${quoted(into)}: a person is in exactly one of the groups.`;
    return { code: "SECOND_ACCESS_GROUP", path: "", message };
  });
}

function folded(name: string): string {
  return name.toLowerCase();
}
