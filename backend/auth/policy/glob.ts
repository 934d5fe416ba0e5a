const ANY = -1;
const ONE = -2;

/** A pattern with wildcards, ready to match: UTF-16 units, and the two above. */
export type Glob = readonly number[];

/** `*` stands for any text, also none; `?` for one character. */
export function compileGlob(pattern: string): Glob {
  return Array.from({ length: pattern.length }, (_, i) => {
    if (pattern[i] === "*") return ANY;
    return pattern[i] === "?" ? ONE : pattern.charCodeAt(i);
  });
}

/** A glob that matches this text only, wildcards and all. */
export function literalGlob(text: string): Glob {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

/** Whether the whole text matches. Takes at most length of pattern times length of text, whatever the pattern. */
export function matchesGlob(glob: Glob, text: string): boolean {
  let g = 0;
  let t = 0;
  let retryFrom = -1;
  let retryAt = 0;
  while (t < text.length) {
    const unit = glob[g];
    if (unit === ANY) {
      retryFrom = ++g;
      retryAt = t;
    } else if (unit === ONE || unit === text.charCodeAt(t)) {
      g++;
      t++;
    } else if (retryFrom >= 0) {
      // Let the last `*` take one more character, and try again from there.
      g = retryFrom;
      t = ++retryAt;
    } else {
      return false;
    }
  }
  while (glob[g] === ANY) g++;
  return g === glob.length;
}
