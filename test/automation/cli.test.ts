import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "./command-process";

const scratch = mkdtempSync(join(tmpdir(), "cli-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const embedded = { PULUMI_BACKEND_URL: undefined, PULUMI_ACCESS_TOKEN: undefined, PULUMI_HOME: scratch };

function project(name: string, files: Readonly<Record<string, string>> = {}): string {
  const dir = join(scratch, name);
  mkdirSync(dir);
  writeFileSync(join(dir, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text);
  return dir;
}

test("help lists the commands, with examples and exit codes", async () => {
  const { code, stdout } = await runCommand(["--help"]);
  expect(code).toBe(0);
  for (const name of ["preview", "up", "refresh", "destroy", "stack", "config", "backend", "example"]) {
    expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, "mu"));
  }
  expect(stdout).toContain("Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.");
});

test.each([
  [["previw"], "Did you mean preview?"],
  [["up", "--yess"], "Did you mean --yes?"],
  [["preview", "--engine", "fast"], "Allowed choices are auto, embedded, pulumi."],
  [["preview", "--parallel", "none"], "It takes a whole number from 1 to 1000."],
  [["preview", "--endpoint", "localhost"], "It takes a URL such as http://127.0.0.1:4510."],
  [["backend", "start", "--port", "99999"], "It takes a whole number from 0 to 65535."],
  [["config", "set"], "missing required argument 'key'"],
  [["preview", "--cwd", "/no/such/folder"], "There is no folder /no/such/folder."],
])("marketplace %j is wrong usage, says so and exits with 2", async (args, message) => {
  const { code, stdout, stderr } = await runCommand(args, embedded);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
});

test("outside of a project one line says what to do", async () => {
  const dir = join(scratch, "empty");
  mkdirSync(dir);
  expect(await runCommand(["preview", "--cwd", dir], embedded)).toEqual({
    code: 1,
    stdout: "",
    stderr: `error: No Pulumi.yaml in ${dir} or above. Run this from a project folder, or pass --cwd.\n`,
  });
});

test("several stacks and none named: the command asks which", async () => {
  const dir = project("several", { "Pulumi.a.yaml": "", "Pulumi.b.yaml": "" });
  const { code, stderr } = await runCommand(["preview", "--cwd", dir, "--engine", "embedded"], embedded);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "error: Project several has several stacks: a, b. Say which with --stack NAME.\n",
  });
});

test("the Pulumi CLI asked for and absent is one clear line", async () => {
  const { code, stderr } = await runCommand(["preview", "--cwd", project("absent"), "--engine", "pulumi"], {
    PATH: scratch,
  });
  expect(code).toBe(1);
  expect(stderr).toBe(
    "error: There is no pulumi on PATH. Install the Pulumi CLI, or use --engine embedded, which needs nothing.\n",
  );
});

test("a configuration value is kept with what else the file says; a secret only in cipher", async () => {
  const dir = project("settings", { "Pulumi.dev.yaml": "# why\nconfig:\n  settings:old: kept # so\n" });
  const env = { ...embedded, PULUMI_CONFIG_PASSPHRASE: "correct horse" };
  const config = (...args: string[]) => runCommand(["config", ...args, "--cwd", dir, "--engine", "embedded"], env);
  expect(await config("set", "amiId", "ami-0123456789abcdef0")).toMatchObject({ code: 0, stderr: "" });
  expect(await config("set", "token", "hush", "--secret")).toMatchObject({ code: 0, stderr: "" });
  expect((await config("get", "amiId")).stdout).toBe("ami-0123456789abcdef0\n");
  expect((await config("get", "settings:old")).stdout).toBe("kept\n");
  expect((await config("get", "token")).stdout).toBe("hush\n");
  expect(await config("get", "nothing")).toMatchObject({ code: 1, stdout: "" });
  const text = readFileSync(join(dir, "Pulumi.dev.yaml"), "utf8");
  expect(text).toContain("# why\n");
  expect(text).toContain("settings:old: kept # so");
  expect(text).toContain("encryptionsalt: v1:");
  expect(text).not.toContain("hush");
});

test("preparing an example without a marketplace to prepare it on is refused", async () => {
  const { code, stderr } = await runCommand(["example", "prepare"], { ...embedded, AWS_ENDPOINT_URL: undefined });
  expect(code).toBe(2);
  expect(stderr).toContain("it works on an embedded marketplace only");
});
