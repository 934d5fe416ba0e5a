import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Account } from "./accounts";

/**
 * Writes an AWS config file and a credentials file with a profile for each account, for AWS_CONFIG_FILE and
 * AWS_SHARED_CREDENTIALS_FILE: with these the aws CLI and the SDKs reach the marketplace by profile name alone. Only the
 * user may read them.
 */
export function writeProfiles(
  dir: string,
  accounts: readonly Account[],
  endpoint: string,
  region: string,
): { readonly configFile: string; readonly credentialsFile: string } {
  const config = accounts.map(({ name }) => section(`profile ${name}`, { region, endpoint_url: endpoint }));
  const credentials = accounts.map(({ name, accessKeyId, secretAccessKey }) =>
    section(name, { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey }),
  );
  mkdirSync(dir, { recursive: true });
  return {
    configFile: writePrivate(join(dir, "config"), config.join("\n")),
    credentialsFile: writePrivate(join(dir, "credentials"), credentials.join("\n")),
  };
}

function section(name: string, settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
  return `[${name}]\n${lines.join("")}`;
}

function writePrivate(file: string, text: string): string {
  writeFileSync(file, text, { mode: 0o600 });
  // The mode above is for a new file; this is for one that was there.
  chmodSync(file, 0o600);
  return file;
}
