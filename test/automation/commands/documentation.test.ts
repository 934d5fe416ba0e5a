import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { commandLine } from "../../../automation/cli";

const docs = join(__dirname, "../../../docs/commands");

function leaves(
  command: Command,
  path: readonly string[] = [],
): { readonly path: readonly string[]; readonly command: Command }[] {
  const inner = command.commands.filter((each) => each.name() !== "help");
  if (inner.length === 0) return [{ path, command }];
  return inner.flatMap((each) => leaves(each, [...path, each.name()]));
}

function documented(path: readonly string[]): string {
  const page = readFileSync(join(docs, `${path[0]}.md`), "utf8");
  const heading = new RegExp(`^#+ marketplace ${path.join(" ")}$`, "mu").exec(page);
  if (heading === null) throw new Error(`docs/commands/${path[0]}.md needs a heading for ${path.join(" ")}`);
  const rest = page.slice(heading.index + heading[0].length);
  return rest.split(/^#+ marketplace /mu)[0] ?? "";
}

const all = leaves(commandLine(async () => {})).map(({ path, command }) => [path.join(" "), path, command] as const);

test.each(all)("%s: its page lists exactly the options it has", (_, path, command) => {
  const rows = documented(path).matchAll(/^\| `(?<flags>-[^`]+)`/gmu);
  const listed = [...rows].map(({ groups }) => groups?.["flags"]).toSorted();
  expect(listed).toEqual(command.options.map(({ flags }) => flags).toSorted());
});

test.each(all)("%s: what its page and its help show can be typed", async (_, path, command) => {
  const page = documented(path);
  let help = "";
  command.configureOutput({ writeOut: (text) => void (help += text) });
  command.outputHelp();
  const shown = [...page.matchAll(/```sh\n(?<lines>[\s\S]*?)```/gu)]
    .map(({ groups }) => groups?.["lines"] ?? "")
    .join("");
  const typed = `${shown}\n${help.split("Examples:")[1] ?? ""}`.split("\n").map((line) => line.trim());
  const own = typed.filter((line) => line.startsWith("marketplace "));
  expect(own.length).toBeGreaterThan(1);
  for (const line of own) expect({ line, runs: await runsAs(line) }).toEqual({ line, runs: path.join(" ") });
});

/** Which command a line of shell would run; fails when the command line refuses it. */
async function runsAs(line: string): Promise<string | undefined> {
  const words = (line.split(/ [|<>] /u)[0] ?? "").match(/'[^']*'|\S+/gu)?.map((word) => word.replaceAll("'", "")) ?? [];
  const program = commandLine(async () => {});
  let ran: string | undefined;
  for (const { path, command } of leaves(program)) {
    command.exitOverride().hook("preAction", () => {
      ran = path.join(" ");
    });
  }
  await program.exitOverride().parseAsync(words.slice(1), { from: "user" });
  return ran;
}

test("the page of all commands links each of them", () => {
  const index = readFileSync(join(docs, "README.md"), "utf8");
  for (const { path } of leaves(commandLine(async () => {}))) expect(index).toContain(`(${path[0]}.md)`);
});
