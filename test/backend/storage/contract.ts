import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";

import type { Store } from "../../../backend/storage/store";

/** A fresh place for a store; `reopen` closes the store and opens what is left of it. */
export interface Place {
  open(): Store;
  /** Whether things are still there when the store is closed and opened again. */
  readonly lasting: boolean;
}

/** What every store promises. */
export function describeStore(newPlace: () => Place): void {
  function open(): Store {
    const store = newPlace().open();
    onTestFinished(() => store.close());
    return store;
  }

  test("keeps what a transaction put, and shows it to the next", async () => {
    const store = open();
    const offers = store.table<{ price: string }>("offers");
    await store.transaction(() => offers.put("offer-1", { price: "0.10" }));
    expect(await store.transaction(() => offers.get("offer-1"))).toEqual({ price: "0.10" });
    expect(store.table("products").get("offer-1")).toBeUndefined();
  });

  test("undoes all of a transaction that throws, and only that one", async () => {
    const store = open();
    const table = store.table<number>("t");
    const kept = store.transaction(() => table.put("a", 1));
    const undone = store.transaction(() => {
      table.put("a", 2);
      table.put("b", 2);
      store.blobs.put("blob", new Uint8Array([1]));
      throw new Error("no");
    });
    await kept;
    await expect(undone).rejects.toThrow("no");
    expect([...table.list()]).toEqual([["a", 1]]);
    expect(store.blobs.get("blob")).toBeUndefined();
  });

  test("a transaction within another is part of it, and undone alone", async () => {
    const store = open();
    const table = store.table<number>("t");
    let inner: Promise<void> | undefined;
    await store.transaction(() => {
      table.put("a", 1);
      inner = store.transaction(() => {
        table.put("a", 2);
        throw new Error("inner");
      });
      inner.catch(() => undefined);
      table.put("b", 3);
    });
    await expect(inner).rejects.toThrow("inner");
    expect([...table.list()]).toEqual([
      ["a", 1],
      ["b", 3],
    ]);
  });

  test("documents are copied in and frozen out", async () => {
    const store = open();
    const table = store.table<{ tags: string[] }>("t");
    const mine = { tags: ["a"] };
    await store.transaction(() => table.put("k", mine));
    mine.tags.push("b");
    const read = table.get("k");
    expect(read).toEqual({ tags: ["a"] });
    expect(() => read?.tags.push("c")).toThrow(TypeError);
  });

  test("blobs are copied in and out", async () => {
    const store = open();
    const bytes = Buffer.from([1, 2, 3]);
    await store.transaction(() => {
      store.blobs.put("k", bytes);
      bytes[0] = 9;
      store.blobs.get("k")?.fill(7);
    });
    store.blobs.get("k")?.fill(7);
    expect([...(store.blobs.get("k") ?? [])]).toEqual([1, 2, 3]);
  });

  test.each([
    ["a Date", new Date(0)],
    ["bytes", new Uint8Array(1)],
    ["NaN", Number.NaN],
    ["a function", () => 1],
    ["undefined", undefined],
    ["a bigint", 1n],
  ])("refuses %s, which JSON cannot hold", async (_, value) => {
    const store = open();
    const table = store.table<unknown>("t");
    await expect(store.transaction(() => table.put("k", { value: [value] }))).rejects.toThrow(/JSON only/);
    expect(table.get("k")).toBeUndefined();
  });

  test("refuses a document that holds itself, half a surrogate pair as a key, and work that awaits", async () => {
    const store = open();
    const table = store.table<unknown>("t");
    const circle: unknown[] = [];
    circle.push(circle);
    await expect(store.transaction(() => table.put("k", circle))).rejects.toThrow(/nested/);
    await expect(store.transaction(() => table.put("\ud800", 1))).rejects.toThrow(/well-formed/);
    await expect(store.transaction(() => Promise.resolve(table.put("k", 1)))).rejects.toThrow(/await/);
    expect([...table.list()]).toEqual([]);
  });

  test("is written to inside transactions only", () => {
    const store = open();
    expect(() => store.table("t").put("k", 1)).toThrow(/transaction/);
    expect(() => store.blobs.put("k", new Uint8Array())).toThrow(/transaction/);
  });

  test("a listing shows the table as it was when the listing began, less what is deleted meanwhile", async () => {
    const store = open();
    const table = store.table<number>("t");
    await store.transaction(() => {
      for (const key of ["b", "a", "c"]) table.put(key, 0);
      const seen: string[] = [];
      for (const [key] of table.list()) {
        seen.push(key);
        table.put(`${key}+`, 1);
        table.delete("c");
      }
      expect(seen).toEqual(["a", "b"]);
    });
  });

  test("takes no more once closed, and closing first finishes what is under way", async () => {
    const store = newPlace().open();
    const last = store.transaction(() => store.table("t").put("k", 1));
    store.close();
    await last;
    await expect(store.transaction(() => 1)).rejects.toThrow("closed");
  });

  test("behaves like a sorted map, whatever is done to it in whatever order", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const place = newPlace();
        let store = place.open();
        let model: Model = { documents: new Map(), blobs: new Map() };
        const waiting: Promise<unknown>[] = [];
        const expected: string[] = [];
        for (const { kind, actions } of steps) {
          if (kind === "reopen" && place.lasting) {
            store.close();
            store = place.open();
          } else {
            const before = copyOf(model);
            const done = store.transaction(() => {
              for (const action of actions) act(store, model, action);
              expectSame(store, model);
              if (kind === "rollback") throw new Error("rollback");
            });
            waiting.push(done);
            expected.push(kind === "rollback" ? "rejected" : "fulfilled");
            if (kind === "rollback") model = before;
            if (kind === "wait") await Promise.allSettled(waiting);
          }
          expectSame(store, model);
        }
        expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(expected);
        store.close();
      }),
      { numRuns: 60 },
    );
  });
}

interface Model {
  readonly documents: Map<string, unknown>;
  readonly blobs: Map<string, string>;
}

type Action =
  | { readonly does: "put"; readonly key: string; readonly value: unknown }
  | { readonly does: "delete"; readonly key: string }
  | { readonly does: "put blob"; readonly key: string; readonly value: string }
  | { readonly does: "delete blob"; readonly key: string };

const key = fc.oneof(
  fc.constantFrom("", "a", "a/", "a/b", "a/c", "A", "ä", "\u{1f600}", "\uffff", "__proto__", "x\0y"),
  fc.string({ unit: "binary", maxLength: 4 }),
);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("put" as const), key, value: fc.jsonValue({ noUnicodeString: false }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("delete" as const), key }) },
  fc.record({ does: fc.constant("put blob" as const), key, value: fc.string() }),
  fc.record({ does: fc.constant("delete blob" as const), key }),
);

const step = fc.record({
  kind: fc.constantFrom("commit", "wait", "rollback", "reopen"),
  actions: fc.array(action, { maxLength: 12 }),
});

function act(store: Store, model: Model, todo: Action): void {
  const table = store.table("things");
  switch (todo.does) {
    case "put":
      table.put(todo.key, todo.value);
      model.documents.set(todo.key, todo.value);
      break;
    case "delete":
      table.delete(todo.key);
      model.documents.delete(todo.key);
      break;
    case "put blob":
      store.blobs.put(todo.key, new TextEncoder().encode(todo.value));
      model.blobs.set(todo.key, todo.value);
      break;
    case "delete blob":
      store.blobs.delete(todo.key);
      model.blobs.delete(todo.key);
      break;
  }
}

function copyOf({ documents, blobs }: Model): Model {
  return { documents: new Map(documents), blobs: new Map(blobs) };
}

function expectSame(store: Store, { documents, blobs }: Model): void {
  const table = store.table("things");
  const sorted = [...documents].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const prefix of ["", "a", "a/", "ä", "zz"]) {
    expect([...table.list(prefix)]).toEqual(sorted.filter(([name]) => name.startsWith(prefix)));
  }
  for (const [name, value] of documents) expect(table.get(name)).toEqual(value);
  for (const [name, value] of blobs) expect(new TextDecoder().decode(store.blobs.get(name))).toBe(value);
}
