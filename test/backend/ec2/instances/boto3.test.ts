import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { everything, openShop } from "../../agreement/buyer";

const execute = promisify(execFile);

function hasBoto3(): boolean {
  try {
    execFileSync("python3", ["-c", "import boto3"], { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

const BOTO3 = hasBoto3();
if (!BOTO3) console.log("Skipped: boto3 is not installed.");

const PROGRAM = `
import boto3, json, sys
ec2 = boto3.client("ec2", region_name="eu-west-1")
alias = "/aws/service/marketplace/" + sys.argv[1] + "/1.0.0"
image = boto3.client("ssm", region_name="eu-west-1").get_parameter(Name=alias)["Parameter"]["Value"]
run = ec2.run_instances(ImageId=image, InstanceType="m5.large", MinCount=2, MaxCount=2,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "team", "Value": "logs"}]}])
ids = [each["InstanceId"] for each in run["Instances"]]
ec2.get_waiter("instance_running").wait(InstanceIds=ids)
ec2.get_waiter("instance_status_ok").wait(InstanceIds=ids)
tagged = [i["InstanceId"] for r in ec2.get_paginator("describe_instances").paginate(
    Filters=[{"Name": "tag:team", "Values": ["logs"]}]).search("Reservations") for i in r["Instances"]]
ec2.stop_instances(InstanceIds=ids)
ec2.get_waiter("instance_stopped").wait(InstanceIds=ids)
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids)
error = None
try: ec2.start_instances(InstanceIds=ids)
except ec2.exceptions.ClientError as refused: error = refused.response["Error"]["Code"]
print(json.dumps({"image": image, "launched": sorted(ids), "tagged": sorted(tagged), "error": error}))
`;

test.skipIf(!BOTO3)(
  "boto3 launches a paid image by its alias in another region, and its waiters see it through",
  async () => {
    const { market, productId, offerId, buy } = await openShop();
    await buy(offerId, everything);
    const { stdout } = await execute("python3", ["-c", PROGRAM, productId], {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: market.endpoint,
        AWS_CONFIG_FILE: market.configFile,
        AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
        AWS_PROFILE: "buyer",
      },
      timeout: 30_000,
    });
    const seen = JSON.parse(stdout) as { image: string; launched: string[]; tagged: string[]; error: string };
    expect(seen.image).toMatch(/^ami-[0-9a-f]{17}$/);
    expect(seen.launched).toHaveLength(2);
    expect(seen.tagged).toEqual(seen.launched);
    expect(seen.error).toBe("IncorrectInstanceState");
  },
);
