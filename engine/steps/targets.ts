/** The URNs a run is limited to; `*` stands for any text. */
export class Targets {
  readonly #patterns: RegExp[];
  readonly #more = new Set<string>();

  constructor(readonly given: readonly string[] = []) {
    this.#patterns = given.map((pattern) => new RegExp(`^${pattern.split(/\*+/).map(escape).join(".*")}$`));
  }

  get constrained(): boolean {
    return this.given.length > 0;
  }

  /** Whether a URN is in; everything is while there are no limits. */
  contains(urn: string): boolean {
    return !this.constrained || this.names(urn);
  }

  /** Whether a URN was named. */
  names(urn: string): boolean {
    return this.#more.has(urn) || this.#patterns.some((pattern) => pattern.test(urn));
  }

  /** Those given in full that are not among these URNs. */
  unknown(urns: ReadonlySet<string>): string[] {
    return this.given.filter((target) => !target.includes("*") && !urns.has(target));
  }
}

function escape(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}
