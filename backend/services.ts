import type { Service } from "./service";
import type { Rights } from "./auth/need";
import { apiOf, type ApiIdentity } from "./wire/api";
import { constraintsOf, type ConstraintModel } from "./wire/constraints";
import type { Answering, Registered } from "./wire/answering";
import { schemasOf } from "./wire/model-schemas";

/** A service of the marketplace: how it is called on the wire, and where schemas and handlers come from. */
export interface ServiceEntry extends ApiIdentity {
  /** An SDK client, or any module that exports schema objects of its form. */
  readonly schemas: () => Promise<object>;
  readonly constraints: () => Promise<{ readonly constraints: ConstraintModel }>;
  readonly service: () => Promise<{ readonly service: Service }>;
  /** What its requests need to be allowed. */
  readonly rights: () => Promise<{ readonly rights: Rights }>;
  /** It goes on with work from before the last stop, so it is loaded with the marketplace and not on first use. */
  readonly resumes?: true;
}

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** Every service of the marketplace. Nothing of one is loaded before its first request. */
export const services: readonly ServiceEntry[] = [
  {
    name: "catalog",
    signingName: "aws-marketplace",
    protocols: ["restJson"],
    version: "2018-09-17",
    bodyLimit: 6 * megabyte,
    schemas: () => import("@aws-sdk/client-marketplace-catalog"),
    constraints: () => import("./wire/models/marketplace-catalog.js"),
    service: () => import("./catalog/index.js"),
    rights: () => import("./auth/actions/catalog.js"),
    resumes: true,
  },
  {
    name: "agreement",
    signingName: "aws-marketplace",
    protocols: ["awsJson1_0"],
    version: "2020-03-01",
    target: "AWSMPCommerceService_v20200301",
    bodyLimit: megabyte,
    schemas: async () =>
      schemasOf((await import("./wire/models/marketplace-agreement.js")).shapes, "com.amazonaws.marketplaceagreement"),
    constraints: () => import("./wire/models/marketplace-agreement.js"),
    service: () => import("./agreement/index.js"),
    rights: () => import("./auth/actions/agreement.js"),
    resumes: true,
  },
  {
    name: "discovery",
    signingName: "aws-marketplace",
    protocols: ["restJson"],
    version: "2026-02-05",
    paths: ["/2026-02-05/"],
    bodyLimit: megabyte,
    schemas: async () =>
      schemasOf((await import("./wire/models/marketplace-discovery.js")).shapes, "com.amazonaws.marketplacediscovery"),
    constraints: () => import("./wire/models/marketplace-discovery.js"),
    service: () => import("./discovery/index.js"),
    rights: () => import("./auth/actions/discovery.js"),
  },
  {
    name: "entitlement",
    signingName: "aws-marketplace",
    protocols: ["rpcV2Cbor", "awsJson1_1"],
    version: "2017-01-11",
    target: "AWSMPEntitlementService",
    bodyLimit: megabyte,
    schemas: async () =>
      schemasOf((await import("./wire/models/marketplace-entitlement.js")).shapes, "com.amazonaws.entitlement"),
    constraints: () => import("./wire/models/marketplace-entitlement.js"),
    service: () => import("./entitlement/index.js"),
    rights: () => import("./auth/actions/entitlement.js"),
  },
  {
    name: "metering",
    signingName: "aws-marketplace",
    protocols: ["awsJson1_1"],
    version: "2016-01-14",
    target: "AWSMPMeteringService",
    bodyLimit: megabyte,
    schemas: async () =>
      schemasOf((await import("./wire/models/meteringmarketplace.js")).shapes, "com.amazonaws.metering"),
    constraints: () => import("./wire/models/meteringmarketplace.js"),
    service: () => import("./metering/index.js"),
    rights: () => import("./auth/actions/metering.js"),
  },
  {
    name: "deployment",
    signingName: "aws-marketplace",
    protocols: ["restJson"],
    version: "2023-01-25",
    paths: ["/catalogs/", "/tags/"],
    bodyLimit: megabyte,
    schemas: async () =>
      schemasOf(
        (await import("./wire/models/marketplace-deployment.js")).shapes,
        "com.amazonaws.marketplacedeployment",
      ),
    constraints: () => import("./wire/models/marketplace-deployment.js"),
    service: () => import("./deployment/index.js"),
    rights: () => import("./auth/actions/deployment.js"),
    resumes: true,
  },
  {
    name: "reporting",
    signingName: "aws-marketplace",
    protocols: ["restJson"],
    version: "2018-05-10",
    paths: ["/getBuyerDashboard"],
    bodyLimit: megabyte,
    schemas: async () =>
      schemasOf((await import("./wire/models/marketplace-reporting.js")).shapes, "com.amazonaws.marketplacereporting"),
    constraints: () => import("./wire/models/marketplace-reporting.js"),
    service: () => import("./reporting/index.js"),
    rights: () => import("./auth/actions/reporting.js"),
  },
  {
    name: "secretsmanager",
    signingName: "secretsmanager",
    protocols: ["awsJson1_1"],
    version: "2017-10-17",
    target: "secretsmanager",
    bodyLimit: megabyte,
    schemas: async () =>
      schemasOf((await import("./wire/models/secretsmanager.js")).shapes, "com.amazonaws.secretsmanager"),
    constraints: () => import("./wire/models/secretsmanager.js"),
    service: () => import("./secrets-manager/index.js"),
    rights: () => import("./auth/actions/secretsmanager.js"),
  },
  {
    name: "iam",
    signingName: "iam",
    protocols: ["query"],
    version: "2010-05-08",
    xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    bodyLimit: megabyte,
    schemas: () => import("@aws-sdk/client-iam"),
    constraints: () => import("./wire/models/iam.js"),
    service: () => import("./iam/index.js"),
    rights: () => import("./auth/actions/iam.js"),
  },
  {
    name: "sts",
    signingName: "sts",
    protocols: ["query"],
    version: "2011-06-15",
    xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    bodyLimit: megabyte,
    schemas: () => import("@aws-sdk/client-sts"),
    constraints: () => import("./wire/models/sts.js"),
    service: () => import("./sts/index.js"),
    rights: () => import("./auth/actions/sts.js"),
  },
  {
    name: "ec2",
    signingName: "ec2",
    protocols: ["ec2Query"],
    version: "2016-11-15",
    xmlNamespace: "http://ec2.amazonaws.com/doc/2016-11-15/",
    bodyLimit: megabyte,
    schemas: () => import("@aws-sdk/client-ec2"),
    constraints: () => import("./wire/models/ec2.js"),
    service: () => import("./ec2/index.js"),
    rights: () => import("./auth/actions/ec2.js"),
  },
  {
    name: "ssm",
    signingName: "ssm",
    protocols: ["awsJson1_1"],
    version: "2014-11-06",
    target: "AmazonSSM",
    bodyLimit: megabyte,
    schemas: async () => schemasOf((await import("./wire/models/ssm.js")).shapes, "com.amazonaws.ssm"),
    constraints: () => import("./wire/models/ssm.js"),
    service: () => import("./ssm/index.js"),
    rights: () => import("./auth/actions/ssm.js"),
  },
  {
    name: "s3",
    signingName: "s3",
    protocols: ["restXml"],
    version: "2006-03-01",
    xmlNamespace: "http://s3.amazonaws.com/doc/2006-03-01/",
    bodyLimit: 512 * megabyte,
    schemas: () => import("@aws-sdk/client-s3"),
    constraints: () => import("./wire/models/s3.js"),
    service: () => import("./s3/index.js"),
    rights: () => import("./auth/actions/s3.js"),
  },
];

/** The entry with its loading done at most once; a load that failed is tried again by the next request. */
export function register(entry: ServiceEntry): Registered {
  let loading: Promise<Answering> | undefined;
  return {
    ...entry,
    load: () =>
      (loading ??= load(entry).catch((error: unknown) => {
        loading = undefined;
        throw error;
      })),
  };
}

async function load(entry: ServiceEntry): Promise<Answering> {
  const [schemas, { constraints }, { service }, { rights }] = await Promise.all([
    entry.schemas(),
    entry.constraints(),
    entry.service(),
    entry.rights(),
  ]);
  return {
    api: apiOf(entry, schemas as Readonly<Record<string, unknown>>),
    service,
    rights,
    violations: constraintsOf(constraints),
  };
}
