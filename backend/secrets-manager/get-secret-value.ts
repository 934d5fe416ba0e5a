import { AwsError, type Context } from "../service";
import { arnOfSecret, findSecret, noteAccess, type SecretVersion, stagesOf, type StoredSecret } from "./secrets";

interface GetSecretValueRequest {
  readonly SecretId: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

/** The text of a secret: of the version asked for, else of the current one (Secrets Manager API reference, GetSecretValue). */
export function getSecretValue(ctx: Context, { SecretId, VersionId, VersionStage }: GetSecretValueRequest): object {
  const secret = requireSecret(ctx, SecretId);
  const version = versionOf(secret, VersionId, VersionStage);
  noteAccess(ctx.market, secret);
  return {
    ARN: arnOfSecret(secret),
    Name: secret.name,
    VersionId: version.id,
    SecretString: ctx.market.vault.open(version.sealed),
    VersionStages: stagesOf(secret, version),
    CreatedDate: new Date(version.created),
  };
}

/** The secret that the request names. ResourceNotFoundException where the caller's account and region have none. */
export function requireSecret(ctx: Context, id: string): StoredSecret {
  const secret = findSecret(ctx.market, id, { accountId: ctx.caller.accountId, region: ctx.region });
  if (secret === undefined) throw notFound("Secrets Manager can't find the specified secret.");
  return secret;
}

function versionOf(secret: StoredSecret, id: string | undefined, stage: string | undefined): SecretVersion {
  const wanted = stage ?? (id === undefined ? "AWSCURRENT" : undefined);
  const staged =
    wanted === undefined ? undefined : secret.versions.find((one) => stagesOf(secret, one).includes(wanted));
  if (id === undefined) {
    if (staged !== undefined) return staged;
    throw notFound(`Secrets Manager can't find the specified secret value for staging label: ${wanted}`);
  }
  const named = secret.versions.find((one) => one.id === id);
  if (named === undefined) {
    throw notFound(`Secrets Manager can't find the specified secret value for VersionId: ${id}`);
  }
  if (wanted === undefined || staged === named) return named;
  const message = "You provided a VersionStage that is not associated to the provided VersionId.";
  throw new AwsError("InvalidRequestException", message, { status: 400 });
}

function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, { status: 400 });
}
