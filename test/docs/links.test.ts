import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { pages, root } from "./pages";

/** `[words](resources/seller.md#on-aws)`, outside of code. */
const link = /\]\((?!https?:|mailto:)(?<path>[^)#\s]*)(?:#(?<anchor>[^)\s]+))?\)/g;

test.each(pages().map(({ path, text }) => [path, text] as const))("%s links to what is there", (path, text) => {
  const broken = [...text.replaceAll(/```[\s\S]*?```/g, "").matchAll(link)].flatMap(({ groups }) => {
    const target = groups?.["path"] ? join(root, dirname(path), groups["path"]) : join(root, path);
    if (!existsSync(target)) return [relative(root, target)];
    const anchor = groups?.["anchor"];
    return anchor === undefined || anchorsOf(target).has(anchor) ? [] : [`${relative(root, target)}#${anchor}`];
  });
  expect(broken).toEqual([]);
});

/** As GitHub makes them of headings. */
function anchorsOf(file: string): ReadonlySet<string> {
  const headings = readFileSync(file, "utf8").matchAll(/^#+ (?<title>.+)$/gm);
  return new Set(
    [...headings].map(({ groups }) =>
      (groups?.["title"] ?? "")
        .toLowerCase()
        .replaceAll(/[^\p{L}\d _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
