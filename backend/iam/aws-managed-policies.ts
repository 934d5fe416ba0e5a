import { createHash } from "node:crypto";

import published from "./aws-managed-policies.json";

/** A policy that AWS publishes for every account: AWS Managed Policy Reference, of which this is what marketplaces use. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** `ANPA…`, made from the name. */
  readonly id: string;
  readonly versionId: string;
  readonly createDate: string;
  readonly updateDate: string;
  /** JSON. */
  readonly document: string;
}

/** By ARN, in order of name. */
export const awsManagedPolicies: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  published.map(({ name, path, version, created, updated, document }) => {
    const arn = `arn:aws:iam::aws:policy${path}${name}`;
    const policy = {
      name,
      path,
      arn,
      id: idOf(name),
      versionId: version,
      createDate: created,
      updateDate: updated,
      document: JSON.stringify(document, null, 4),
    };
    return [arn, policy] as const;
  }),
);

/** The same on every machine, as AWS's are: letters of the name's digest. */
function idOf(name: string): string {
  const letters = Array.from(createHash("sha256").update(name).digest().subarray(0, 17), (byte) =>
    (byte % 32).toString(32),
  );
  return `ANPA${letters.join("").toUpperCase()}`;
}
