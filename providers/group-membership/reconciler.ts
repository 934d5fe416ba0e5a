import { checkMembership } from "../../marketplace/access/checks";
import { checkOneAccessGroup, type GroupSeen } from "../../marketplace/access/one-group";
import { allPages } from "../iam/all-pages";
import { type IamCalls, iamOf, isGone, orNone } from "../iam/calls";
import { knownFailures } from "../iam/known-failures";
import { attachedTo } from "../iam/seen-group";
import { checkNames } from "../property-names";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { inTurn } from "./in-turn";

const inputNames = ["user", "group", "connection"];

/** A user's place in a group. The id is `user/group`; neither name can hold a slash. */
export const groupMembership: Reconciler = {
  check: (_olds, news) => ({
    inputs: news,
    failures: [...checkNames(news, inputNames, "GroupMembership"), ...knownFailures(news, checkMembership(news))],
  }),

  diff: (olds, news) => {
    const replaces = inputNames.filter((name) => !same(olds[name], news[name]));
    // A person is in one access group only, so the old one has to be left before the new one is joined.
    return { changes: replaces.length > 0, replaces, deleteBeforeReplace: true };
  },

  create: async (place, inputs) => {
    const [user, group] = [text(inputs.user), text(inputs.group)];
    await inTurn(place.account, user, () => join(place, user, group));
    return { id: `${user}/${group}`, outs: inputs };
  },

  update: (_place, _id, _olds, news) => Promise.resolve(news),

  read: async (place, id, props) => {
    const [user = "", group = ""] = id.split("/");
    const joined = await orNone(groupsOf(iamOf(place), user));
    if (joined?.some(({ name }) => name === group) !== true) return undefined;
    const seen = { ...props, user, group };
    return { props: seen, inputs: seen };
  },

  delete: async (place, id) => {
    const [UserName = "", GroupName = ""] = id.split("/");
    await orNone(
      iamOf(place)((client, { RemoveUserFromGroupCommand }) =>
        client.send(new RemoveUserFromGroupCommand({ UserName, GroupName })),
      ),
    );
  },
};

async function join(place: Place, UserName: string, GroupName: string): Promise<void> {
  const iam = iamOf(place);
  const wanted = await groupToJoin(place, iam, GroupName);
  const joined = await groupsToKeep(place, iam, UserName);
  const [problem] = checkOneAccessGroup(
    UserName,
    await Promise.all(joined.map((one) => withPolicies(iam, one))),
    wanted,
  );
  if (problem !== undefined) throw new Error(`${problem.path}: ${problem.message}`);
  await iam((client, { AddUserToGroupCommand }) => client.send(new AddUserToGroupCommand({ UserName, GroupName })));
}

async function groupToJoin({ account }: Place, iam: IamCalls, GroupName: string): Promise<GroupSeen> {
  try {
    const { Group } = await iam((client, { GetGroupCommand }) => client.send(new GetGroupCommand({ GroupName })));
    return await withPolicies(iam, { name: GroupName, path: Group?.Path ?? "/" });
  } catch (error) {
    if (!isGone(error)) throw error;
    throw new Error(`group: there is no group ${GroupName} in account ${account.id}. Create it first. [NoSuchEntity]`, {
      cause: error,
    });
  }
}

async function groupsToKeep({ account }: Place, iam: IamCalls, user: string) {
  try {
    return await groupsOf(iam, user);
  } catch (error) {
    if (!isGone(error)) throw error;
    throw new Error(`user: there is no user ${user} in account ${account.id}. Create it first. [NoSuchEntity]`, {
      cause: error,
    });
  }
}

interface Joined {
  readonly name: string;
  readonly path: string;
}

async function groupsOf(iam: IamCalls, UserName: string): Promise<Joined[]> {
  const pages = await allPages((Marker) =>
    iam((client, { ListGroupsForUserCommand }) => client.send(new ListGroupsForUserCommand({ UserName, Marker }))),
  );
  return pages
    .flatMap(({ Groups = [] }) => Groups)
    .map(({ GroupName: name = "", Path: path = "/" }) => ({ name, path }));
}

async function withPolicies(iam: IamCalls, { name, path }: Joined): Promise<GroupSeen> {
  return { name, path, policies: await attachedTo(iam, name) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
