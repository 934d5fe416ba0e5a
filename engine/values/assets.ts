import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { EngineError } from "../error";
import { ARCHIVE, ASSET, isMap, SIGNATURE, some, type PropertyMap, type PropertyValue } from "./values";

const isAsset = (value: PropertyValue): boolean => isMap(value) && value[SIGNATURE] === ASSET;
const isArchive = (value: PropertyValue): boolean => isMap(value) && value[SIGNATURE] === ARCHIVE;

/**
 * The values with the SHA-256 of every asset's content beside it, by which changes are noticed.
 * @throws EngineError for a file that cannot be read
 */
export async function hashAssets(values: PropertyMap, root: string): Promise<PropertyMap> {
  return some(values, isAsset) ? ((await hashed(values, root)) as PropertyMap) : values;
}

async function hashed(value: PropertyValue, root: string): Promise<PropertyValue> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => hashed(item, root)));
  if (!isMap(value)) return value;
  if (isAsset(value)) return withHash(value, await contentOf(value, root));
  const entries = Object.entries(value).map(async ([key, item]) => [key, await hashed(item, root)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** As a state keeps it: where its content is, and the digest; what else the SDK sends goes. */
function withHash(asset: PropertyMap, content: string | Buffer): PropertyMap {
  const kept: PropertyMap = { [SIGNATURE]: ASSET, hash: createHash("sha256").update(content).digest("hex") };
  for (const key of ["text", "path", "uri"]) if (asset[key]) kept[key] = asset[key];
  return kept;
}

async function contentOf(asset: PropertyMap, root: string): Promise<string | Buffer> {
  const { text, path, uri } = asset;
  if (typeof text === "string" && text !== "") return text;
  if (typeof path === "string" && path !== "") {
    try {
      return await readFile(resolve(root, path));
    } catch (error) {
      throw new EngineError(`The asset ${path} cannot be read: ${(error as Error).message}`);
    }
  }
  if (typeof uri === "string" && uri !== "") {
    throw new EngineError(
      `The embedded engine does not fetch remote assets (${uri}). Run this program with the Pulumi CLI.`,
    );
  }
  return "";
}

/** @throws EngineError: an archive's digest is the Pulumi CLI's own, and both must agree on a state */
export function refuseArchives(values: PropertyMap): void {
  if (!some(values, isArchive)) return;
  throw new EngineError("The embedded engine does not support archives. Run this program with the Pulumi CLI.");
}
