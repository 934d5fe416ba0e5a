import { join } from "node:path";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { tour } from "../../../automation/tour/tour";
import { recordingHost } from "../recording-host";

const example = join(__dirname, "../../../examples/paid-ami");

test(
  "the tour plans, makes, repeats and reprices a listing, and leaves nothing behind",
  { timeout: 120_000 },
  async () => {
    const before = readdirSync(example);
    const host = recordingHost();
    await tour(host, example, new AbortController().signal);
    const text = host.lines.join("\n");
    const [, plan = "", made = "", now = "", again = "", repriced = ""] = text.split(/^\n\d {2}/mu).slice(1);
    expect(plan).toContain("    + 3 to create");
    expect(made).toContain("    + 3 created");
    expect(now).toContain("State    Active");
    expect(now).toMatch(/m7i\.large +\$0\.090 +\$630/u);
    expect(again).toContain("    3 unchanged");
    expect(again).not.toContain("created");
    expect(repriced).toContain('~ m7i.large  : "0.09" => "0.081"');
    expect(repriced).toMatch(/m7i\.large +\$0\.081 +\$630/u);
    expect(text).toContain("npx marketplace example prepare --cwd examples/paid-ami");
    expect(host.notes).toEqual([]);
    expect(readdirSync(example)).toEqual(before);
  },
);
