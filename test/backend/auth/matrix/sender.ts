import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import * as agreement from "@aws-sdk/client-marketplace-agreement";
import * as catalog from "@aws-sdk/client-marketplace-catalog";
import * as entitlement from "@aws-sdk/client-marketplace-entitlement-service";
import * as metering from "@aws-sdk/client-marketplace-metering";
import * as s3 from "@aws-sdk/client-s3";
import * as sts from "@aws-sdk/client-sts";
import { type RawRequest, signedFetch } from "../../wire/signed-fetch";
import type { Call } from "./calls";

export interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface AnyClient {
  send(command: object): Promise<object>;
  destroy(): void;
}
type Commands = Readonly<Record<string, new (input: object) => AnyClient>>;

const sdks: Readonly<Record<string, { readonly commands: object; readonly client: string }>> = {
  agreement: { commands: agreement, client: "MarketplaceAgreementClient" },
  catalog: { commands: catalog, client: "MarketplaceCatalogClient" },
  ec2: { commands: ec2, client: "EC2Client" },
  entitlement: { commands: entitlement, client: "MarketplaceEntitlementServiceClient" },
  iam: { commands: iam, client: "IAMClient" },
  metering: { commands: metering, client: "MarketplaceMeteringClient" },
  s3: { commands: s3, client: "S3Client" },
  sts: { commands: sts, client: "STSClient" },
};

/** Sends a call with the credentials of the settings; a refusal is thrown as SDK clients throw it. */
export function senderOf(settings: Settings): (call: Call) => Promise<object> {
  const clients = new Map<string, AnyClient>();
  return (call) => {
    const { service, operation, input } = call;
    const sdk = sdks[service];
    if (sdk === undefined) return sendSigned(settings, call);
    const module = sdk.commands as Commands;
    const Client = module[sdk.client];
    const Command = module[`${operation}Command`];
    if (Client === undefined || Command === undefined) throw new Error(`The SDK has no ${service} ${operation}.`);
    const known = clients.get(service) ?? new Client({ ...settings, forcePathStyle: true });
    clients.set(service, known);
    return known.send(new Command(input));
  };
}

/** Services whose clients are none of our dependencies. */
async function sendSigned({ endpoint, credentials: signer }: Settings, call: Call): Promise<object> {
  const { status, text } = await signedFetch(endpoint, { ...requestOf(call), signer });
  const body = (text === "" ? {} : JSON.parse(text)) as { readonly message?: string; readonly Message?: string };
  if (status < 300) return body;
  const message = body.message ?? body.Message ?? "";
  throw Object.assign(new Error(message), { $metadata: { httpStatusCode: status } });
}

function requestOf({ service, operation, input }: Call): RawRequest {
  switch (service) {
    case "discovery":
      return rest("POST", `/2026-02-05/${operation[0]?.toLowerCase()}${operation.slice(1)}`, input);
    case "reporting":
      return rest("POST", `/${operation[0]?.toLowerCase()}${operation.slice(1)}`, input);
    case "deployment":
      return deploying(operation, input as Record<string, string>);
    case "secretsmanager":
      return json("secretsmanager", `secretsmanager.${operation}`, input);
    case "ssm":
      return json("ssm", `AmazonSSM.${operation}`, input);
    default:
      throw new Error(`It is not on record how to call ${service} ${operation}.`);
  }
}

function deploying(operation: string, input: Readonly<Record<string, string>>): RawRequest {
  const tags = `/tags/${encodeURIComponent(input["resourceArn"] ?? "")}`;
  switch (operation) {
    case "PutDeploymentParameter": {
      const { agreementId, deploymentParameter, tags: given } = input;
      const path = `/catalogs/AWSMarketplace/products/${input["productId"]}/deployment-parameters`;
      return rest("POST", path, { agreementId, deploymentParameter, tags: given });
    }
    case "ListTagsForResource":
      return rest("GET", tags);
    case "TagResource":
      return rest("POST", tags, { tags: input["tags"] });
    case "UntagResource":
      return rest("DELETE", `${tags}?tagKeys=team`);
    default:
      throw new Error(`It is not on record how to call deployment ${operation}.`);
  }
}

function rest(method: string, path: string, body?: object): RawRequest {
  const headers = { "content-type": "application/json" };
  return { service: "aws-marketplace", method, path, ...(body && { headers, body: JSON.stringify(body) }) };
}

function json(service: string, target: string, body: object): RawRequest {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  return { service, headers, body: JSON.stringify(body) };
}
