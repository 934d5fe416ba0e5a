import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, test } from "vitest";

import { openMarketplace } from "../../support/identity-clients";

const absent = spawnSync("python3", ["-c", "import boto3"]).status !== 0;

test.skipIf(absent)("boto3 sees roles, policies, typed errors and sessions as it does at AWS", async () => {
  const { configFile, credentialsFile } = await openMarketplace();
  const env = { ...process.env, AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile };
  const { stdout } = await promisify(execFile)("python3", [join(__dirname, "python_client.py")], { env });
  const seen = JSON.parse(stdout) as { policies: string[] };

  expect(seen).toMatchObject({
    trust: { Statement: [{ Principal: { AWS: "arn:aws:iam::111122223333:root" } }] },
    tags: [{ Key: "größe", Value: "süß @ home" }],
    missing: "NoSuchEntityException",
    exists: "EntityAlreadyExistsException",
    malformed: "MalformedPolicyDocumentException",
    conflict: "DeleteConflictException",
    session: "arn:aws:sts::111122223333:assumed-role/Deploy/python",
  });
  expect(seen.policies).toContain("Files");
  expect(seen.policies).toContain("AWSMarketplaceSellerFullAccess");
  expect(new Set(seen.policies).size).toBe(seen.policies.length);
});
