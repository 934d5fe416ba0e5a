import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { checkOneGroupEach } from "../marketplace/access/one-group";
import { resourceTypes } from "./resource-types";

/** Memberships as @pulumi/aws declares them: a user's groups, or a group's users. */
const groupsOfUser = "aws:iam/userGroupMembership:UserGroupMembership";
const usersOfGroup = "aws:iam/groupMembership:GroupMembership";

/**
 * AWS adds up what a person's groups allow, so two groups mean the higher level, whatever the other one says. Only groups
 * that the stack declares as subscribers' count: pages of the seller portal are groups too, and people have several.
 */
export const oneGroup: StackValidationPolicy = {
  name: "one-group",
  description: "A person is in exactly one of the groups of subscribers.",
  enforcementLevel: "mandatory",
  validateStack: ({ resources }, report) => {
    const groups = new Map(
      resources
        .filter(({ type }) => type === resourceTypes.accessGroup)
        .map((group) => [nameOf(group), new Set<string>()]),
    );
    for (const { group, user } of resources.flatMap(membershipsIn)) groups.get(group)?.add(user);
    // Engines hand a stack over in no fixed order; what is said should be the same each time.
    const sorted = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const people = Object.fromEntries(sorted.map(([group, users]) => [group, [...users]]));
    for (const { message } of checkOneGroupEach(people)) report(message);
  },
};

interface Membership {
  readonly group: string;
  readonly user: string;
}

function membershipsIn({ type, props }: PolicyResource): Membership[] {
  switch (type) {
    case resourceTypes.groupMembership:
      return [{ group: String(props["group"]), user: String(props["user"]) }];
    case groupsOfUser:
      return listOf(props["groups"]).map((group) => ({ group, user: String(props["user"]) }));
    case usersOfGroup:
      return listOf(props["users"]).map((user) => ({ group: String(props["group"]), user }));
    default:
      return [];
  }
}

/** A group is called as its resource unless it says otherwise. */
function nameOf({ name, props }: Pick<PolicyResource, "name" | "props">): string {
  return String(props["name"] ?? name);
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
