import { checkNames } from "../property-names";
import type { CheckFailure, Properties } from "../provider";
import { productIds } from "../subscription/check";
import { holdsUnknown } from "../unknown";

/** Given by the resource's class, not by a program: tells equal launches of one stack apart. */
export const resourceName = "resourceName";

const programNames = [
  "image",
  "productId",
  "version",
  "instanceType",
  "subnetId",
  "securityGroupIds",
  "keyName",
  "instanceProfile",
  "userData",
  "desiredState",
  "tags",
  "connection",
];
export const inputNames: readonly string[] = [...programNames, resourceName];

/** What is wrong with an instance's inputs, as far as that can be told offline. Unknown values are not judged. */
export function checkInstance(news: Properties): CheckFailure[] {
  const { [resourceName]: _, ...written } = news;
  return [...checkNames(written, programNames, "MarketplaceInstance"), ...checkTogether(news), ...checkForms(news)];
}

function checkTogether({ image, productId, version, instanceType }: Properties): CheckFailure[] {
  const wrong: CheckFailure[] = [];
  if ((image === undefined) === (productId === undefined)) {
    wrong.push({ property: "image", reason: "An instance needs either image or productId, to say what it runs." });
  }
  if (version !== undefined && productId === undefined) {
    wrong.push({ property: "version", reason: "A version is one of a product: give productId too." });
  }
  if (instanceType === undefined) {
    wrong.push({ property: "instanceType", reason: "An instance needs an instanceType." });
  }
  return wrong;
}

interface Form {
  readonly fits: (value: unknown) => boolean;
  readonly what: string;
}

const text = (form: RegExp, what: string): Form => ({
  fits: (value) => typeof value === "string" && form.test(value),
  what,
});
const isRecord = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** 16 KB before it is encoded: Amazon EC2 User Guide, "Run commands when you launch an EC2 instance". */
const mostUserData = 16_384;

const forms: Readonly<Record<string, Form>> = {
  image: text(/^(ami-|\/|resolve:ssm:)/, "an image's id, ami-…, or its alias, /aws/service/marketplace/…"),
  productId: text(productIds, "a product's id, such as prod-4ct6fqn7k2mzs"),
  version: text(/./, "a version's title, such as 4.2.0"),
  instanceType: text(/^[a-z0-9-]+\.[a-z0-9-]+$/, "an instance type, such as m7i.large"),
  subnetId: text(/^subnet-/, "a subnet's id, subnet-…"),
  securityGroupIds: {
    fits: (value) => Array.isArray(value) && value.length > 0 && value.every((id) => String(id).startsWith("sg-")),
    what: 'a list of ids of security groups, such as ["sg-0123456789abcdef0"]',
  },
  keyName: text(/./, "a key pair's name"),
  instanceProfile: text(/./, "an instance profile's name or ARN"),
  userData: {
    fits: (value) => typeof value === "string" && Buffer.byteLength(value) <= mostUserData,
    what: "plain text of at most 16 KB",
  },
  desiredState: text(/^(running|stopped)$/, '"running" or "stopped"'),
  tags: {
    fits: (value) => isRecord(value) && Object.values(value).every((each) => typeof each === "string"),
    what: 'names with texts, such as { Name: "collector" }',
  },
};

function checkForms(news: Properties): CheckFailure[] {
  return Object.entries(forms).flatMap(([property, { fits, what }]) => {
    const value = news[property];
    if (value === undefined || holdsUnknown(value) || fits(value)) return [];
    return [{ property, reason: `This is to be ${what}, not ${shortly(value)}.` }];
  });
}

function shortly(value: unknown): string {
  const whole = JSON.stringify(value);
  return whole.length <= 60 ? whole : `${whole.slice(0, 60)}…`;
}
