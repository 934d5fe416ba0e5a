import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetRoleCommand, IAMClient, ListGroupsForUserCommand } from "@aws-sdk/client-iam";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../backend/index";
import { readOutputs, run, type Operation } from "../../engine/index";
import { catalogOf, connection } from "../backend/catalog/catalog-market";

test(
  "an account becomes a seller's, begins to charge, and stays registered when all else is destroyed",
  { timeout: 60_000 },
  async () => {
    const market = await startMarketplace();
    const stateDir = mkdtempSync(join(tmpdir(), "seller-account-"));
    onTestFinished(async () => {
      await market.close();
      rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
    });
    const place = { projectDir: join(__dirname, "seller-account"), stack: "dev", stateDir, passphrase: "a passphrase" };
    const env = {
      AWS_CONFIG_FILE: market.configFile,
      AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
      AWS_ENDPOINT_URL: market.endpoint,
      AWS_PROFILE: "buyer",
    };
    const said: string[] = [];
    const go = async (operation: Operation, more: Readonly<Record<string, string>> = {}) => {
      const { result, changes } = await run({
        ...place,
        operation,
        env: { ...env, ...more },
        onEvent: ({ diagnosticEvent }) => void said.push(diagnosticEvent?.message ?? ""),
      });
      return { result, changes };
    };
    const outputs = async () => {
      const { sellerId, maySell, accessRoleArn } = await readOutputs(place);
      return { sellerId: String(sellerId?.value), maySell: maySell?.value, accessRoleArn: accessRoleArn?.value };
    };
    const iam = new IAMClient(connection(market, "buyer"));
    const roleName = new GetRoleCommand({ RoleName: "northwind-ingestion" });

    expect((await go("up")).result).toBe("succeeded");
    const first = await outputs();
    expect(first).toMatchObject({ maySell: ["free"], accessRoleArn: (await iam.send(roleName)).Role?.Arn });
    const { Groups = [] } = await iam.send(new ListGroupsForUserCommand({ UserName: "alice" }));
    expect(Groups.map(({ GroupName }) => GroupName)).toEqual(["northwind-team-reports"]);

    expect(await go("up", { CHARGES: "yes" })).toMatchObject({ result: "succeeded", changes: { update: 1 } });
    expect(await outputs()).toEqual({ ...first, maySell: ["free", "paid"] });

    expect((await go("destroy")).result).toBe("succeeded");
    expect(said.join("\n")).toContain(`${first.sellerId} stays registered`);
    await expect(iam.send(roleName)).rejects.toMatchObject({ name: "NoSuchEntityException" });
    const left = await catalogOf(market, "buyer").entity(first.sellerId);
    expect(left.DetailsDocument).toMatchObject({ Verification: { MaySell: ["free", "paid"] } });
  },
);
