import { join } from "node:path";
import { expect, test } from "vitest";
import { exportState } from "../../engine/index";
import { runSmall, scratchFolder } from "./scratch";

const projectDir = join(__dirname, "fixtures", "plugged");

test("a provider plugin that Pulumi.yaml names runs, and its outputs are known in previews", async () => {
  const stateDir = scratchFolder();
  const planned = await runSmall("", { operation: "preview", projectDir, stateDir });
  expect(planned.result).toMatchObject({ changes: { create: 2 }, outputs: { shout: { value: "DUNE" } } });
  const made = await runSmall("", { projectDir, stateDir });
  expect(made.result).toMatchObject({ result: "succeeded", outputs: { shout: { value: "DUNE" } } });
});

test("a resource that exists can be imported, and one that does not is named", async () => {
  const stateDir = scratchFolder();
  const adopted = await runSmall("", { projectDir, stateDir, env: { ADOPT: "book-7" } });
  expect(adopted.result).toMatchObject({ result: "succeeded", changes: { create: 1, import: 1 } });
  const { deployment } = await exportState({ projectDir, stack: "dev", stateDir });
  expect(deployment.resources?.at(-1)).toMatchObject({ id: "book-7", importID: "book-7", outputs: { shout: "DUNE" } });
  expect((await runSmall("", { projectDir, stateDir, env: { ADOPT: "book-7" } })).result.changes).toEqual({ same: 2 });

  const missing = await runSmall("", { projectDir, stateDir: scratchFolder(), env: { ADOPT: "book-9" } });
  expect(missing.result.result).toBe("failed");
  expect(missing.said.join("\n")).toContain("resource 'book-9' does not exist");
});
