import type { JsonObject } from "../../marketplace/changes/change-type";
import type { DescribedEntity } from "../entities";

/** What a product's document says beside what was declared. */
export interface ProductFacts {
  readonly productCode: string;
  /** Draft, Limited, Public, Restricted. */
  readonly visibility: string;
  /** Draft or Active. */
  readonly state: string;
  readonly versions: readonly {
    readonly id: string;
    readonly title: string;
    readonly deliveryOptionIds: readonly string[];
  }[];
}

export function factsOf(product: DescribedEntity): ProductFacts {
  const description = objectIn(product.details, "Description");
  return {
    productCode: textIn(description, "ProductCode"),
    visibility: textIn(description, "Visibility"),
    state: textIn(description, "ProductState"),
    versions: listIn(product.details, "Versions").map((version) => ({
      id: textIn(version, "Id"),
      title: textIn(version, "VersionTitle"),
      deliveryOptionIds: listIn(version, "DeliveryOptions").map((option) => textIn(option, "Id")),
    })),
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
