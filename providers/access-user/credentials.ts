import { type IamCalls, isTaken, orNone } from "../iam/calls";
import { nameOf } from "../trouble";
import { newPassword } from "./password";
import { keysOf, type SeenUser } from "./seen-user";
import type { WantedUser } from "./wanted-user";

/** What a person signs in with, as far as this stack made it. Only the state keeps these: IAM never tells them again. */
export interface Credentials {
  readonly password?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
}

/** Gives, changes and takes away the password for the console. Returns the one that holds. */
export async function changePassword(
  iam: IamCalls,
  { name: UserName, consoleAccess }: SeenUser,
  wanted: WantedUser,
  known: string | undefined,
): Promise<string | undefined> {
  if (!wanted.consoleAccess) {
    if (consoleAccess) await removePassword(iam, UserName);
    return undefined;
  }
  if (consoleAccess && known !== undefined && (wanted.password ?? known) === known) return known;
  const password = wanted.password ?? newPassword();
  const profile = { UserName, Password: password, PasswordResetRequired: wanted.passwordResetRequired };
  try {
    await (consoleAccess
      ? iam((client, { UpdateLoginProfileCommand }) => client.send(new UpdateLoginProfileCommand(profile)))
      : iam((client, { CreateLoginProfileCommand }) => client.send(new CreateLoginProfileCommand(profile))));
  } catch (error) {
    if (!isTaken(error)) throw refusedPassword(error);
    await iam((client, { UpdateLoginProfileCommand }) => client.send(new UpdateLoginProfileCommand(profile)));
  }
  return password;
}

/** Gives and takes away the one access key that is declared; keys that the person made stay. */
export async function changeKey(
  iam: IamCalls,
  { name: UserName, activeKeys }: SeenUser,
  wanted: WantedUser,
  known: Credentials,
): Promise<Pick<Credentials, "accessKeyId" | "secretAccessKey">> {
  const { accessKeyId, secretAccessKey } = known;
  const works = accessKeyId !== undefined && secretAccessKey !== undefined && activeKeys.includes(accessKeyId);
  if (wanted.accessKey && works) return { accessKeyId, secretAccessKey };
  if (accessKeyId !== undefined) await removeKey(iam, UserName, accessKeyId);
  if (!wanted.accessKey) return {};
  const { AccessKey } = await iam((client, { CreateAccessKeyCommand }) =>
    client.send(new CreateAccessKeyCommand({ UserName })),
  );
  return { accessKeyId: AccessKey?.AccessKeyId, secretAccessKey: AccessKey?.SecretAccessKey };
}

export async function removePassword(iam: IamCalls, UserName: string): Promise<void> {
  await orNone(
    iam((client, { DeleteLoginProfileCommand }) => client.send(new DeleteLoginProfileCommand({ UserName }))),
  );
}

export async function removeAllKeys(iam: IamCalls, UserName: string): Promise<void> {
  for (const { id } of await keysOf(iam, UserName)) await removeKey(iam, UserName, id);
}

async function removeKey(iam: IamCalls, UserName: string, AccessKeyId: string): Promise<void> {
  await orNone(
    iam((client, { DeleteAccessKeyCommand }) => client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))),
  );
}

function refusedPassword(error: unknown): unknown {
  if (!nameOf(error).startsWith("PasswordPolicyViolation")) return error;
  const words = error instanceof Error ? error.message : "";
  return new Error(`password: the account's password policy refuses it. ${words} [PasswordPolicyViolation]`, {
    cause: error,
  });
}
