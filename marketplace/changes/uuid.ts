/**
 * Ids in further forms, derived from an id that is already unique, so that rules stay pure: the same id always gives the
 * same result.
 */
export function uuidFrom(id: string): string {
  const hex = hexFrom(id, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** `length` hexadecimal digits spread over the whole id (FNV-1a, one hash for each eight digits). */
export function hexFrom(id: string, length: number): string {
  let digits = "";
  for (let round = 0; digits.length < length; round++) {
    digits += mix(`${round}:${id}`).toString(16).padStart(8, "0");
  }
  return digits.slice(0, length);
}

/** 25 lower-case letters and digits, as product codes are. */
export function codeFrom(id: string): string {
  return BigInt(`0x${hexFrom(id, 40)}`)
    .toString(36)
    .padStart(31, "0")
    .slice(-25);
}

function mix(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
