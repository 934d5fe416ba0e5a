import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { chooseEngine } from "../../../automation/engines/choose-engine";

const scratch = mkdtempSync(join(tmpdir(), "choose-engine-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const withCli = join(scratch, "bin");
mkdirSync(withCli);
writeFileSync(join(withCli, "pulumi"), "#!/bin/sh\n");
chmodSync(join(withCli, "pulumi"), 0o755);
const loggedIn = join(scratch, "logged-in");
mkdirSync(loggedIn);
writeFileSync(join(loggedIn, "credentials.json"), JSON.stringify({ current: "file:///state" }));
const loggedOut = join(scratch, "logged-out");
mkdirSync(loggedOut);
writeFileSync(join(loggedOut, "credentials.json"), JSON.stringify({ current: "" }));

test.each([
  ["no CLI at all", { PATH: scratch, PULUMI_HOME: loggedIn }, "embedded", "no pulumi on PATH"],
  ["a CLI that is logged in", { PATH: withCli, PULUMI_HOME: loggedIn }, "pulumi", "pulumi is on PATH"],
  [
    "a CLI that is logged out",
    { PATH: withCli, PULUMI_HOME: loggedOut },
    "embedded",
    "pulumi is on PATH but not logged in",
  ],
  [
    "a CLI that never logged in",
    { PATH: withCli, PULUMI_HOME: scratch },
    "embedded",
    "pulumi is on PATH but not logged in",
  ],
  [
    "a CLI and PULUMI_BACKEND_URL",
    { PATH: withCli, PULUMI_HOME: scratch, PULUMI_BACKEND_URL: "file:///s" },
    "pulumi",
    "pulumi is on PATH",
  ],
])("auto with %s", async (_, env, name, because) => {
  const chosen = await chooseEngine("auto", env);
  expect([chosen.engine.name, chosen.because]).toEqual([name, because]);
});

test("a backend in Pulumi.yaml is somewhere to keep state too", async () => {
  const { engine } = await chooseEngine("auto", { PATH: withCli, PULUMI_HOME: scratch }, "file:///state");
  expect(engine.name).toBe("pulumi");
});

test("what is asked for by name is taken", async () => {
  const env = { PATH: withCli, PULUMI_HOME: loggedIn };
  expect((await chooseEngine("embedded", env)).engine.name).toBe("embedded");
  expect((await chooseEngine("pulumi", env)).engine.name).toBe("pulumi");
  await expect(chooseEngine("pulumi", { PATH: scratch })).rejects.toThrow(/no pulumi on PATH/u);
});
