import { arnOfSecret, findSecret } from "../../secrets-manager/secrets";
import type { Context } from "../../service";
import type { Needs, Rights } from "../need";
import { keysOfResourceTags } from "../request-keys";

/**
 * AWS Secrets Manager: Service Authorization Reference, "Actions, resources, and condition keys for AWS Secrets Manager".
 * The secrets of other accounts have no policies that would let anybody in.
 */
export const rights: Rights = {
  DescribeSecret: onSecret("secretsmanager:DescribeSecret"),
  GetSecretValue: onSecret("secretsmanager:GetSecretValue"),
  ListSecrets: () => [{ action: "secretsmanager:ListSecrets", resource: "*" }],
};

interface OnSecret {
  readonly SecretId: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

function onSecret(action: string): Needs<OnSecret> {
  return (ctx, { SecretId, VersionId, VersionStage }) => {
    const { caller, market, region } = ctx;
    const secret = findSecret(market, SecretId, { accountId: caller.accountId, region });
    const resource = secret === undefined ? asAsked(ctx, SecretId) : arnOfSecret(secret);
    const owner = /^arn:aws:secretsmanager:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? caller.accountId;
    return [
      {
        action,
        resource,
        resourceSide: { accountId: owner },
        keys: {
          ...keysOfResourceTags(secret?.tags ?? {}, ["aws", "secretsmanager"]),
          "secretsmanager:SecretId": resource,
          "secretsmanager:VersionId": VersionId,
          "secretsmanager:VersionStage": VersionStage,
        },
      },
    ];
  };
}

/** What is not there has no ARN of its own; it is meant under its name. */
function asAsked({ caller, region }: Context, id: string): string {
  return id.startsWith("arn:") ? id : `arn:aws:secretsmanager:${region}:${caller.accountId}:secret:${id}`;
}
