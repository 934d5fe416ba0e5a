import type {
  DisableEbsEncryptionByDefaultResult,
  EnableEbsEncryptionByDefaultResult,
  GetEbsEncryptionByDefaultResult,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";

interface EbsSettings {
  readonly encryptByDefault: boolean;
}

const settings = (ctx: Context) => ctx.market.store.table<EbsSettings>("ec2-ebs-settings");
const settingsKey = (ctx: Context): string => `${ctx.region}/${ctx.caller.accountId}`;

/** Whether new volumes and copies of the account in this region are encrypted without anybody asking. */
export function encryptsByDefault(ctx: Context): boolean {
  return settings(ctx).get(settingsKey(ctx))?.encryptByDefault ?? false;
}

/** The account's key that EBS uses when none is named. */
export function defaultKmsKey(ctx: Context): string {
  return `arn:aws:kms:${ctx.region}:${ctx.caller.accountId}:alias/aws/ebs`;
}

/** How a new volume or a copy is encrypted: a source's encryption stays, and by default or on demand there is more. */
export function encryptionOf(
  ctx: Context,
  asked: { readonly Encrypted?: boolean | undefined; readonly KmsKeyId?: string | undefined },
  source?: { readonly encrypted: boolean },
): { encrypted: false } | { encrypted: true; kmsKey: string } {
  if (asked.KmsKeyId !== undefined && asked.Encrypted !== true) {
    throw new AwsError(
      "InvalidParameterDependency",
      "The parameter KmsKeyId requires the parameter Encrypted to be set.",
    );
  }
  if (source?.encrypted && asked.Encrypted === false) {
    throw new AwsError("InvalidParameterValue", "The encrypted flag cannot be set to false for an encrypted snapshot.");
  }
  if (!asked.Encrypted && !source?.encrypted && !encryptsByDefault(ctx)) return { encrypted: false };
  return { encrypted: true, kmsKey: asked.KmsKeyId ?? defaultKmsKey(ctx) };
}

export function getEbsEncryptionByDefault(ctx: Context): GetEbsEncryptionByDefaultResult {
  return { EbsEncryptionByDefault: encryptsByDefault(ctx), SseType: "sse-ebs" };
}

export function enableEbsEncryptionByDefault(ctx: Context): EnableEbsEncryptionByDefaultResult {
  settings(ctx).put(settingsKey(ctx), { encryptByDefault: true });
  return { EbsEncryptionByDefault: true };
}

export function disableEbsEncryptionByDefault(ctx: Context): DisableEbsEncryptionByDefaultResult {
  settings(ctx).put(settingsKey(ctx), { encryptByDefault: false });
  return { EbsEncryptionByDefault: false };
}
