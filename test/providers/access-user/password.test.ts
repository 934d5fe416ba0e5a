import * as fc from "fast-check";
import { expect, test } from "vitest";
import { newPassword } from "../../../providers/access-user/password";

test("a password has 32 characters with some of every kind, however chance falls", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(1_000_000)), (chance) => {
      const password = newPassword((limit) => Number(chance.next().value) % limit);
      expect(password).toHaveLength(32);
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]) expect(password).toMatch(kind);
    }),
  );
});

test("no two passwords are the same", () => {
  expect(new Set(Array.from({ length: 1_000 }, () => newPassword())).size).toBe(1_000);
});
