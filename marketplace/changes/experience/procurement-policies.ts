import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { anyText, object, oneOf, whole } from "../document-shapes";
import {
  besideExperience,
  checkActive,
  descriptionSchema,
  experienceOf,
  experienceType,
  nameSchema,
  withExperience,
} from "./experience";
import { noPolicy, policyBeside, policyOf, policyType, type Effect, type PolicyDocument } from "./procurement-policy";

type Configuration = { readonly PolicyResourceRequests: Effect };

type NewPolicy = { readonly Name?: string; readonly Description?: string; readonly Configuration?: Configuration };

type ChangedPolicy = NewPolicy & { readonly Configuration: Configuration };

const configuration = whole({ PolicyResourceRequests: oneOf("Allow", "Deny") });

/**
 * The experience's one policy: until it is there everything may be bought, and once it is, nothing that it does not allow.
 * Without a configuration, which AWS's shapes require and its own example leaves out, users may not ask for products
 * (Work with the private marketplace).
 */
export const createProcurementPolicy: ChangeType<NewPolicy> = {
  changeType: "CreateProcurementPolicy",
  entityType: experienceType,
  schema: object({ Name: nameSchema, Description: anyText(100), Configuration: configuration }),
  check: (_world, entity) => {
    const [id] = experienceOf(entity).ProcurementPolicies;
    const message = `Experience ${entity.id} has the procurement policy ${id}. Change that with UpdateProcurementPolicy.`;
    return [...checkActive(entity), ...unless(id === undefined, "ENTITY_ALREADY_EXISTS", "", message)];
  },
  apply: (world, entity, { Name, Description, Configuration }) => {
    const details: PolicyDocument = {
      Name: Name ?? null,
      Description: Description ?? null,
      Statements: [],
      Configuration: Configuration ?? { PolicyResourceRequests: "Deny" },
    };
    const policy = { ...besideExperience(world, entity, policyType, "procpolicy"), details };
    return { ...withExperience(entity, { ProcurementPolicies: [policy.id] }), beside: [policy] };
  },
};

/** Renames the policy, and lets users ask for products or not. */
export const updateProcurementPolicy: ChangeType<ChangedPolicy> = {
  changeType: "UpdateProcurementPolicy",
  entityType: experienceType,
  schema: object({ Name: nameSchema, Description: descriptionSchema, Configuration: configuration }, ["Configuration"]),
  check: (world, entity) => [
    ...checkActive(entity),
    ...(policyBeside(world, entity) === undefined ? [noPolicy(entity)] : []),
  ],
  apply: (world, entity, details) => {
    const policy = policyBeside(world, entity);
    if (policy === undefined) return entity;
    return { ...entity, beside: [{ ...policy, details: { ...policyOf(policy), ...details } }] };
  },
};
