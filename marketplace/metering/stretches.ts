import type { Stretch } from "./billing-period";

/** What is left of stretches, in order and apart from each other, without what lies in another one. */
export function cutOut(stretches: readonly Stretch[], { from, to }: Stretch): Stretch[] {
  return stretches
    .flatMap((one) => [
      { from: one.from, to: Math.min(one.to, from) },
      { from: Math.max(one.from, to), to: one.to },
    ])
    .filter((one) => one.from < one.to);
}

/** What two stretches have in common, if anything. */
export function overlap(a: Stretch, b: Stretch): Stretch[] {
  const both = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
  return both.from < both.to ? [both] : [];
}
