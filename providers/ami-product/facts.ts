import type { JsonObject } from "../../marketplace/changes/change-type";
import type { DescribedEntity } from "../entities";

/** What a product's document says beside what was declared. */
export interface ProductFacts {
  readonly productCode: string;
  /** Draft, Limited, Public, Restricted. */
  readonly visibility: string;
  /** Draft or Active. */
  readonly state: string;
  readonly versions: readonly VersionFacts[];
}

export interface VersionFacts {
  readonly id: string;
  readonly title: string;
  readonly deliveryOptionIds: readonly string[];
  /** The SSM public parameter that names the image in every region. */
  readonly amiAlias: string;
  /** Restricted once all its delivery options are. */
  readonly visibility: "Public" | "Restricted";
}

export function isOpenVersion(version: VersionFacts): boolean {
  return version.visibility === "Public";
}

export function factsOf(product: DescribedEntity): ProductFacts {
  const description = objectIn(product.details, "Description");
  return {
    productCode: textIn(description, "ProductCode"),
    visibility: textIn(description, "Visibility"),
    state: textIn(description, "ProductState"),
    versions: listIn(product.details, "Versions").map(versionFacts),
  };
}

function versionFacts(version: JsonObject): VersionFacts {
  const options = listIn(version, "DeliveryOptions");
  return {
    id: textIn(version, "Id"),
    title: textIn(version, "VersionTitle"),
    deliveryOptionIds: options.map((option) => textIn(option, "Id")),
    amiAlias: options.map((option) => textIn(option, "AmiAlias")).find((alias) => alias !== "") ?? "",
    visibility: options.some((option) => textIn(option, "Visibility") === "Public") ? "Public" : "Restricted",
  };
}

function objectIn(document: JsonObject, name: string): JsonObject {
  const value = document[name];
  return isObject(value) ? value : {};
}

function listIn(document: JsonObject, name: string): JsonObject[] {
  const value = document[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textIn(document: JsonObject, name: string): string {
  const value = document[name];
  return typeof value === "string" ? value : "";
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
