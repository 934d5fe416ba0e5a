import { crc32 } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { crc32c, crc64nvme } from "../../../backend/s3/crc";

test("the check values of the CRC catalogue come out", () => {
  const digits = Buffer.from("123456789");
  expect(crc32c(digits)).toBe(0xe3069283);
  expect(crc64nvme(digits)).toBe(0xae8b14860a799888n);
  expect(crc32(digits)).toBe(0xcbf43926);
});

test("any single flipped bit changes both sums", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), fc.nat({ max: 7 }), (bytes, at, bit) => {
      const flipped = Uint8Array.from(bytes);
      const index = at % bytes.length;
      flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
      expect(crc32c(flipped)).not.toBe(crc32c(bytes));
      expect(crc64nvme(flipped)).not.toBe(crc64nvme(bytes));
    }),
  );
});
