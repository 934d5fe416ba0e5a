import type { Store } from "../storage/store";
import { awsManagedPolicies } from "./aws-managed-policies";
import { keyOf, type ManagedPolicy, policies } from "./records";

const CUSTOMER_POLICY = /^arn:aws:iam::(\d{12}):policy(\/(?:.*\/)?)([^/]+)$/;

/** A customer's policy by its ARN, path included. */
export function findCustomerPolicy(store: Store, arn: string): ManagedPolicy | undefined {
  const [, accountId = "", path = "", name = ""] = CUSTOMER_POLICY.exec(arn) ?? [];
  const policy = policies(store).get(keyOf(accountId, name));
  return policy?.path === path && policy.name === name ? policy : undefined;
}

/** The document that counts of a managed policy, AWS's or a customer's; undefined where there is no such policy. */
export function managedDocument(store: Store, arn: string): string | undefined {
  const published = awsManagedPolicies.get(arn);
  if (published !== undefined) return published.document;
  const policy = findCustomerPolicy(store, arn);
  return policy?.versions.find(({ id }) => id === policy.defaultVersionId)?.document;
}
