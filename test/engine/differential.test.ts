import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { caseNames } from "./differential/case";
import { runEmbedded } from "./differential/embedded";

describe.concurrent("the embedded engine does what the Pulumi CLI did", () => {
  test.each([...caseNames])("%s", { timeout: 120_000 }, async (name) => {
    const recorded: unknown = JSON.parse(readFileSync(join(__dirname, "recordings", `${name}.json`), "utf8"));
    const phases = await runEmbedded(name);
    expect(phases.map(({ record }) => record)).toEqual(recorded);
    expect(phases.flatMap(({ outOfOrder }) => outOfOrder)).toEqual([]);
  });
});
