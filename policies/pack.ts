import { readFileSync } from "node:fs";
import { PolicyPack, type PolicyPackConfig } from "@pulumi/policy";
import { policies } from "./index";
import { withLevels } from "./pack-config";

/** Names a JSON file in the form of Pulumi's `--policy-pack-config`; both engines hand the environment on. */
const variable = "MARKETPLACE_POLICY_CONFIG";

/** The pack that `--policy-pack` runs: loading this file serves it. */
export const pack = new PolicyPack("aws-marketplace", { policies }, configured(process.env[variable]));

/** @throws when the file cannot be read, holds no JSON object or names a policy that is not there, so that no run goes on unguarded. */
function configured(file: string | undefined): PolicyPackConfig {
  if (file === undefined || file === "") return {};
  try {
    const found: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof found !== "object" || found === null || Array.isArray(found)) throw new Error("it holds no object");
    return withLevels(policies, found as PolicyPackConfig);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${variable}: ${file} cannot be used: ${reason}.`, { cause: error });
  }
}
