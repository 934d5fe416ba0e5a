import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Covered, chargedRuns, hoursBegun, type Run } from "../../../marketplace/metering/instance-hours";
import type { Places } from "../../../marketplace/metering/places";

const HOUR = 3_600_000;
const always = { from: 0, to: 1000 * HOUR };
const nothing: Covered = { paidAhead: () => [] };

function run(instance: string, from: number, to: number, instanceType = "m5.large"): Run {
  return { instance, instanceType, from: from * HOUR, to: to * HOUR };
}

function hours(runs: readonly Run[], covered = nothing, during = always): number {
  return chargedRuns(runs, covered).reduce((sum, one) => sum + hoursBegun(one, during), 0);
}

test.each([
  ["an hour that has begun counts whole", [run("i-1", 0, 0.01)], 1],
  ["and an exact hour once", [run("i-1", 0.5, 1.5)], 1],
  ["a second more begins another", [run("i-1", 0, 1 + 1 / 3600)], 2],
  ["each start begins an hour of its own", [run("i-1", 0, 0.2), run("i-1", 0.5, 0.6)], 2],
  ["instances count each for itself", [run("i-1", 0, 2), run("i-2", 0, 2)], 4],
  ["one that was stopped as it was started did not run", [run("i-1", 3, 3)], 0],
])("%s", (_, runs, expected) => {
  expect(hours(runs)).toBe(expected);
});

test("an hour belongs to the stretch in which it begins", () => {
  const two = [run("i-1", 0.5, 4)];
  expect(hours(two, nothing, { from: 0, to: 2 * HOUR })).toBe(2);
  expect(hours(two, nothing, { from: 2 * HOUR, to: 4 * HOUR })).toBe(2);
  expect(hours(two, nothing, { from: HOUR, to: HOUR })).toBe(0);
});

test("what is paid ahead covers so many instances of its type, those started first", () => {
  const paid: Covered = { paidAhead: (type) => (type === "m5.large" ? [{ at: 0, places: 1 }] : []) };
  expect(hours([run("i-1", 0, 10), run("i-2", 1, 4)], paid)).toBe(3);
  expect(hours([run("i-1", 0, 2), run("i-2", 1, 4)], paid)).toBe(1);
  expect(hours([run("i-1", 0, 10), run("i-3", 0, 10, "m5.xlarge")], paid)).toBe(10);
  const until: Covered = {
    paidAhead: () => [
      { at: 0, places: 1 },
      { at: 5 * HOUR, places: 0 },
    ],
  };
  expect(hours([run("i-1", 0, 10)], until)).toBe(5);
});

test("on trial one instance is free at a time, whatever its type", () => {
  const trial: Covered = { paidAhead: () => [], trial: { from: 0, to: 6 * HOUR } };
  expect(hours([run("i-1", 0, 4)], trial)).toBe(0);
  expect(hours([run("i-1", 0, 4), run("i-2", 0, 4, "m5.xlarge")], trial)).toBe(4);
  expect(hours([run("i-1", 0, 2), run("i-2", 3, 10, "m5.xlarge")], trial)).toBe(4);
});

const minute = 60_000;
const someRuns = fc
  .array(
    fc.record({
      instance: fc.constantFrom("i-1", "i-2", "i-3", "i-4"),
      instanceType: fc.constantFrom("m5.large", "m5.xlarge"),
      stops: fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { maxLength: 6 }),
    }),
    { maxLength: 4 },
  )
  .map((instances) =>
    instances.flatMap(({ instance, instanceType, stops }, i) => {
      const sorted = stops.toSorted((a, b) => a - b);
      return sorted.flatMap((from, j) =>
        j % 2 === 1
          ? []
          : [
              {
                instance: `${instance}${i}`,
                instanceType,
                from: from * minute,
                to: (sorted[j + 1] ?? 600) * minute,
              },
            ],
      );
    }),
  );
const somePlaces = fc
  .uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 600 }), places: fc.integer({ min: 0, max: 3 }) }), {
    maxLength: 4,
    selector: ({ at }) => at,
  })
  .map((steps) => steps.map(({ at, places }) => ({ at: at * minute, places })).toSorted((a, b) => a.at - b.at));
const someStretch = fc
  .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 600 }))
  .map(([a, b]) => ({ from: Math.min(a, b) * minute, to: Math.max(a, b) * minute }));

test("any use comes to what a clock that looks every minute counts", () => {
  fc.assert(
    fc.property(
      someRuns,
      fc.tuple(somePlaces, somePlaces),
      fc.option(someStretch, { nil: undefined }),
      someStretch,
      (runs, [large, xlarge], trial, during) => {
        const paidAhead = (type: string) => (type === "m5.large" ? large : xlarge);
        const counted = chargedRuns(runs, { paidAhead, trial }).reduce((sum, one) => sum + hoursBegun(one, during), 0);
        expect(counted).toBe(countMinuteByMinute(runs, paidAhead, trial, during));
      },
    ),
    { numRuns: 500 },
  );
});

/** Looks at every minute who is running, who is covered, and whose hour begins. */
function countMinuteByMinute(
  runs: readonly Run[],
  paidAhead: (type: string) => readonly Places[],
  trial: { from: number; to: number } | undefined,
  during: { from: number; to: number },
): number {
  let hoursCharged = 0;
  for (let now = during.from; now < during.to; now += minute) {
    const running = runs
      .filter(({ from, to }) => from <= now && now < to)
      .toSorted((a, b) => a.from - b.from || (a.instance < b.instance ? -1 : 1));
    const left = new Map<string, number>();
    const unpaid = running.filter(({ instanceType }) => {
      const places = left.get(instanceType) ?? paidAhead(instanceType).findLast(({ at }) => at <= now)?.places ?? 0;
      left.set(instanceType, places - 1);
      return places <= 0;
    });
    const charged = trial !== undefined && trial.from <= now && now < trial.to ? unpaid.slice(1) : unpaid;
    hoursCharged += charged.filter(({ from }) => (now - from) % HOUR === 0).length;
  }
  return hoursCharged;
}

test("thousands of runs are counted in no time", () => {
  const runs = Array.from({ length: 20_000 }, (_, i) => run(`i-${i}`, i % 700, (i % 700) + 1 + (i % 90)));
  const paid: Covered = { paidAhead: () => [{ at: 0, places: 500 }], trial: { from: 0, to: 300 * HOUR } };
  const start = performance.now();
  expect(hours(runs, paid)).toBeGreaterThan(0);
  expect(performance.now() - start).toBeLessThan(2000);
});
