import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeInstancesCommand, EC2Client, StopInstancesCommand } from "@aws-sdk/client-ec2";
import { IAMClient, ListGroupsCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import {
  ListAgreementChargesCommand,
  MarketplaceAgreementClient,
  UpdatePurchaseOrdersCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../backend/index";
import { exportState, readOutputs, run, type Operation } from "../../engine/index";

const projectDir = join(__dirname, "../../examples/access-groups");

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The example as a person runs it, against a marketplace of its own; state goes to a temporary folder. */
async function openExample() {
  const market = await startMarketplace();
  const stateDir = mkdtempSync(join(tmpdir(), "access-groups-"));
  onTestFinished(async () => {
    await market.close();
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  });
  const { accessKeyId = "", secretAccessKey = "" } = market.accounts.find(({ name }) => name === "buyer") ?? {};
  const env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
  };
  const place = { projectDir, stack: "dev", stateDir, passphrase: "a passphrase of the test" };
  const events: string[] = [];
  const go = async (operation: Operation) => {
    const { result, changes } = await run({
      ...place,
      operation,
      env,
      onEvent: (event) => void events.push(JSON.stringify(event)),
    });
    return { result, changes };
  };
  const connection = (credentials: Key) => ({
    endpoint: market.endpoint,
    region: market.region,
    credentials,
    maxAttempts: 1,
  });
  return { go, events, place, connection, iam: new IAMClient(connection({ accessKeyId, secretAccessKey })) };
}

/** What a person tries: whether the marketplace lets them, whatever else it says to these made-up ids. */
function attempts(connection: object) {
  const [agreements, ec2, iam] = [
    new MarketplaceAgreementClient(connection),
    new EC2Client(connection),
    new IAMClient(connection),
  ];
  const orders = [{ chargeId: "ch-1a2b3c4d5e6f7", purchaseOrderReference: "PO-1" }];
  const tried = {
    "see charges": () => agreements.send(new ListAgreementChargesCommand({})),
    "see instances": () => ec2.send(new DescribeInstancesCommand({})),
    "set purchase orders": () => agreements.send(new UpdatePurchaseOrdersCommand({ purchaseOrders: orders })),
    "stop instances": () => ec2.send(new StopInstancesCommand({ InstanceIds: ["i-0123456789abcdef0"] })),
    "see users": () => iam.send(new ListUsersCommand({})),
  };
  return Promise.all(Object.entries(tried).map(async ([what, ask]) => [what, await allowed(ask)] as const));
}

async function allowed(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    return !(error instanceof Error && /AccessDenied|UnauthorizedOperation/.test(`${error.name} ${error.message}`));
  }
}

test("three people in three groups, each tried with their own keys", { timeout: 120_000 }, async () => {
  const before = readdirSync(projectDir);
  const { go, events, place, connection, iam } = await openExample();
  expect((await go("up")).result).toBe("succeeded");

  const outputs = await readOutputs(place);
  expect(outputs.keys).toMatchObject({ secret: true });
  const keys = outputs.keys?.value as Readonly<Record<"alice" | "bob" | "carol", Key>>;
  const may = async (person: keyof typeof keys) => {
    const tried = await attempts(connection(keys[person]));
    return tried.filter(([, yes]) => yes).map(([what]) => what);
  };
  expect(await may("alice")).toEqual(["see charges", "see instances"]);
  expect(await may("bob")).toEqual(["see charges", "set purchase orders"]);
  expect(await may("carol")).toEqual(["see charges", "see instances", "set purchase orders", "stop instances"]);

  // Secrets stand in the state only as ciphertext, and in no event.
  const password = String(outputs.passwordOfCarol?.value);
  expect(password).toHaveLength(32);
  const secrets = [password, ...Object.values(keys).map(({ secretAccessKey }) => secretAccessKey)];
  const files = readdirSync(join(place.stateDir, "stacks"), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const written = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
  expect(written).toContain("MarketplaceViewers");
  for (const secret of secrets) expect([written, ...events].filter((text) => text.includes(secret))).toEqual([]);
  expect(JSON.stringify(await exportState(place))).not.toContain(password);

  const again = await go("up");
  expect(again.result).toBe("succeeded");
  expect(Object.keys(again.changes)).toEqual(["same"]);
  expect((await go("destroy")).result).toBe("succeeded");
  const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
  const { Users = [] } = await iam.send(new ListUsersCommand({}));
  expect([...Groups.map(({ GroupName }) => GroupName), ...Users.map(({ UserName }) => UserName)]).toEqual([
    "Administrators",
    "admin",
  ]);
  expect(readdirSync(projectDir)).toEqual(before);
});
