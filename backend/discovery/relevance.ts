/** A text in which words are looked for, and how much it says about the thing to find them there. */
export interface Place {
  readonly weight: number;
  readonly text: string;
}

/** The words of a text: letters and digits, in lower case. `log`, `agent` of `Log-Agent!` */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * How well a thing answers to what is searched. Each word has to stand somewhere, or begin a word that does; else it is
 * zero. More, the more prominent the places are, and twice as much for whole words.
 */
export function relevance(places: readonly Place[], searched: readonly string[]): number {
  const texts = places.map(({ weight, text }) => ({ weight, words: new Set(wordsOf(text)) }));
  const scores = searched.map((word) =>
    texts.reduce((sum, { weight, words }) => {
      if (words.has(word)) return sum + 2 * weight;
      return sum + ([...words].some((one) => one.startsWith(word)) ? weight : 0);
    }, 0),
  );
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}
