import type { Schema } from "../changes/change-type";
import { list, object, oneOf } from "../changes/document-shapes";

/**
 * What a declared listing is made of, by type. Lengths, patterns and all else are judged where the catalog judges them.
 * `sample` stands in for a value that is not known yet or is of the wrong type, so that the rest can be looked at.
 */
const word = (sample = "unknown"): Schema => ({ type: "string", sample });
const words = (sample = "unknown", least = 0): Schema => list(word(sample), least);
const number = (sample: number): Schema => ({ type: "integer", sample });
const prices: Schema = { type: "object", pricesOf: "string" };

const version = object(
  {
    title: word(),
    releaseNotes: word(),
    image: object(
      {
        amiId: word("ami-00000000000000000"),
        accessRoleArn: word("arn:aws:iam::111122223333:role/unknown"),
        userName: word(),
        scanningPort: number(22),
        operatingSystem: object({ name: word(), version: word() }, ["name", "version"]),
      },
      ["amiId", "accessRoleArn", "userName", "operatingSystem"],
    ),
    usageInstructions: word(),
    recommendedInstanceType: word("m5.large"),
    securityGroups: list(
      object({ protocol: oneOf("tcp", "udp"), fromPort: number(22), toPort: number(22), cidrs: words("0.0.0.0/0") }, [
        "protocol",
        "fromPort",
        "toPort",
        "cidrs",
      ]),
    ),
    accessEndpoint: object({ port: number(443), protocol: oneOf("https", "http"), relativePath: word() }, [
      "port",
      "protocol",
    ]),
    deliveryOptionTitle: word(),
  },
  ["title", "releaseNotes", "image", "usageInstructions", "recommendedInstanceType", "securityGroups"],
);

/** Told apart by `model` and `type`; see `variantOf`. */
const pricing: Readonly<Record<string, Schema>> = {
  byol: object({ model: oneOf("byol") }, ["model"]),
  free: object({ model: oneOf("free") }, ["model"]),
  usage: object(
    {
      model: oneOf("usage"),
      currency: word("USD"),
      hourly: prices,
      annual: prices,
      monthly: word("1"),
      freeTrial: object({ days: number(14) }, ["days"]),
      metered: prices,
    },
    ["model"],
  ),
  contract: object(
    {
      model: oneOf("contract"),
      currency: word("USD"),
      durations: list(object({ duration: word("P365D"), prices }, ["duration", "prices"]), 1),
    },
    ["model", "durations"],
  ),
};

/** Of a EULA, told apart by `type`. */
export const eulaShapes: Readonly<Record<string, Schema>> = {
  standard: object({ type: oneOf("standard"), version: word("2022-07-14") }, ["type"]),
  custom: object({ type: oneOf("custom"), url: word("https://example.com/eula.txt") }, ["type", "url"]),
};

const required = [
  "title",
  "shortDescription",
  "longDescription",
  "logoUrl",
  "highlights",
  "categories",
  "searchKeywords",
  "supportDescription",
  "regions",
  "instanceTypes",
  "versions",
  "pricing",
  "eula",
  "visibility",
];

/** The shape of a listing whose prices and agreement are of the given kinds. Further members are not its business. */
export function listingShape(model: string, eulaType: string): Schema {
  return {
    type: "object",
    required,
    properties: {
      title: word(),
      sku: word(),
      shortDescription: word(),
      longDescription: word(),
      logoUrl: word("https://example.com/logo.png"),
      highlights: words(),
      categories: words("Security"),
      searchKeywords: words(),
      additionalResources: list(object({ text: word(), url: word("https://example.com/") }, ["text", "url"])),
      videoUrl: word("https://example.com/video"),
      promotionalMedia: list(
        object(
          {
            type: oneOf("Image", "Video"),
            url: word("https://example.com/image.png"),
            title: word(),
            description: word(),
            previewUrl: word("https://example.com/preview.png"),
          },
          ["url"],
        ),
      ),
      supportDescription: word(),
      associatedProducts: words(),
      regions: words("us-east-1"),
      futureRegionSupport: oneOf("None", "All", "US"),
      instanceTypes: words("m5.large"),
      versions: list(version, 1),
      dimensions: list(
        object(
          {
            key: word(),
            name: word(),
            description: word(),
            unit: word("Units"),
            types: list(oneOf("Entitled", "Metered", "ExternallyMetered"), 1),
          },
          ["key", "name", "description", "unit", "types"],
        ),
      ),
      pricing: pricing[model] ?? object({ model: oneOf(...Object.keys(pricing)) }, ["model"]),
      eula: eulaShapes[eulaType] ?? object({ type: oneOf(...Object.keys(eulaShapes)) }, ["type"]),
      refundPolicy: word(),
      renewal: { type: "boolean", sample: false },
      offer: object({ name: word(), description: word() }),
      allowlist: words("111122223333"),
      visibility: oneOf("Limited", "Public", "Restricted"),
      tags: { type: "object", pricesOf: "string" },
    },
  };
}
