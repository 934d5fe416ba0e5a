import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RunningMarketplace } from "../../backend";
import { profilesOf } from "./profiles";

const run = promisify(execFile);

/** Whether boto3 is installed, as new as AWS Marketplace Discovery. */
export const boto3 =
  spawnSync("python3", ["-c", "import boto3; boto3.client('marketplace-discovery', 'us-east-1')"], { stdio: "ignore" })
    .status === 0;
if (!boto3) console.warn("Skipped: boto3 with Discovery is not installed, so it was not tried as a buyer's client.");

/** What a script of `clients/` prints as JSON, told what it is given and knowing nothing but the profiles. */
export async function runPython(market: RunningMarketplace, script: string, given: object): Promise<unknown> {
  const { stdout } = await run("python3", [join(__dirname, "clients", script), JSON.stringify(given)], {
    env: profilesOf(market),
  });
  return JSON.parse(stdout) as unknown;
}
