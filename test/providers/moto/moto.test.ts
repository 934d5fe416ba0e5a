import { join } from "node:path";
import { DescribeImagesCommand, DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ListGroupsCommand, ListRolesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { expect, onTestFinished, test } from "vitest";
import { readOutputs, run, type Operation } from "../../../engine/index";
import { marketplaceInstance } from "../../../providers/marketplace-instance/reconciler";
import { scratchFolder } from "../../engine/scratch";
import { motoMissing, openMoto } from "../support/iam-places";
import { startRun } from "../support/market";

const missing = motoMissing();
const where = `on moto's server${missing === undefined ? "" : ` (skipped: ${missing})`}`;

/** moto's server with an image to launch, and an EC2 client of the test's own. */
async function open() {
  const place = await openMoto();
  const ec2 = new EC2Client({ endpoint: place.endpoint, region: "us-east-1" });
  onTestFinished(() => ec2.destroy());
  const filters = [{ Name: "architecture", Values: ["x86_64"] }];
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"], Filters: filters }));
  const living = async () => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    return Reservations.flatMap(({ Instances = [] }) => Instances).filter(({ State }) => State?.Name !== "terminated");
  };
  return { ...place, ec2, living, image: Images[0]?.ImageId ?? "" };
}

test.skipIf(missing)(
  `users, groups, roles and an instance are made, kept, changed and removed ${where}`,
  { timeout: 120_000 },
  async () => {
    const { endpoint, iam, living, image } = await open();
    const stateDir = scratchFolder();
    const place = { projectDir: join(__dirname, "program"), stack: "dev", stateDir, passphrase: "a passphrase" };
    const go = async (operation: Operation, more: Readonly<Record<string, string>> = {}) => {
      const env = { AWS_ENDPOINT_URL: endpoint, IMAGE: image, TYPE: "m5.large", STATE: "running", ...more };
      const { result, changes } = await run({ ...place, operation, env });
      return { result, changes };
    };
    const users = async () => (await iam.send(new ListUsersCommand({}))).Users?.map(({ UserName }) => UserName) ?? [];
    const groups = async () => (await iam.send(new ListGroupsCommand({}))).Groups?.length;

    const made = await go("up");
    expect(made.result).toBe("succeeded");
    const all = made.changes["create"];
    expect(await users()).toHaveLength(2);
    expect(await groups()).toBe(4);
    expect((await iam.send(new ListRolesCommand({}))).Roles).toMatchObject([{ RoleName: "MarketplaceIngestion" }]);
    expect(await living()).toMatchObject([{ ImageId: image, InstanceType: "m5.large", State: { Name: "running" } }]);
    expect(await go("refresh")).toMatchObject({ result: "succeeded" });
    expect(await go("up")).toEqual({ result: "succeeded", changes: { same: all } });

    const { instanceId } = await readOutputs(place);
    expect(await go("up", { STATE: "stopped", TYPE: "m5.xlarge" })).toMatchObject({ changes: { update: 1 } });
    expect(await living()).toMatchObject([
      { InstanceId: instanceId?.value, InstanceType: "m5.xlarge", State: { Name: "stopped" } },
    ]);

    expect(await go("destroy")).toEqual({ result: "succeeded", changes: { delete: all } });
    expect([await users(), await groups(), await living()]).toEqual([[], 0, []]);
  },
);

test.skipIf(missing)(
  `a launch whose run was killed is found again, though moto keeps no client tokens ${where}`,
  { timeout: 60_000 },
  async () => {
    const { living, image } = await open();
    const declared = { image, instanceType: "m5.large", resourceName: "collector" };
    const lost = await startRun().provider(marketplaceInstance).create(declared);
    const found = await startRun()
      .provider(marketplaceInstance)
      .create({ ...declared, instanceType: "m5.xlarge" });
    expect(found).toMatchObject({ id: lost.id, outs: { instanceType: "m5.xlarge", state: "running" } });
    expect(await living()).toHaveLength(1);
  },
);
