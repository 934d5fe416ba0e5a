import { expect, test } from "vitest";
import { blocksOf, pages, placeOf } from "./pages";
import { preview } from "./preview-blocks";

/** Programs that leave nothing out; what the policies' page shows is refused on purpose. */
const programs = pages()
  .filter(({ path }) => path !== "docs/policies.md")
  .flatMap((page) => blocksOf(page, "ts"))
  .filter(({ code }) => !code.includes("…"));

test("every program of the documentation previews as it stands", { timeout: 60_000 }, async () => {
  const previewed = await preview(programs);
  expect(previewed.said).toEqual([]);
  expect(previewed.result).toBe("succeeded");
  for (const block of programs) {
    const declares = /\bnew [A-Z]\w+\("/.test(block.code);
    expect({ at: placeOf(block), declares, made: previewed.madeBy(block).length > 0 }).toEqual({
      at: placeOf(block),
      declares,
      made: declares,
    });
  }
});
