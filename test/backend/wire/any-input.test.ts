import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import * as agreement from "@aws-sdk/client-marketplace-agreement";
import * as catalog from "@aws-sdk/client-marketplace-catalog";
import * as entitlement from "@aws-sdk/client-marketplace-entitlement-service";
import * as metering from "@aws-sdk/client-marketplace-metering";
import * as s3 from "@aws-sdk/client-s3";
import * as sts from "@aws-sdk/client-sts";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMarketplace, type RunningMarketplace } from "../../../backend";
import { services } from "../../../backend/services";
import { apiOf } from "../../../backend/wire/api";
import { inputsOf } from "./inputs";

/** A client of any service: all that is needed of it here. */
interface AnyClient {
  send(command: object): Promise<unknown>;
}

const clients: Readonly<Record<string, { readonly module: object; readonly client: string }>> = {
  catalog: { module: catalog, client: "MarketplaceCatalogClient" },
  agreement: { module: agreement, client: "MarketplaceAgreementClient" },
  entitlement: { module: entitlement, client: "MarketplaceEntitlementServiceClient" },
  metering: { module: metering, client: "MarketplaceMeteringClient" },
  iam: { module: iam, client: "IAMClient" },
  sts: { module: sts, client: "STSClient" },
  ec2: { module: ec2, client: "EC2Client" },
  s3: { module: s3, client: "S3Client" },
};

let marketplace: RunningMarketplace;
beforeAll(async () => {
  marketplace = await startMarketplace();
});
afterAll(() => marketplace.close());

const runs = Number(process.env["ANY_INPUT_RUNS"] ?? 4);

test.each(services.map((entry) => [entry.name, entry] as const))(
  "%s answers any input of any operation, and never with a fault of ours",
  { timeout: 600_000 },
  async (name, entry) => {
    const { module, client } = clients[name] as { readonly module: Record<string, unknown>; readonly client: string };
    const { endpoint, region, accounts } = marketplace;
    const { accessKeyId = "", secretAccessKey = "" } = accounts[0] ?? {};
    const Client = module[client] as new (options: object) => AnyClient;
    const sender = new Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
    const [api, { constraints }, { service }] = await Promise.all([
      entry.schemas().then((schemas) => apiOf(entry, schemas as Record<string, unknown>)),
      entry.constraints(),
      entry.service(),
    ]);
    for (const operation of Object.keys(service.handlers)) {
      const shape = api.operations.get(operation)?.input;
      if (!shape) continue;
      const Command = module[`${operation}Command`] as new (input: unknown) => object;
      const inputs = inputsOf(shape, constraints, constraints.operations[operation]);
      await fc.assert(
        fc.asyncProperty(inputs, async (input) => {
          const failure = await sender.send(new Command(input)).then(readWhole, faultOfTheServer);
          expect(failure, `${operation} ${JSON.stringify(input)}`).toBeUndefined();
        }),
        { numRuns: runs },
      );
    }
  },
);

/** A body that nobody reads would keep its connection. */
async function readWhole(output: unknown): Promise<undefined> {
  const { Body } = output as { readonly Body?: { transformToByteArray(): Promise<unknown> } };
  await Body?.transformToByteArray();
  return undefined;
}

/** Refusals are answers, and what the client itself will not send never gets there. */
function faultOfTheServer(error: {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}): string | undefined {
  const status = error.$metadata?.httpStatusCode;
  if (status !== undefined ? status === 500 : /ECONN|hang up|Deserialization/.test(error.message))
    return `${status} ${error.name}: ${error.message}`;
  return undefined;
}
