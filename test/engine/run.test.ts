import { readFileSync, writeFileSync, mkdirSync, existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportState, importState, readOutputs, run } from "../../engine/index";
import { runSmall, scratchFolder, small } from "./scratch";

const passphrase = "correct horse";

const ciphertexts = (checkpoint: unknown) => JSON.stringify(checkpoint).match(/v1:[^"]+:[^"]+/g);

test("a program goes up, stays the same, changes and goes down", async () => {
  const stateDir = scratchFolder();
  const planned = await runSmall("plain", { operation: "preview", stateDir });
  expect(planned.result).toMatchObject({ result: "succeeded", changes: { create: 2 } });
  expect(existsSync(join(stateDir, "stacks"))).toBe(false);

  const made = await runSmall("plain", { stateDir });
  expect(made.result).toMatchObject({
    result: "succeeded",
    changes: { create: 2 },
    outputs: { made: { value: "here", secret: false } },
  });
  expect(made.events.map(({ sequence }) => sequence)).toEqual(made.events.map((_, i) => i));

  expect((await runSmall("plain", { operation: "preview", stateDir })).result.changes).toEqual({ same: 2 });
  expect((await runSmall("plain", { stateDir, env: { SIZE: "2" } })).result.changes).toEqual({ same: 1, update: 1 });
  expect((await runSmall("plain", { operation: "refresh", stateDir })).result.changes).toEqual({ same: 2 });
  expect((await runSmall("plain", { operation: "destroy", stateDir })).result.changes).toEqual({ delete: 2 });
  const { deployment } = await exportState({ projectDir: small, stack: "dev", stateDir });
  expect(deployment.resources).toBeUndefined();
});

test("secrets are encrypted in the state, and read back with the passphrase only", async () => {
  const stateDir = scratchFolder();
  const { result } = await runSmall("plain", { stateDir, passphrase, env: { HIDE: "yes" } });
  expect(result.outputs["hidden"]).toEqual({ value: "whisper", secret: true });
  const location = { projectDir: small, stack: "dev", stateDir };
  const file = join(stateDir, "stacks", "small", "dev.json");
  expect(readFileSync(file, "utf8")).not.toContain("whisper");
  expect(await readOutputs({ ...location, passphrase })).toMatchObject({ hidden: { value: "whisper", secret: true } });
  await expect(async () => readOutputs({ ...location, passphrase: "wrong" })).rejects.toThrow(
    /passphrase is not the one/,
  );

  const before = await exportState(location);
  await runSmall("plain", { stateDir, passphrase, env: { HIDE: "yes" } });
  expect(ciphertexts(await exportState(location))).toEqual(ciphertexts(before));
});

test("a secret with nothing to protect it is refused before anything is made", async () => {
  const stateDir = scratchFolder();
  const env = { PULUMI_CONFIG_PASSPHRASE: undefined as unknown as string };
  const { result, said } = await runSmall("secret-input", { stateDir, env });
  expect(result.result).toBe("failed");
  expect(said.join("\n")).toMatch(/Set PULUMI_CONFIG_PASSPHRASE/);
  const { deployment } = await exportState({ projectDir: small, stack: "dev", stateDir });
  expect(JSON.stringify(deployment)).not.toContain("dynamic/small:Thing");
});

test("a stack in use by a living process is left alone; a dead one's lock is taken over", async () => {
  const stateDir = scratchFolder();
  const folder = join(stateDir, "stacks", "small");
  mkdirSync(folder, { recursive: true });
  const lock = (pid: number) => {
    const owner = { pid, host: hostname(), since: "2026-01-01T00:00:00.000Z" };
    writeFileSync(join(folder, "dev.lock"), JSON.stringify(owner));
  };
  lock(process.pid);
  await expect(runSmall("plain", { stateDir })).rejects.toThrow(`in use by process ${process.pid} on ${hostname()}`);
  lock(2 ** 30);
  const { result, said } = await runSmall("plain", { stateDir });
  expect(result.result).toBe("succeeded");
  expect(said.join("\n")).toContain("Took over the lock");
  expect(existsSync(join(folder, "dev.lock"))).toBe(false);
});

test("an abort starts nothing new, waits for what is in flight, and tells of it", async () => {
  const stateDir = scratchFolder();
  const stop = new AbortController();
  const { result, said } = await runSmall("slow", {
    stateDir,
    signal: stop.signal,
    onEvent: ({ resourcePreEvent }) => {
      if (resourcePreEvent?.metadata.urn.endsWith("::first")) setTimeout(() => stop.abort(), 100);
    },
  });
  expect(result.result).toBe("cancelled");
  expect(said.join("\n")).toMatch(
    /still in flight[^]*creating urn:pulumi:dev::small::pulumi-nodejs:dynamic\/small:Thing::first/,
  );
  const { deployment } = await exportState({ projectDir: small, stack: "dev", stateDir });
  const names = deployment.resources?.map(({ urn }) => String(urn).split("::").at(-1));
  expect(names).toContain("first");
  expect(names).not.toContain("second");
  expect(deployment.pending_operations).toBeUndefined();
});

test("told to go on past errors, it makes what does not lean on the failed resource", async () => {
  const stateDir = scratchFolder();
  const { result, said } = await runSmall("mixed", { stateDir, continueOnError: true });
  expect(result).toMatchObject({ result: "failed", changes: { create: 2 } });
  expect(said.join("\n")).toContain("the cloud said no");
  const { deployment } = await exportState({ projectDir: small, stack: "dev", stateDir });
  const names = deployment.resources?.map(({ urn }) => String(urn).split("::").at(-1));
  expect(names).toContain("good");
  expect(names).not.toContain("leaning");
  expect(deployment.pending_operations).toBeUndefined();
});

test("when a provider dies in the middle of a creation, the creation stays on record until a refresh clears it", async () => {
  const stateDir = scratchFolder();
  const location = { projectDir: small, stack: "dev", stateDir };
  expect((await runSmall("dies", { stateDir })).result.result).toBe("failed");
  const pending = async () => (await exportState(location)).deployment.pending_operations ?? [];
  expect(await pending()).toMatchObject([
    { type: "creating", resource: { type: "pulumi-nodejs:dynamic/small:Thing" } },
  ]);
  const next = await runSmall("plain", { stateDir });
  expect(next.result.result).toBe("succeeded");
  expect(next.said.join("\n")).toContain("small:Thing::first, interrupted while creating");
  await runSmall("plain", { operation: "refresh", stateDir });
  expect(await pending()).toHaveLength(1);
  await runSmall("plain", { operation: "refresh", stateDir, clearPendingCreates: true });
  expect(await pending()).toEqual([]);
});

test("a target that nobody knows is named", async () => {
  const target = ["urn:pulumi:dev::small::no:such::thing"];
  const { result, said } = await runSmall("plain", { stateDir: scratchFolder(), operation: "preview", target });
  expect(result.result).toBe("failed");
  expect(said).toContain(`error: Target '${target[0]}' could not be found in the stack.`);
});

test("another stack's outputs can be read, secrets still secret", async () => {
  const stateDir = scratchFolder();
  await runSmall("plain", { stateDir, stack: "other", passphrase, env: { HIDE: "yes" } });
  const { result } = await runSmall("reader", { stateDir, passphrase });
  expect(result.outputs).toEqual({
    seen: { value: "here", secret: false },
    hidden: { value: "whisper", secret: true },
  });
});

test("a mandatory policy stops a resource before it is made; an advisory one only speaks", async () => {
  const stateDir = scratchFolder();
  const policyPacks = [join(__dirname, "fixtures", "pack")];
  const allowed = await runSmall("plain", { stateDir, policyPacks, env: { SIZE: "4" } });
  expect(allowed.result.result).toBe("succeeded");
  expect(allowed.events.flatMap(({ policyEvent }) => policyEvent?.message ?? [])).toEqual(["size 4\n"]);
  const refused = await runSmall("plain", { stateDir, policyPacks, env: { SIZE: "6" } });
  expect(refused.result).toMatchObject({ result: "failed", changes: { same: 1 } });
  expect(refused.events.some(({ policyEvent }) => policyEvent?.enforcementLevel === "mandatory")).toBe(true);
});

test("what the engine cannot do it says in one line that names the Pulumi CLI", async () => {
  const { result, said } = await runSmall("hooked", { stateDir: scratchFolder() });
  expect(result.result).toBe("failed");
  expect(said.join("\n")).toMatch(/does not support resource hooks. Run this program with the Pulumi CLI/);
});

test("mistakes are told in the user's words", async () => {
  const stateDir = scratchFolder();
  const empty = scratchFolder();
  const options = { operation: "preview", stack: "dev", stateDir } as const;
  await expect(run({ ...options, projectDir: empty })).rejects.toThrow(`No Pulumi.yaml in ${empty}`);
  writeFileSync(join(empty, "Pulumi.yaml"), "name: snake\nruntime: python\n");
  await expect(run({ ...options, projectDir: empty })).rejects.toThrow(/runs nodejs only. Use the Pulumi CLI/);
  await expect(run({ ...options, projectDir: small, stack: "../dev" })).rejects.toThrow(/is no name for a stack/);
  await expect(async () => importState({ ...options, projectDir: small }, { version: 2 })).rejects.toThrow(
    /not a version 3 deployment/,
  );
});
