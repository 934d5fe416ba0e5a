import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const root = resolve(__dirname, "../..");

/** A page of the documentation. */
export interface Page {
  /** `docs/resources/seller.md` */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a page. */
export interface Block {
  readonly page: Page;
  /** `ts`, `sh`, `json` */
  readonly language: string;
  readonly code: string;
  /** The page's line on which the code begins, from 1. */
  readonly line: number;
  /** The headings above it, outermost first, without marks: `["Policies", "open-ports"]`. */
  readonly headings: readonly string[];
}

/** README and everything under docs/, sorted. */
export function pages(): Page[] {
  const files = readdirSync(join(root, "docs"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => join(entry.parentPath, entry.name));
  return [join(root, "README.md"), ...files.toSorted()].map((file) => ({
    path: relative(root, file),
    text: readFileSync(file, "utf8"),
  }));
}

/** The blocks of a page, of one language or of all. Those in a list are moved to the left. */
export function blocksOf(page: Page, language?: string): Block[] {
  const blocks: Block[] = [];
  let headings: string[] = [];
  let open:
    { readonly indent: string; readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [i, text] of page.text.split("\n").entries()) {
    const [, indent = "", name] = /^( *)```(\w*)/.exec(text) ?? [];
    const [, marks, title] = /^(#+) (.+)$/.exec(text) ?? [];
    if (open !== undefined && name !== undefined) {
      blocks.push({ page, language: open.language, code: open.lines.join("\n"), line: open.line, headings });
      open = undefined;
    } else if (open !== undefined) open.lines.push(text.replace(open.indent, ""));
    else if (name !== undefined) open = { indent, language: name, line: i + 2, lines: [] };
    else if (marks !== undefined && title !== undefined) {
      headings = [...headings.slice(0, marks.length - 1), title.replaceAll("`", "")];
    }
  }
  return blocks.filter((block) => language === undefined || block.language === language);
}

/** `listing`, for a block that begins with `// listing.ts`: other blocks of its page import it so. */
export function moduleName({ code }: Block): string | undefined {
  return /^\/\/ (?<name>[\w-]+)\.ts\n/.exec(code)?.groups?.["name"];
}

/** Where a person finds the block: `docs/resources/seller.md:8`. */
export function placeOf({ page, line }: Block): string {
  return `${page.path}:${line}`;
}
