import type { Command } from "commander";
import { expect, test } from "vitest";
import { commandLine } from "../../automation/cli";
import { type Block, blocksOf, pages, placeOf } from "./pages";

/** Lines of shell that run the package's own command, comments and pipes left out. */
function typedIn({ code }: Block): string[] {
  const lines = code.replaceAll("\\\n", " ").split("\n");
  return lines.flatMap((line) => {
    const [, words] = /^\s*(?:[A-Z_]+=\S+ )*(?:npx )?marketplace (?<words>[^#|<>]+)/u.exec(line) ?? [];
    return words === undefined ? [] : [words.trim()];
  });
}

/** Which command the words would run; fails where the command line refuses them. */
async function runBy(words: string): Promise<string> {
  let ran = "";
  const program = commandLine(async () => {});
  const listen = (command: Command, path: readonly string[]): void => {
    command.exitOverride().hook("preAction", () => void (ran = path.join(" ")));
    for (const inner of command.commands) listen(inner, [...path, inner.name()]);
  };
  listen(program, []);
  await program.parseAsync(words.match(/'[^']*'|\S+/gu)?.map((word) => word.replaceAll("'", "")) ?? [], {
    from: "user",
  });
  return ran;
}

const typed = pages()
  .filter(({ path }) => !path.startsWith("docs/commands/"))
  .flatMap((page) => blocksOf(page, "sh"))
  .flatMap((block) => typedIn(block).map((words) => [placeOf(block), words] as const));

test("the pages run the command in several places", () => {
  expect(typed.length).toBeGreaterThan(5);
});

test.each(typed)("%s: marketplace %s", async (_, words) => {
  const ran = await runBy(words);
  expect(ran).not.toBe("");
  expect(words.slice(0, ran.length)).toBe(ran);
});
