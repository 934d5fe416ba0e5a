import type { Change } from "../changes/change-type";
import { mostProducts } from "../changes/experience/product-procurement";
import { productsIn, type PolicyDocument } from "../changes/experience/procurement-policy";
import { quoted, type Problem } from "../problem";
import { changeOf, checkDeclared, checkIds, type PolicySpec } from "./declared";

export const policyProperties = { Name: "name", Description: "description", PolicyResourceRequests: "requests" };

/** CreateProcurementPolicy takes less than UpdateProcurementPolicy does. */
const longestFirstDescription = 100;

export function checkPolicy(wanted: PolicySpec): Problem[] {
  const { deny = [] } = wanted;
  return [
    ...checkDeclared("UpdateProcurementPolicy", facts(wanted), policyProperties),
    ...checkIds("allow", wanted.allow),
    ...checkIds("deny", deny),
    ...deny.flatMap((id, i) =>
      wanted.allow.includes(id)
        ? [{ code: "INVALID_INPUT", path: `deny[${i}]`, message: `${quoted([id])} is allowed as well. Decide on one.` }]
        : [],
    ),
  ];
}

/**
 * The next change set on the way to a declared policy; empty once it is there. A change names 50 products at most and
 * stands in a set once, so long lists take several sets, as few as can be. What is no longer allowed gets denied, for
 * there is no other way to take it back: a product that is neither cannot be bought either.
 */
export function planPolicy(experienceId: string, seen: PolicyDocument | undefined, wanted: PolicySpec): Change[] {
  const allowed = new Set(productsIn(seen?.Statements ?? [], "Allow"));
  const denied = new Set(productsIn(seen?.Statements ?? [], "Deny"));
  const { deny = [] } = wanted;
  const toAllow = wanted.allow.filter((id) => !allowed.has(id));
  const dropped = [...allowed].filter((id) => !wanted.allow.includes(id));
  const toDeny = [...new Set([...deny.filter((id) => !denied.has(id)), ...dropped])];
  return [
    ...planFacts(experienceId, seen, wanted),
    ...procurement("AllowProductProcurement", experienceId, toAllow),
    ...procurement("DenyProductProcurement", experienceId, toDeny),
  ];
}

function planFacts(experienceId: string, seen: PolicyDocument | undefined, wanted: PolicySpec): Change[] {
  const { Name, Description, Configuration } = facts(wanted);
  if (seen === undefined) {
    const first = Description !== undefined && Description.length <= longestFirstDescription ? Description : undefined;
    return [changeOf("CreateProcurementPolicy", experienceId, { Name, Description: first, Configuration })];
  }
  const settled =
    (Name ?? seen.Name) === seen.Name &&
    (Description ?? seen.Description) === seen.Description &&
    Configuration.PolicyResourceRequests === seen.Configuration.PolicyResourceRequests;
  return settled ? [] : [changeOf("UpdateProcurementPolicy", experienceId, { Name, Description, Configuration })];
}

function facts({ name, description, requests }: PolicySpec) {
  const PolicyResourceRequests = requests === true ? "Allow" : "Deny";
  return { Name: name, Description: description, Configuration: { PolicyResourceRequests } };
}

function procurement(changeType: string, experienceId: string, ids: readonly string[]): Change[] {
  if (ids.length === 0) return [];
  const Ids = ids.toSorted().slice(0, mostProducts);
  return [changeOf(changeType, experienceId, { Products: [{ Ids }] })];
}
