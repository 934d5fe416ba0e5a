/**
 * Why a request cannot be read, whatever its protocol. Each protocol has words of its own for it (`SerializationException`,
 * `MalformedInput`, `MalformedXML`).
 */
export class Malformed extends Error {
  override name = "Malformed";
}
