import * as pulumi from "@pulumi/pulumi";
import { type AccessLevel, accessLevels } from "../marketplace/access/levels";
import { checkOneGroupEach } from "../marketplace/access/one-group";
import { AccessGroup } from "../providers/access-group/access-group";
import type { ConnectionArgs } from "../providers/connection";
import { GroupMembership } from "../providers/group-membership/group-membership";
import { type Member, programName, userName } from "./member";

export interface AccessGroupsArgs {
  /** Who may see subscriptions. */
  readonly view?: readonly Member[];
  /** Who may subscribe and unsubscribe as well. */
  readonly subscribe?: readonly Member[];
  /** Who may launch, start, stop and terminate instances as well. */
  readonly fullControl?: readonly Member[];
  /** The groups' names in IAM; by default the component's name and the level: `market-full-control`. */
  readonly groupNames?: { readonly [Level in AccessLevel]?: pulumi.Input<string> };
  /** Policies made for these groups, limited to `productIds`, in place of AWS's managed ones. */
  readonly leastPrivilege?: pulumi.Input<boolean>;
  /** The products that may be subscribed to, with `leastPrivilege`. */
  readonly productIds?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** The subscriber's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * The three groups of people who buy on AWS Marketplace, and who is in which; each person is in exactly one.
 *
 * @example
 * new AccessGroups("market", { view: ["alice"], subscribe: ["bob"], fullControl: [new aws.iam.User("carol")] });
 */
export class AccessGroups extends pulumi.ComponentResource {
  readonly groups: { readonly [Level in AccessLevel]: AccessGroup };

  /** @throws when a person is in more than one list, or when resource names cannot tell people apart. */
  constructor(name: string, args: AccessGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { connection } = args;
    const team = { view: args.view ?? [], subscribe: args.subscribe ?? [], "full-control": args.fullControl ?? [] };
    refuseTwice(namesWithin(team));
    super("marketplace:index:AccessGroups", name, {}, opts);
    const users = oneGroupEach(team);

    const group = (level: AccessLevel): AccessGroup =>
      new AccessGroup(`${name}-${level}`, groupArgs(level, args, name), { parent: this });
    this.groups = { view: group("view"), subscribe: group("subscribe"), "full-control": group("full-control") };

    for (const level of accessLevels) {
      for (const [i, member] of team[level].entries()) {
        const user = users.apply((names) => names[level][i] ?? "");
        // Named after the person alone, so that a person who changes groups leaves the old one first.
        const id = `${name}-${programName(member) ?? `${level}-${String(i)}`}`;
        new GroupMembership(id, { user, group: this.groups[level].name, connection }, { parent: this });
      }
    }
    this.registerOutputs({ groups: accessLevels.map((level) => this.groups[level].name) });
  }
}

type Team = { readonly [Level in AccessLevel]: readonly Member[] };
type Names = { readonly [Level in AccessLevel]: readonly string[] };

function groupArgs(level: AccessLevel, args: AccessGroupsArgs, name: string) {
  const { leastPrivilege, productIds, connection, groupNames } = args;
  return { name: groupNames?.[level] ?? `${name}-${level}`, level, leastPrivilege, productIds, connection };
}

/** What can be known of people while the program runs. */
function namesWithin(team: Team): Names {
  const known = (level: AccessLevel) => team[level].flatMap((member) => programName(member) ?? []);
  return { view: known("view"), subscribe: known("subscribe"), "full-control": known("full-control") };
}

/** The users' names, once it is sure that nobody is in two groups: two resources may stand for one person. */
function oneGroupEach(team: Team): pulumi.Output<Names> {
  const users = (level: AccessLevel): pulumi.Output<string[]> => pulumi.all(team[level].map(userName));
  return pulumi.all([users("view"), users("subscribe"), users("full-control")]).apply(([view, subscribe, full]) => {
    const names = { view, subscribe, "full-control": full };
    refuseTwice(names);
    return names;
  });
}

function refuseTwice(names: Names): void {
  const problems = checkOneGroupEach({ ...names });
  if (problems.length > 0) throw new pulumi.RunError(problems.map(({ message }) => message).join("\n"));
}
