import type { EC2Client } from "@aws-sdk/client-ec2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { MarketplaceAgreementClient } from "@aws-sdk/client-marketplace-agreement";
import type { MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";
import type { Connection } from "./connection";

/** The AWS clients of one connection: each made, and its package loaded, when it is first wanted. */
export interface AwsClients {
  agreement(): Promise<MarketplaceAgreementClient>;
  /** Where AWS Marketplace Discovery is, which has no client. */
  readonly discoveryUrl: string;
  catalog(): Promise<MarketplaceCatalogClient>;
  /** The catalog is somebody else's than AWS's: an embedded marketplace, say. */
  readonly custom: boolean;
  /** In the connection's region. */
  ec2(): Promise<EC2Client>;
  iam(): Promise<IAMClient>;
  s3(): Promise<S3Client>;
  sts(): Promise<STSClient>;
  /** Lets go of clients and the credentials they hold: the next ones read profiles and tokens anew. */
  renew(): void;
}

/** The region of the Catalog API: AWS Marketplace Catalog API reference, "Endpoints". */
const catalogRegion = "us-east-1";

const discoveryHost = "https://discovery-marketplace.us-east-1.api.aws";

export function awsClients(connection: Connection): AwsClients {
  let agreement: Promise<MarketplaceAgreementClient> | undefined;
  let ec2: Promise<EC2Client> | undefined;
  let catalog: Promise<MarketplaceCatalogClient> | undefined;
  let iam: Promise<IAMClient> | undefined;
  let s3: Promise<S3Client> | undefined;
  let sts: Promise<STSClient> | undefined;
  const named = { profile: connection.profile, endpoint: connection.endpoint };
  return {
    agreement: () => (agreement ??= openAgreement()),
    discoveryUrl: customEndpoint(connection, "MARKETPLACE_DISCOVERY") ?? discoveryHost,
    custom: customEndpoint(connection, "MARKETPLACE_CATALOG") !== undefined,
    catalog: () => (catalog ??= openCatalog()),
    ec2: () => (ec2 ??= openEc2()),
    iam: () => (iam ??= openIam()),
    s3: () => (s3 ??= openS3()),
    sts: () => (sts ??= openSts()),
    renew: () => {
      agreement = undefined;
      catalog = undefined;
      ec2 = undefined;
      iam = undefined;
      s3 = undefined;
      sts = undefined;
    },
  };

  async function openAgreement(): Promise<MarketplaceAgreementClient> {
    const { MarketplaceAgreementClient: Client } = await import("@aws-sdk/client-marketplace-agreement");
    return new Client({ ...named, region: catalogRegion, credentials: assumed() });
  }

  async function openEc2(): Promise<EC2Client> {
    const { EC2Client: Client } = await import("@aws-sdk/client-ec2");
    return new Client({ ...named, region: workRegion(), credentials: assumed() });
  }

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
    const region = workRegion();
    const forcePathStyle = customEndpoint(connection, "S3") !== undefined;
    return new Client({ ...named, region, credentials: assumed(), forcePathStyle, followRegionRedirects: true });
  }

  async function openSts(): Promise<STSClient> {
    const { STSClient: Client } = await import("@aws-sdk/client-sts");
    return new Client({ ...named, region: catalogRegion, credentials: assumed() });
  }

  function workRegion(): string {
    return connection.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? catalogRegion;
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
export function customEndpoint(
  connection: Connection,
  service: "S3" | "MARKETPLACE_CATALOG" | "MARKETPLACE_DISCOVERY",
): string | undefined {
  return connection.endpoint ?? process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL;
}
