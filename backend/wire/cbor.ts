import { Malformed } from "./refusal";

/** CBOR (RFC 8949), as much of it as RPC v2 uses: no tags but epoch time, text keys, definite and indefinite lengths. */
export class CborTime {
  constructor(readonly seconds: number) {}
}

const deepest = 128;
const breakCode = Symbol("break");

/** Throws `Malformed` where the bytes are not one well-formed item. */
export function decodeCbor(bytes: Uint8Array): unknown {
  const decoder = new Decoder(bytes);
  const value = decoder.item(0);
  if (value === breakCode || !decoder.finished) throw malformed();
  return value;
}

class Decoder {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get finished(): boolean {
    return this.at === this.bytes.length;
  }

  item(depth: number): unknown {
    if (depth > deepest) throw malformed();
    const first = this.byte();
    const major = first >> 5;
    const info = first & 31;
    if (major === 7) return this.simple(info);
    if (info === 31) return this.indefinite(major, depth);
    const length = this.argument(info);
    switch (major) {
      case 0:
        return length;
      case 1:
        return typeof length === "bigint" ? -1n - length : -1 - length;
      case 2:
        return this.take(length);
      case 3:
        return text(this.take(length));
      case 4: {
        // Every element takes a byte at least, so a length beyond the input is refused before anything is set aside.
        const list: unknown[] = [];
        for (let i = 0; i < this.count(length); i++) list.push(this.element(depth));
        return list;
      }
      case 5: {
        const entries: [string, unknown][] = [];
        for (let i = 0; i < this.count(length); i++) entries.push(this.entry(this.element(depth), depth));
        return Object.fromEntries(entries);
      }
      default:
        return this.tagged(length, depth);
    }
  }

  private indefinite(major: number, depth: number): unknown {
    if (major === 2 || major === 3) {
      const parts: Uint8Array[] = [];
      for (;;) {
        const first = this.byte();
        if (first === 0xff) break;
        if (first >> 5 !== major || (first & 31) === 31) throw malformed();
        parts.push(this.take(this.argument(first & 31)));
      }
      const whole = Buffer.concat(parts);
      return major === 2 ? new Uint8Array(whole) : text(whole);
    }
    if (major === 4) {
      const list: unknown[] = [];
      for (let value = this.item(depth + 1); value !== breakCode; value = this.item(depth + 1)) list.push(value);
      return list;
    }
    if (major === 5) {
      const entries: [string, unknown][] = [];
      for (let key = this.item(depth + 1); key !== breakCode; key = this.item(depth + 1))
        entries.push(this.entry(key, depth));
      return Object.fromEntries(entries);
    }
    throw malformed();
  }

  private entry(key: unknown, depth: number): [string, unknown] {
    if (typeof key !== "string") throw malformed();
    return [key, this.element(depth)];
  }

  private element(depth: number): unknown {
    const value = this.item(depth + 1);
    if (value === breakCode) throw malformed();
    return value;
  }

  private tagged(tag: number | bigint, depth: number): unknown {
    const value = this.element(depth);
    if (tag !== 1) return value;
    if (typeof value !== "number") throw malformed();
    return new CborTime(value);
  }

  private simple(info: number): unknown {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        return half(this.view.getUint16(this.move(2)));
      case 26:
        return this.view.getFloat32(this.move(4));
      case 27:
        return this.view.getFloat64(this.move(8));
      case 31:
        return breakCode;
      default:
        throw malformed();
    }
  }

  private argument(info: number): number | bigint {
    if (info < 24) return info;
    switch (info) {
      case 24:
        return this.byte();
      case 25:
        return this.view.getUint16(this.move(2));
      case 26:
        return this.view.getUint32(this.move(4));
      case 27: {
        const value = this.view.getBigUint64(this.move(8));
        return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
      }
      default:
        throw malformed();
    }
  }

  private count(length: number | bigint): number {
    if (typeof length === "bigint" || length > this.bytes.length) throw malformed();
    return length;
  }

  private take(length: number | bigint): Uint8Array {
    const size = this.count(length);
    const start = this.move(size);
    return this.bytes.subarray(start, start + size);
  }

  private byte(): number {
    return this.bytes[this.move(1)] as number;
  }

  private move(size: number): number {
    const start = this.at;
    if (start + size > this.bytes.length) throw malformed();
    this.at += size;
    return start;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function text(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed();
  }
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function malformed(): Malformed {
  return new Malformed("The body is not valid CBOR.");
}

/** Plain values, byte arrays and `CborTime` as CBOR. Members that are undefined are left out. */
export function encodeCbor(value: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  encode(value, parts);
  return Buffer.concat(parts);
}

function encode(value: unknown, parts: Uint8Array[]): void {
  if (typeof value === "string") {
    const bytes = Buffer.from(value, "utf8");
    parts.push(head(3, bytes.length), bytes);
  } else if (typeof value === "number") parts.push(number(value));
  else if (typeof value === "bigint") parts.push(value < 0n ? head(1, -1n - value) : head(0, value));
  else if (value === false) parts.push(Uint8Array.of(0xf4));
  else if (value === true) parts.push(Uint8Array.of(0xf5));
  else if (value === null || value === undefined) parts.push(Uint8Array.of(0xf6));
  else if (value instanceof Uint8Array) parts.push(head(2, value.length), value);
  else if (value instanceof CborTime) parts.push(Uint8Array.of(0xc1), number(value.seconds));
  else if (Array.isArray(value)) {
    parts.push(head(4, value.length));
    for (const element of value) encode(element, parts);
  } else {
    const entries = Object.entries(value as object).filter(([, member]) => member !== undefined);
    parts.push(head(5, entries.length));
    for (const [key, member] of entries) {
      encode(key, parts);
      encode(member, parts);
    }
  }
}

function number(value: number): Uint8Array {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return value < 0 ? head(1, -1 - value) : head(0, value);
  const bytes = new Uint8Array(9);
  bytes[0] = 0xfb;
  new DataView(bytes.buffer).setFloat64(1, value);
  return bytes;
}

function head(major: number, length: number | bigint): Uint8Array {
  const code = major << 5;
  if (length < 24) return Uint8Array.of(code | Number(length));
  const size = length <= 0xff ? 1 : length <= 0xffff ? 2 : length <= 0xffff_ffff ? 4 : 8;
  const bytes = new Uint8Array(1 + size);
  bytes[0] = code | (24 + Math.log2(size));
  const view = new DataView(bytes.buffer);
  if (size === 1) view.setUint8(1, Number(length));
  else if (size === 2) view.setUint16(1, Number(length));
  else if (size === 4) view.setUint32(1, Number(length));
  else view.setBigUint64(1, BigInt(length));
  return bytes;
}
