import type { IAMClient } from "@aws-sdk/client-iam";
import type { MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";
import type { Connection } from "./connection";

/** The AWS clients of one connection: each made, and its package loaded, when it is first wanted. */
export interface AwsClients {
  catalog(): Promise<MarketplaceCatalogClient>;
  iam(): Promise<IAMClient>;
  s3(): Promise<S3Client>;
  sts(): Promise<STSClient>;
  /** Lets go of clients and the credentials they hold: the next ones read profiles and tokens anew. */
  renew(): void;
}

/** The region of the Catalog API: AWS Marketplace Catalog API reference, "Endpoints". */
const catalogRegion = "us-east-1";

export function awsClients(connection: Connection): AwsClients {
  let catalog: Promise<MarketplaceCatalogClient> | undefined;
  let iam: Promise<IAMClient> | undefined;
  let s3: Promise<S3Client> | undefined;
  let sts: Promise<STSClient> | undefined;
  const named = { profile: connection.profile, endpoint: connection.endpoint };
  return {
    catalog: () => (catalog ??= openCatalog()),
    iam: () => (iam ??= openIam()),
    s3: () => (s3 ??= openS3()),
    sts: () => (sts ??= openSts()),
    renew: () => {
      catalog = undefined;
      iam = undefined;
      s3 = undefined;
      sts = undefined;
    },
  };

  async function openCatalog(): Promise<MarketplaceCatalogClient> {
    const { MarketplaceCatalogClient: Client } = await import("@aws-sdk/client-marketplace-catalog");
    return new Client({ ...named, region: catalogRegion, credentials: assumed() });
  }

  async function openIam(): Promise<IAMClient> {
    const { IAMClient: Client } = await import("@aws-sdk/client-iam");
    return new Client({ ...named, region: catalogRegion, credentials: assumed() });
  }

  async function openS3(): Promise<S3Client> {
    const { S3Client: Client } = await import("@aws-sdk/client-s3");
    const region = connection.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? catalogRegion;
    const forcePathStyle = customEndpoint(connection, "S3") !== undefined;
    return new Client({ ...named, region, credentials: assumed(), forcePathStyle, followRegionRedirects: true });
  }

  async function openSts(): Promise<STSClient> {
    const { STSClient: Client } = await import("@aws-sdk/client-sts");
    return new Client({ ...named, region: catalogRegion, credentials: assumed() });
  }

  /** The SDK calls this again whenever the credentials it holds come to their end. */
  function assumed(): (() => Promise<AssumedCredentials>) | undefined {
    const { roleArn } = connection;
    if (roleArn === undefined) return undefined;
    return async () => {
      const { AssumeRoleCommand, STSClient: Client } = await import("@aws-sdk/client-sts");
      const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "pulumi-aws-marketplace" });
      const { Credentials } = await new Client({ ...named, region: catalogRegion }).send(command);
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
      if (AccessKeyId === undefined || SecretAccessKey === undefined) {
        throw new Error(`connection.roleArn: AWS gave no credentials for ${roleArn}.`);
      }
      return {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        expiration: Expiration,
      };
    };
  }
}

interface AssumedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Where requests go if not to AWS; `service` as in `AWS_ENDPOINT_URL_S3`. */
export function customEndpoint(connection: Connection, service: "S3" | "MARKETPLACE_CATALOG"): string | undefined {
  return connection.endpoint ?? process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL;
}
