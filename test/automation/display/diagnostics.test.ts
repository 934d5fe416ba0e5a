import { createColors } from "picocolors";
import { expect, test } from "vitest";
import { diagnosticLines } from "../../../automation/display/diagnostics";

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/marketplace:AmiProduct::log-agent";
const what = "pulumi-nodejs:dynamic/marketplace:AmiProduct resource 'log-agent'";
const lines = (...messages: string[]): string[] =>
  diagnosticLines(
    messages.map((message) => ({ urn, severity: "error" as const, message })),
    createColors(false),
  );

test("a refused property reads as its path and the reason, below the resource's own title", () => {
  expect(
    lines(
      `${what}: property regions[1] value {<nil>} has a problem: "us-wst-2" is no region. [INVALID_REGIONS]`,
      `${what}: property title value {x {y} z} has a problem: too long`,
      `${what} has a problem: nothing to sell`,
    ),
  ).toEqual([
    "Diagnostics:",
    "  marketplace:AmiProduct (log-agent):",
    '    error: regions[1]: "us-wst-2" is no region. [INVALID_REGIONS]',
    "    error: title: too long",
    "    error: nothing to sell",
  ]);
});

test("any other message stays as it came", () => {
  expect(lines("the cloud has a problem: it rains").at(-1)).toBe("    error: the cloud has a problem: it rains");
});
