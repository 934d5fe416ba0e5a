/** Something that wants a place for as long as it is there. Moments are milliseconds since 1970. */
export interface Stay {
  readonly id: string;
  /** Who was there first comes first. */
  readonly since: number;
  readonly from: number;
  readonly to: number;
}

/** From a moment on there are so many places; before the first such moment, none. */
export interface Places {
  readonly at: number;
  readonly places: number;
}

/**
 * The parts of stays that find no place. At every moment those that have been there longest have the places, and who
 * waits moves up when one becomes free. What comes and what goes at the same moment do not meet.
 */
export function withoutPlace<T extends Stay>(stays: readonly T[], places: readonly Places[]): T[] {
  const hall = new Hall<T>();
  for (const { at, happen } of happenings(stays, places)) happen(hall, at);
  return hall.turnedAway;
}

interface Happening<T extends Stay> {
  readonly at: number;
  /** Of what happens at the same moment: first who leaves, then how many places there are, then who comes. */
  readonly turn: number;
  readonly happen: (hall: Hall<T>, at: number) => void;
}

function happenings<T extends Stay>(stays: readonly T[], places: readonly Places[]): Happening<T>[] {
  const there = stays.filter(({ from, to }) => from < to);
  return [
    ...there.map((stay) => ({ at: stay.to, turn: 0, happen: (hall: Hall<T>) => hall.leave(stay) })),
    ...places.map((one) => ({ at: one.at, turn: 1, happen: (hall: Hall<T>, at: number) => hall.set(one.places, at) })),
    ...there.map((stay) => ({ at: stay.from, turn: 2, happen: (hall: Hall<T>) => hall.come(stay) })),
  ].toSorted((a, b) => a.at - b.at || a.turn - b.turn);
}

/** Who is there, in order, and since when those beyond the last place have had none. */
class Hall<T extends Stay> {
  readonly turnedAway: T[] = [];
  readonly #there: T[] = [];
  readonly #waiting = new Map<T, number>();
  #places = 0;

  come(stay: T): void {
    const index = this.#indexOf(stay);
    this.#there.splice(index, 0, stay);
    if (index >= this.#places) this.#waiting.set(stay, stay.from);
    else this.#lose(this.#places, stay.from);
  }

  leave(stay: T): void {
    const index = this.#indexOf(stay);
    this.#there.splice(index, 1);
    if (index >= this.#places) this.#seat(stay, stay.to);
    else this.#gain(this.#places - 1, stay.to);
  }

  set(places: number, at: number): void {
    const [few, many] = places < this.#places ? [places, this.#places] : [this.#places, places];
    for (let i = few; i < Math.min(many, this.#there.length); i++) {
      if (places > this.#places) this.#gain(i, at);
      else this.#lose(i, at);
    }
    this.#places = places;
  }

  #gain(index: number, at: number): void {
    const stay = this.#there[index];
    if (stay !== undefined) this.#seat(stay, at);
  }

  #lose(index: number, at: number): void {
    const stay = this.#there[index];
    if (stay !== undefined) this.#waiting.set(stay, at);
  }

  #seat(stay: T, at: number): void {
    const from = this.#waiting.get(stay) ?? at;
    this.#waiting.delete(stay);
    if (from < at) this.turnedAway.push({ ...stay, from, to: at });
  }

  /** Where it is, or where it belongs. */
  #indexOf(stay: T): number {
    let low = 0;
    let high = this.#there.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#there[middle], stay)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isBefore(a: Stay | undefined, b: Stay): boolean {
  if (a === undefined) return false;
  return a.since === b.since ? a.id < b.id : a.since < b.since;
}
