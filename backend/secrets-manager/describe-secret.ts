import type { Context } from "../service";
import { requireSecret } from "./get-secret-value";
import { arnOfSecret, stagesOf, type StoredSecret } from "./secrets";

/** All that there is to say of a secret but its text (Secrets Manager API reference, DescribeSecret). */
export function describeSecret(ctx: Context, { SecretId }: { readonly SecretId: string }): object {
  const secret = requireSecret(ctx, SecretId);
  return { ...common(secret), VersionIdsToStages: versionsOf(secret) };
}

/** A secret as a list shows it. */
export function entryOf(secret: StoredSecret): object {
  return { ...common(secret), SecretVersionsToStages: versionsOf(secret) };
}

/** What its owner says about it. */
export function descriptionOf({ owningService }: StoredSecret): string {
  return `Managed by ${owningService}`;
}

function common(secret: StoredSecret): object {
  const { name, owningService, created, changed, accessed, tags } = secret;
  return {
    ARN: arnOfSecret(secret),
    Name: name,
    Description: descriptionOf(secret),
    OwningService: owningService,
    CreatedDate: new Date(created),
    LastChangedDate: new Date(changed),
    ...(accessed !== undefined && { LastAccessedDate: new Date(accessed) }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function versionsOf(secret: StoredSecret): Record<string, string[]> {
  return Object.fromEntries(secret.versions.map((version) => [version.id, stagesOf(secret, version)]));
}
