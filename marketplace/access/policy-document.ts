/** An IAM policy as JSON: IAM User Guide, "IAM JSON policy elements reference". */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  /** Values by condition key, by operator. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What a group is given: managed policies of AWS by ARN, and perhaps one policy of its own. */
export interface Grants {
  readonly managed: readonly string[];
  readonly own?: PolicyDocument;
}

/** `managedPolicyArn("AWSMarketplaceRead-only")` */
export function managedPolicyArn(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}
