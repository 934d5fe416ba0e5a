import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";

/** What listings are made of: image formats of AWS Marketplace's logo, PDF and text of its EULA and documentation. */
const contentTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".svg": "image/svg+xml",
  ".pdf": "application/pdf",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
  ".yaml": "application/yaml",
  ".template": "application/json",
};

export function contentTypeOf(path: string): string {
  return contentTypes[extname(path).toLowerCase()] ?? "application/octet-stream";
}

/** 64 hexadecimal digits. */
export async function hashOf(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

/** `listing-files/3f9c0a1b2c3d-logo.png` */
export function keyFor(path: string, sha256: string): string {
  return `listing-files/${sha256.slice(0, 12)}-${basename(path).replaceAll(/[^\w.-]+/g, "-")}`;
}

/** The object's address at AWS: Amazon S3 user guide, "Virtual hosting of buckets". */
export function urlOf(bucket: string, region: string, key: string): string {
  const host = region === "us-east-1" ? "s3.amazonaws.com" : `s3.${region}.amazonaws.com`;
  return `https://${bucket}.${host}/${key.split("/").map(encodeURIComponent).join("/")}`;
}
