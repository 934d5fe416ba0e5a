import { productsIn, type PolicyDocument } from "../../marketplace/changes/experience/procurement-policy";
import type { PolicySpec } from "../../marketplace/private-marketplace/declared";
import { checkPolicy, planPolicy, policyProperties } from "../../marketplace/private-marketplace/plan-policy";
import { checkOwner } from "../ami-product/look";
import { asDeclared, checkProperties, idsIn, sameIds } from "../private-marketplace/check-properties";
import { experience, ownerOf, part, partOf, type Seen } from "../private-marketplace/experiences";
import { isLeft, refuseSecond } from "../private-marketplace/one-of-each";
import { propertyFinder, settle } from "../private-marketplace/settle";
import type { Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";

const names = ["experienceId", "name", "description", "allow", "deny", "requests", "connection"];
const shape = {
  type: "ProcurementPolicy",
  names,
  lists: ["allow", "deny"],
  switches: ["requests"],
  required: ["experienceId", "allow"],
};
const sets = new Set(["allow", "deny"]);
const findProperty = propertyFinder(policyProperties);

/** What the audience of an experience may buy. The id is AWS's: `procpolicy-…`. */
export const procurementPolicy: Reconciler = {
  check: (_olds, news) => ({ inputs: news, failures: checkProperties(news, shape, () => checkPolicy(specIn(news))) }),

  diff: (olds, news) => {
    const equal = (name: string) =>
      sets.has(name)
        ? sameIds(olds[name], news[name])
        : same(olds[name] ?? defaultOf(name), news[name] ?? defaultOf(name));
    const changed = names.filter((name) => !equal(name));
    return { changes: changed.length > 0, replaces: changed.filter((name) => name === "experienceId") };
  },

  create: async (place, inputs) => {
    const experienceId = String(inputs.experienceId);
    await refuseSecond(place, "ProcurementPolicy", experienceId);
    const seen = await converge(place, experienceId, specIn(inputs));
    place.claims.held.add(seen.id);
    return { id: seen.id, outs: outputsOf(inputs, seen) };
  },

  update: async (place, _id, olds, news) => {
    checkOwner(place.account, olds.policyArn);
    return outputsOf(news, await converge(place, String(news.experienceId), specIn(news)));
  },

  read: async ({ account }, id, props) => {
    checkOwner(account, props.policyArn);
    const seen = await part(account, "ProcurementPolicy", id);
    if (seen === undefined) return undefined;
    const experienceId = props.experienceId ?? (await ownerOf(account, "ProcurementPolicy", id));
    const inputs = inputsOf({ ...props, experienceId }, seen.details, props.experienceId === undefined);
    return { props: outputsOf(inputs, seen), inputs };
  },

  delete: async (place, id, props) => {
    checkOwner(place.account, props.policyArn);
    if (!isLeft(place, id)) return;
    const experienceId = String(props.experienceId);
    const owner = await experience(place.account, experienceId);
    const seen = await part(place.account, "ProcurementPolicy", id);
    // An archived experience governs nobody, and takes no changes.
    if (owner === undefined || seen === undefined || owner.details.AdminStatus === "Restricted") return;
    const requests = seen.details.Configuration.PolicyResourceRequests === "Allow";
    await converge(place, experienceId, { allow: [], requests });
  },
};

async function converge(place: Place, experienceId: string, wanted: PolicySpec): Promise<Seen<PolicyDocument>> {
  const seen = await settle(place, experienceId, {
    subject: `procurement policy of ${experienceId}`,
    purpose: "update",
    look: (owner) => partOf(place.account, "ProcurementPolicy", owner),
    plan: (policy) => planPolicy(experienceId, policy?.details, wanted),
    findProperty,
  });
  if (seen === undefined)
    throw new Error(`AWS said that the policy of ${experienceId} was made, but does not show it.`);
  return seen;
}

/**
 * The policy as a declaration. Products that are denied without being declared so count for nothing: what is not allowed
 * cannot be bought anyway.
 */
function inputsOf(props: Properties, { Name, Description, Statements, Configuration }: PolicyDocument, whole: boolean) {
  const denied = productsIn(Statements, "Deny");
  const deny = whole ? denied : denied.filter((id) => idsIn(props.deny).includes(id));
  const requests = Configuration.PolicyResourceRequests === "Allow";
  return {
    experienceId: props.experienceId,
    ...((whole || props.name !== undefined) && Name !== null && { name: Name }),
    ...((whole || props.description !== undefined) && Description !== null && { description: Description }),
    allow: asDeclared(props.allow, productsIn(Statements, "Allow")),
    ...((props.deny !== undefined || deny.length > 0) && { deny: asDeclared(props.deny, deny) }),
    ...((props.requests !== undefined || requests) && { requests }),
    ...(props.connection !== undefined && { connection: props.connection }),
  };
}

function outputsOf(inputs: Properties, { id, arn }: Seen<PolicyDocument>): Properties {
  return { ...inputs, policyId: id, policyArn: arn };
}

function defaultOf(name: string): unknown {
  return name === "requests" ? false : undefined;
}

/** What `check` has let through, or is about to judge. */
function specIn({ name, description, allow, deny, requests }: Properties): PolicySpec {
  return { name, description, allow: idsIn(allow), deny: idsIn(deny), requests } as PolicySpec;
}
