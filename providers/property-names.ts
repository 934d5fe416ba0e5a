import type { CheckFailure, Properties } from "./provider";

/** A failure for each property that the resource does not have; misspelt ones would else be ignored silently. */
export function checkNames(inputs: Properties, known: readonly string[], type: string): CheckFailure[] {
  return Object.keys(inputs)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = known.find((candidate) => distance(name.toLowerCase(), candidate.toLowerCase()) <= 2);
      const hint = near === undefined ? `It has ${known.join(", ")}.` : `Did you mean ${near}?`;
      return { property: name, reason: `${type} has no property "${name}". ${hint}` };
    });
}

/** How many letters to insert, delete or replace to come from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (letter === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
