/**
 * Keys in code-unit order, sorted only when somebody asks. New keys wait beside them, and removed ones stay
 * until many have gathered, so that writing between listings stays cheap with 100,000 keys.
 */
export class KeyIndex {
  #sorted: string[] = [];
  #fresh = new Set<string>();
  #gone = new Set<string>();

  add(key: string): void {
    if (!this.#gone.delete(key)) this.#fresh.add(key);
  }

  remove(key: string): void {
    if (!this.#fresh.delete(key)) this.#gone.add(key);
  }

  /** The keys that start with `prefix`, in order, as they are now. */
  startingWith(prefix: string): string[] {
    this.#settle();
    const from = countWhile(this.#sorted, (key) => key < prefix);
    const to = countWhile(this.#sorted, (key) => key < prefix || key.startsWith(prefix));
    const found = this.#sorted.slice(from, to);
    return this.#gone.size === 0 ? found : found.filter((key) => !this.#gone.has(key));
  }

  #settle(): void {
    if (this.#gone.size > 64 && this.#gone.size > this.#sorted.length / 8) {
      this.#sorted = this.#sorted.filter((key) => !this.#gone.has(key));
      this.#gone.clear();
    }
    if (this.#fresh.size === 0) return;
    const fresh = [...this.#fresh].toSorted(byCodeUnit);
    this.#fresh.clear();
    if (fresh.length > 16) this.#sorted = merge(this.#sorted, fresh);
    else
      for (const key of fresh)
        this.#sorted.splice(
          countWhile(this.#sorted, (other) => other < key),
          0,
          key,
        );
  }
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** How many keys from the start satisfy `test`, which holds up to some key and for none after it. */
function countWhile(sorted: readonly string[], test: (key: string) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle] ?? "")) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merge(a: readonly string[], b: readonly string[]): string[] {
  const merged: string[] = [];
  let j = 0;
  for (const key of a) {
    for (let next = b[j]; next !== undefined && next < key; next = b[++j]) merged.push(next);
    merged.push(key);
  }
  for (; j < b.length; j++) merged.push(b[j] ?? "");
  return merged;
}
