import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { prepareExample } from "../../../automation/commands/prepare-example";
import { recordingHost } from "../recording-host";

test("an example that asks for nothing is ready, and gets no settings", async () => {
  const cwd = join(__dirname, "../../../examples/access-groups");
  const before = readdirSync(cwd);
  const host = recordingHost();
  // Nothing answers there, and nothing is asked.
  const options = { cwd, stack: "ready", engine: "embedded", endpoint: "http://127.0.0.1:9" } as const;
  expect(await prepareExample(options, host)).toBe(0);
  expect(host.lines).toEqual(["access-groups needs nothing made for it. Next: marketplace preview"]);
  expect(readdirSync(cwd)).toEqual(before);
});
