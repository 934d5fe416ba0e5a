import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import * as everything from "../../index";
import { compile, exportsOf, membersOf, mistakesIn } from "./compiled";
import { blocksOf, pages, placeOf, root } from "./pages";

const blocks = pages().flatMap((page) => blocksOf(page, "ts"));
const { program, fileOf } = compile(blocks);

test.each(blocks.map((block) => [placeOf(block), block] as const))("%s compiles against the package", (_, block) => {
  expect(mistakesIn(block, program, fileOf.get(block) ?? "")).toEqual([]);
});

test("a mistake in a block is found, with its line", () => {
  const page = {
    path: "docs/page.md",
    text: '# A\n\n```ts\nimport { Seller } from "pulumi-aws-marketplace";\nnew Seller(1);\n```\n',
  };
  const [block] = blocksOf(page);
  if (block === undefined) throw new Error("The page has a block.");
  const compiled = compile([block]);
  const found = mistakesIn(block, compiled.program, compiled.fileOf.get(block) ?? "");
  expect(found).toEqual([expect.stringMatching(/^docs\/page\.md:5: /)]);
});

const exported = exportsOf(program);
const classes = Object.keys(everything).filter((name) => exported.has(`${name}Args`));

test("the package's resources and components are known by their arguments", () => {
  expect(classes).toEqual(expect.arrayContaining(["AmiProduct", "AccessGroup", "PrivateMarketplace", "SellerAccount"]));
});

test.each(classes)("%s has a page that names every input and output", (name) => {
  const file = pageOf(name);
  const page = file === undefined ? "" : readFileSync(join(root, file), "utf8");
  expect({ name, file }).toEqual({ name, file: expect.any(String) });
  expect(page.split("\n")[0]).toBe(`# ${name}`);
  const type = exported.get(`${name}Args`);
  const inputs = type === undefined ? [] : membersOf(program, type);
  const made = exported.get(name);
  const outputs = made === undefined ? [] : membersOf(program, made).filter((member) => !pulumisOwn.has(member));
  expect(inputs.length).toBeGreaterThan(0);
  expect(outputs.length).toBeGreaterThan(0);
  expect([...inputs, ...outputs].filter((member) => !page.includes(`\`${member}\``))).toEqual([]);
});

const functions = Object.entries(everything).flatMap(([name, made]) =>
  typeof made === "function" && !(made.prototype instanceof pulumi.Resource) ? [name] : [],
);

test.each(functions)("%s is among the functions of their page", (name) => {
  const page = readFileSync(join(root, "docs/functions.md"), "utf8");
  expect(page).toMatch(new RegExp(`^\\| \`${name}\\(`, "m"));
});

/** What every resource has. */
const pulumisOwn = new Set(["id", "urn", "getProvider", "getData", "registerOutputs", "initialize"]);

/** `docs/resources/ami-product.md`, `docs/components/access-groups.md`; undefined where it is not there. */
function pageOf(name: string): string | undefined {
  const made = (everything as Readonly<Record<string, unknown>>)[name];
  const isComponent = typeof made === "function" && made.prototype instanceof pulumi.ComponentResource;
  const file = `${name.replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase()}.md`;
  const path = `docs/${isComponent ? "components" : "resources"}/${file}`;
  return existsSync(join(root, path)) ? path : undefined;
}
