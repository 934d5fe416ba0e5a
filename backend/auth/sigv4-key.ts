import { createHmac, hash, timingSafeEqual } from "node:crypto";
import type { Claim } from "./sigv4-claim";

/** Signing keys are good for a day, a region and a service: deriving one costs four HMACs. */
const derived = new Map<string, Buffer>();
const mostDerived = 1024;

export type SigningScope = Pick<Claim, "date" | "region" | "service">;

export function signingKey(secret: string, scope: SigningScope): Buffer {
  const name = `${secret} ${credentialScope(scope)}`;
  const known = derived.get(name);
  if (known) return known;
  const key = [scope.date, scope.region, scope.service, "aws4_request"].reduce<Buffer>(
    (parent, part) => hmac(parent, part),
    Buffer.from(`AWS4${secret}`),
  );
  if (derived.size >= mostDerived) derived.delete(derived.keys().next().value as string);
  derived.set(name, key);
  return key;
}

export function credentialScope(scope: SigningScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

export function sign(key: Buffer, stringToSign: string): Buffer {
  return hmac(key, stringToSign);
}

export function sha256(data: Uint8Array | string): string {
  return hash("sha256", data, "hex");
}

/** Compares without telling by its duration where the difference is. */
export function sameSignature(expected: Buffer, hexadecimal: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(hexadecimal)) return false;
  return timingSafeEqual(expected, Buffer.from(hexadecimal, "hex"));
}

export function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
