import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { caseNames } from "./differential/case";
import { findPulumi, runOnCli } from "./differential/cli";

const pulumi = findPulumi();
if (!pulumi) console.warn("Skipped: pulumi is not on PATH, so its recordings were not compared with it.");
const recordings = join(__dirname, "recordings");

// With PULUMI_RECORD=1 the CLI's answers become the new recordings; else they must still be the recorded ones.
describe.skipIf(!pulumi)("the Pulumi CLI does what was recorded of it", () => {
  test.each([...caseNames])("%s", { timeout: 240_000 }, (name) => {
    const records = runOnCli(pulumi!, name);
    const file = join(recordings, `${name}.json`);
    if (process.env.PULUMI_RECORD) {
      mkdirSync(recordings, { recursive: true });
      writeFileSync(file, `${JSON.stringify(records, null, 1)}\n`);
    }
    expect(records).toEqual(JSON.parse(readFileSync(file, "utf8")));
  });
});
