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

/** The same as a test: most patterns are plain text, or plain text with one `*` at its end. */
export function globTest(glob: Glob): (text: string) => boolean {
  const wild = glob.findIndex((unit) => unit < 0);
  if (wild < 0) {
    const whole = plainText(glob);
    return (text) => text === whole;
  }
  if (wild < glob.length - 1 || glob[wild] === ONE) return (text) => matchesGlob(glob, text);
  const start = plainText(glob.slice(0, wild));
  return (text) => beginsWith(text, start);
}

/** From behind, since ARNs are alike at their beginnings. */
function beginsWith(text: string, start: string): boolean {
  if (text.length < start.length) return false;
  for (let i = start.length - 1; i >= 0; i--) if (text.charCodeAt(i) !== start.charCodeAt(i)) return false;
  return true;
}

/** Whether there is no wildcard in it. */
export function isPlain(glob: Glob): boolean {
  return glob.every((unit) => unit >= 0);
}

/** Of a glob without wildcards. */
export function plainText(glob: Glob): string {
  return String.fromCharCode(...glob);
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
