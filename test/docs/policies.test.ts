import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { policies, withLevels } from "../../policies/index";
import { type Block, blocksOf, moduleName, pages } from "./pages";
import { type Preview, preview } from "./preview-blocks";

const page = pages().find(({ path }) => path === "docs/policies.md");
const blocks = page === undefined ? [] : blocksOf(page);
const names = policies.map(({ name }) => name);

/** The blocks below a policy's heading, of one language; what is printed has none. */
const below = (policy: string, language: string): Block[] =>
  blocks.filter((block) => block.language === language && policyOf(block) === policy);

test("settings as the page shows them are taken", () => {
  const shown = blocks.filter(({ language }) => language === "json");
  expect(shown.length).toBeGreaterThan(2);
  for (const { code } of shown) expect(() => withLevels(policies, JSON.parse(code))).not.toThrow();
});

test.each(policies)(
  "$name has a row with its level, and a section with a program that it refuses",
  ({ name, enforcementLevel }) => {
    expect(page?.text).toMatch(new RegExp(`^\\| \`${name}\` +\\| ${enforcementLevel} `, "m"));
    expect([below(name, "ts").length, below(name, "").length]).toEqual([1, 1]);
  },
);

/** The heading that a block stands below: a policy's name. */
const policyOf = ({ headings }: Block): string => headings.at(-1) ?? "";

describe("the programs that are shown", () => {
  /** What AWS refuses as well ends the run, after which no policy looks at the whole stack. */
  const refusedByAws = new Set(["private-offer-expiry"]);
  const programs = blocks.filter(
    (block) => block.language === "ts" && (moduleName(block) !== undefined || names.includes(policyOf(block))),
  );
  let previewed: Preview;
  let refused: Preview;

  beforeAll(async () => {
    // What is advisory does not end the run, so that one run hears of all of them.
    const settings = names.flatMap((name) => below(name, "json").map(({ code }) => JSON.parse(code) as object));
    const folder = mkdtempSync(join(tmpdir(), "policies-page-"));
    const file = join(folder, "policies.json");
    writeFileSync(file, JSON.stringify(Object.assign({ all: "advisory" }, ...settings)));
    const options = { policyPacks: [resolve("policies")], env: { MARKETPLACE_POLICY_CONFIG: file } };
    previewed = await preview(
      programs.filter((block) => !refusedByAws.has(policyOf(block))),
      options,
    );
    refused = await preview(
      programs.filter((block) => refusedByAws.has(policyOf(block))),
      options,
    );
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test.each(names)("%s refuses its program in the words that the page gives", (name) => {
    const said = [...previewed.violations, ...refused.violations]
      .filter(({ policy }) => policy === name)
      .map(({ message }) => message);
    const lines = below(name, "").flatMap(({ code }) => code.split("\n"));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(said).toEqual(expect.arrayContaining([expect.stringContaining(line)]));
  });

  test("nothing else is wrong with them", () => {
    expect([previewed.result, previewed.said]).toEqual(["succeeded", []]);
    expect(refused.said).toEqual([expect.stringContaining("MISSING_AVAILABILITY_END_DATE")]);
  });
});
