import * as pulumi from "@pulumi/pulumi";

/** A person: a user's name, or a resource that has one, such as AccessUser or aws.iam.User. */
export type Member = pulumi.Input<string> | { readonly name: pulumi.Output<string> };

/** The user's name in IAM. */
export function userName(member: Member): pulumi.Output<string> {
  return pulumi.output(isNamed(member) ? member.name : member);
}

/**
 * What to call the person in the names of resources, which must be known before anything runs: the name itself, or
 * that of the resource in the program. Undefined for names that only the deployment will know.
 */
export function programName(member: Member): string | undefined {
  if (typeof member === "string") return member;
  if (!pulumi.Resource.isInstance(member)) return undefined;
  // Pulumi keeps it on every resource, though its types do not say so.
  const name: unknown = Object.entries(member).find(([key]) => key === "__name")?.[1];
  return typeof name === "string" ? name : undefined;
}

/** An output answers to every property name, so it is asked first. */
function isNamed(member: Member): member is { readonly name: pulumi.Output<string> } {
  return typeof member === "object" && !pulumi.Output.isInstance(member) && "name" in member;
}
