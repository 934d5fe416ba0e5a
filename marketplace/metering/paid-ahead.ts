import type { AcceptedTerm } from "../agreements/accepted-term";
import { quantitiesOf } from "../agreements/entitled-quantities";
import type { Stretch } from "./billing-period";
import type { Places } from "./places";

/** Terms that held under an agreement, from when until when. */
export interface TermsInForce extends Stretch {
  readonly terms: readonly AcceptedTerm[];
}

/** More than anybody can run. */
const UNLIMITED = 2 ** 31;

/** How many units of a dimension are paid for in advance, over time, under all agreements about a product together. */
export function unitsPaidAhead(inForce: readonly TermsInForce[], dimension: string): Places[] {
  const changes = inForce
    .filter(({ from, to }) => from < to)
    .flatMap(({ from, to, terms }) => {
      const units = unitsOf(terms, dimension);
      return [
        { at: from, more: units },
        { at: to, more: -units },
      ];
    })
    .filter(({ more }) => more !== 0)
    .toSorted((a, b) => a.at - b.at || a.more - b.more);
  let places = 0;
  return changes.map(({ at, more }) => ({ at, places: (places += more) }));
}

function unitsOf(terms: readonly AcceptedTerm[], dimension: string): number {
  return quantitiesOf(terms)
    .filter((one) => one.dimension === dimension)
    .reduce((sum, { quantity = UNLIMITED }) => sum + quantity, 0);
}
