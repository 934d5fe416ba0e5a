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
import { type ServiceEntry, services } from "../../../backend/services";
import { type Api, apiOf } from "../../../backend/wire/api";
import { inputsOf } from "./inputs";
import { signedFetch } from "./signed-fetch";

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
    const [api, { constraints }, { service }] = await Promise.all([
      entry.schemas().then((schemas) => apiOf(entry, schemas as Record<string, unknown>)),
      entry.constraints(),
      entry.service(),
    ]);
    const send = clients[name] === undefined ? bareSender(entry, api) : clientSender(clients[name]);
    for (const operation of Object.keys(service.handlers)) {
      const shape = api.operations.get(operation)?.input;
      if (!shape) continue;
      const inputs = inputsOf(shape, constraints, constraints.operations[operation]);
      await fc.assert(
        fc.asyncProperty(inputs, async (input) => {
          const failure = await send(operation, input).then(readWhole, faultOfTheServer);
          expect(failure, `${operation} ${JSON.stringify(input)}`).toBeUndefined();
        }),
        { numRuns: runs },
      );
    }
  },
);

type Send = (operation: string, input: unknown) => Promise<unknown>;

function clientSender({ module, client }: { readonly module: object; readonly client: string }): Send {
  const exported = module as Readonly<Record<string, new (input: unknown) => object>>;
  const { endpoint, region } = marketplace;
  const Client = exported[client] as unknown as new (options: object) => AnyClient;
  const sender = new Client({ endpoint, region, credentials: signer(), maxAttempts: 1 });
  return (operation, input) => {
    const Command = exported[`${operation}Command`];
    if (Command === undefined) throw new Error(`The client has no ${operation}.`);
    return sender.send(new Command(input));
  };
}

/** For services whose client is not at hand: JSON with a signature, to the operation's path or target. */
function bareSender({ signingName, target }: ServiceEntry, api: Api): Send {
  return async (operation, input) => {
    const json = target === undefined ? "application/json" : "application/x-amz-json-1.1";
    const { status, text } = await signedFetch(marketplace.endpoint, {
      service: signingName,
      path: api.operations.get(operation)?.http?.template ?? "/",
      headers: { "content-type": json, ...(target !== undefined && { "x-amz-target": `${target}.${operation}` }) },
      body: JSON.stringify(input ?? {}),
      signer: signer(),
    });
    if (status < 400) return {};
    throw Object.assign(new Error(text), { $metadata: { httpStatusCode: status } });
  };
}

function signer() {
  const { accessKeyId = "", secretAccessKey = "" } = marketplace.accounts[0] ?? {};
  return { accessKeyId, secretAccessKey };
}

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
