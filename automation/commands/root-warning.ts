import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** How to reach AWS: what the command line and the stack's configuration say over the environment. */
export interface CallerConnection {
  readonly endpoint?: string;
  readonly profile?: string;
}

const patience = 2_000;

/**
 * One line for whoever works with the keys of an account's root; undefined for everybody else, without credentials, and
 * when AWS has not said within two seconds who is calling. AWS says never to use these for daily work: IAM User Guide,
 * "Root user best practices for your AWS account".
 */
export async function rootWarning(
  connection: CallerConnection,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  if (!hasKeys(env)) return undefined;
  const timeUp = AbortSignal.timeout(patience);
  const late = new Promise<undefined>((resolve) => timeUp.addEventListener("abort", () => resolve(undefined)));
  const caller = await Promise.race([callerArn(connection, timeUp).catch(() => undefined), late]);
  const account = /^arn:[\w-]+:iam::(\d{12}):root$/.exec(caller ?? "")?.[1];
  if (account === undefined) return undefined;
  return (
    `warning: these are the root keys of account ${account}, which nothing can limit. ` +
    `Make an administrator, delete them, and use the administrator's: docs/getting-started.md`
  );
}

/** Root has long-lived keys only, which stand in the environment or in a file; a machine's role need not be asked for. */
function hasKeys(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env["AWS_ACCESS_KEY_ID"] !== undefined) return true;
  const files = [
    env["AWS_SHARED_CREDENTIALS_FILE"] ?? join(homedir(), ".aws", "credentials"),
    env["AWS_CONFIG_FILE"] ?? join(homedir(), ".aws", "config"),
  ];
  return files.some((file) => existsSync(file));
}

async function callerArn(
  { endpoint, profile }: CallerConnection,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ endpoint, profile, region: "us-east-1", maxAttempts: 1 });
  try {
    return (await client.send(new GetCallerIdentityCommand({}), { abortSignal })).Arn;
  } finally {
    client.destroy();
  }
}
