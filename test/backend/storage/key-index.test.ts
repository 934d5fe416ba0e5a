import * as fc from "fast-check";
import { expect, test } from "vitest";

import { KeyIndex } from "../../../backend/storage/key-index";

/** Few enough to meet again, many enough for every way of bringing in new keys and leaving out old ones. */
const keys = fc.array(fc.stringMatching(/^[a-d]{0,4}$/), { maxLength: 300 });
const step = fc.record({ add: keys, remove: keys, prefix: fc.stringMatching(/^[a-d]{0,2}$/) });

test("lists the keys that are there, in order, however many come and go between two listings", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const index = new KeyIndex();
      const model = new Set<string>();
      for (const { add, remove, prefix } of steps) {
        for (const key of add.filter((one, i) => !model.has(one) && add.indexOf(one) === i)) index.add(key);
        for (const key of add) model.add(key);
        for (const key of remove) if (model.delete(key)) index.remove(key);
        expect(index.startingWith(prefix)).toEqual([...model].filter((key) => key.startsWith(prefix)).toSorted());
      }
    }),
  );
});

test("keys added between listings are not sorted in one by one", () => {
  const index = new KeyIndex();
  for (let n = 0; n < 100_000; n++) index.add(padded((n * 7919) % 100_000));
  expect(index.startingWith("0999")).toEqual(Array.from({ length: 100 }, (_, n) => padded(99_900 + n)));
  for (let n = 0; n < 1000; n++) {
    index.add(`x${n}`);
    expect(index.startingWith(`x${n}`)).toHaveLength(1);
  }
});

function padded(n: number): string {
  return String(n).padStart(6, "0");
}
