import type { Grants } from "../../marketplace/access/policy-document";
import type { Problem } from "../../marketplace/problem";
import { checkNames } from "../property-names";
import { PartlyDone, type Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { iamOf, isTaken } from "./calls";
import { deleteGroup, grant, wantedPolicies } from "./change-group";
import { knownFailures } from "./known-failures";
import { makerOf, makersPath } from "./maker";
import { deletePolicy, documentOf, ownPolicyOf } from "./own-policy";
import { seeGroup } from "./seen-group";

/** A kind of IAM group that stands for what its members may do. */
export interface GroupKind {
  readonly type: string;
  readonly inputNames: readonly string[];
  /** Where in IAM its groups live: `/marketplace/access/`. */
  readonly path: string;
  check(inputs: Properties): Problem[];
  /** For inputs that passed the check. */
  grants(inputs: Properties): Grants;
  /** What of the declaration the grants follow from. */
  readonly decisive: readonly string[];
  /** The declaration that fits what an imported group grants, as far as it can be told. */
  recognise(policies: readonly string[], document: unknown): Properties;
}

/** An IAM group with exactly the policies that its kind calls for. The id is its name. */
export function grantingGroup(kind: GroupKind): Reconciler {
  return {
    check: (_olds, news) => ({
      inputs: news,
      failures: [...checkNames(news, kind.inputNames, kind.type), ...knownFailures(news, kind.check(news))],
    }),

    diff: (olds, news) => {
      const replaces = ["name", "connection"].filter((name) => !same(olds[name], news[name]));
      const declared = kind.decisive.some((name) => !same(olds[name], news[name]));
      return { changes: replaces.length > 0 || declared || drifted(kind, olds, news), replaces };
    },

    create: async (place, inputs) => {
      const id = text(inputs.name);
      const path = makersPath(kind.path, await makerOf(place.host));
      await make(place, id, path);
      return { id, outs: await converge(kind, place, id, inputs) };
    },

    update: (place, id, _olds, news) => converge(kind, place, id, news),

    read: async (place, id, props) => {
      const seen = await look(place, id);
      if (seen === undefined) return undefined;
      const declared = Object.fromEntries(Object.entries(props).filter(([name]) => kind.inputNames.includes(name)));
      const known = Object.keys(declared).length > 0 ? declared : kind.recognise(seen.policies, seen.policyDocument);
      const inputs = { ...known, name: id };
      return { props: { ...inputs, ...seen }, inputs };
    },

    delete: async (place, id, props) => {
      const iam = iamOf(place);
      const group = await seeGroup(iam, id);
      if (group !== undefined) await deleteGroup(iam, group);
      await deletePolicy(iam, ownPolicyOf(place.account.id, group?.path ?? text(props.path), id));
    },
  };
}

/** A policy was attached, detached or rewritten by somebody else. */
function drifted(kind: GroupKind, olds: Properties, news: Properties): boolean {
  const grants = kind.grants(news);
  const wanted = wantedPolicies(grants, text(olds.policyArn));
  return (
    !same(olds.policies, wanted) ||
    !same(olds.inlinePolicies, []) ||
    !same(olds.policyDocument ?? undefined, grants.own)
  );
}

/** A group that this stack made in a run that could not save it is taken over; anybody else's is not touched. */
async function make(place: Place, GroupName: string, Path: string): Promise<void> {
  const iam = iamOf(place);
  try {
    await iam((client, { CreateGroupCommand }) => client.send(new CreateGroupCommand({ GroupName, Path })));
  } catch (error) {
    if (!isTaken(error)) throw error;
    const there = await seeGroup(iam, GroupName);
    if (there?.path === Path && !place.claims.held.has(GroupName)) return;
    const message =
      `name: there is a group ${GroupName} already, which this stack did not make. ` +
      `Choose another name, or delete that group. [EntityAlreadyExists]`;
    throw new Error(message, { cause: error });
  }
}

/** Looks, grants what is wanted and nothing else, and looks again. */
async function converge(kind: GroupKind, place: Place, id: string, inputs: Properties): Promise<Properties> {
  const iam = iamOf(place);
  const group = await seeGroup(iam, id);
  if (group === undefined) throw new Error(`name: the group ${id} is gone. Refresh the stack, and it is made again.`);
  try {
    await grant(iam, group, kind.grants(inputs), ownPolicyOf(place.account.id, group.path, id));
  } catch (error) {
    throw new PartlyDone(id, { ...inputs, ...(await look(place, id)) }, error);
  }
  return { ...inputs, ...(await look(place, id)) };
}

/** What IAM says of the group; undefined when there is none. */
async function look(place: Place, id: string) {
  const iam = iamOf(place);
  const group = await seeGroup(iam, id);
  if (group === undefined) return undefined;
  const { arn, path, policies, inlinePolicies } = group;
  const own = ownPolicyOf(place.account.id, path, id);
  const policyDocument = policies.includes(own.arn) ? await documentOf(iam, own) : undefined;
  return { arn, path, policies, inlinePolicies, policyArn: own.arn, policyDocument };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
