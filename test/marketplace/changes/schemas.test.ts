import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { changeTypes } from "../../../marketplace/changes";
import type { Schema } from "../../../marketplace/changes/change-type";

const file = resolve(__dirname, "../../../../shared/change-types.json");
const there = existsSync(file);

interface Published {
  readonly changeTypes: readonly {
    readonly entityType: string;
    readonly changeType: string;
    readonly createsEntity: boolean;
    readonly detailsSchema: Schema;
  }[];
}

/** Members that may be null as well, by the documentation of the change type rather than its shape. */
const mayBeNull: Readonly<Record<string, readonly string[]>> = {
  "AmiProduct@1.0 UpdateInformation": ["Sku"],
  "SaaSProduct@1.0 UpdateInformation": ["Sku"],
  "Offer@1.0 UpdateInformation": ["PreExistingAgreement"],
};

/** What the shape requires and AWS's own example in the documentation leaves out. */
const mayBeLeftOut: Readonly<Record<string, readonly string[]>> = {
  "Experience@1.0 CreateProcurementPolicy": ["Configuration"],
};

/** AWS names them and publishes no documents for them. */
const unpublished = new Set([
  "Seller@1.0 CreateSeller",
  "Seller@1.0 UpdateInformation",
  "Seller@1.0 UpdateDisbursementPreferences",
  "ProductProcurementRequest@1.0 CreateProductProcurementRequest",
  "ProductProcurementRequest@1.0 CancelProductProcurementRequest",
]);

const named = changeTypes
  .map((type) => [`${type.entityType} ${type.changeType}`, type] as const)
  .filter(([name]) => !unpublished.has(name));

test.skipIf(!there).each(named)("%s takes exactly the document that AWS publishes for it", (name, type) => {
  const published = JSON.parse(readFileSync(file, "utf8")) as Published;
  const found = published.changeTypes.find((one) => `${one.entityType} ${one.changeType}` === name);
  expect(type.creates !== undefined).toBe(found?.createsEntity);
  expect(plain(type.schema, mayBeNull[name] ?? [])).toEqual(
    plain(leavingOut(found?.detailsSchema, mayBeLeftOut[name]), []),
  );
});

test.skipIf(there)("schemas are not compared: there is no change-types.json beside this checkout", () => {
  expect(changeTypes.length).toBeGreaterThan(20);
});

function leavingOut(schema: Schema | undefined, optional: readonly string[] = []): Schema | undefined {
  if (schema === undefined || optional.length === 0) return schema;
  expect(schema.required).toEqual(expect.arrayContaining([...optional]));
  const required = schema.required as readonly string[];
  return { ...schema, required: required.filter((member) => !optional.includes(member)) };
}

/** Leaves out what says nothing about a document: notes, defaults, empty lists of required members. */
function plain(schema: unknown, nullable: readonly string[]): unknown {
  if (Array.isArray(schema)) return schema.map((item) => plain(item, []));
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]: [string, unknown]) => {
      if (["note", "default"].includes(keyword)) return [];
      if (keyword === "required" && (value as unknown[]).length === 0) return [];
      if (keyword === "required") return [[keyword, (value as string[]).toSorted()]];
      if (keyword === "properties") return [[keyword, members(value as object, nullable)]];
      return [[keyword, plain(value, [])]];
    }),
  );
}

function members(properties: object, nullable: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]: [string, object]) => {
      const { nullable: isNullable, ...rest } = schema as { nullable?: boolean };
      expect([name, isNullable === true]).toEqual([name, nullable.includes(name)]);
      return [name, plain(rest, [])];
    }),
  );
}
