import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteUserCommand,
  DetachGroupPolicyCommand,
  IAMClient,
  ListGroupsForUserCommand,
  RemoveUserFromGroupCommand,
} from "@aws-sdk/client-iam";
import ts from "typescript";
import { expect, onTestFinished, test } from "vitest";
import { createAccessKey } from "../../backend/iam/access-keys";
import { type RunningMarketplace, startMarketplace } from "../../backend/index";
import { blocksOf, pages, root } from "./pages";

const page = pages().find(({ path }) => path === "docs/getting-started.md");
const blocks = page === undefined ? [] : blocksOf(page);
const awsCli = spawnSync("aws", ["--version"], { stdio: "ignore" }).status === 0;
if (!awsCli) console.warn("Skipped: the aws CLI is not on PATH, so the page's first two steps were not tried.");

/** The code that a step of the page shows, in the order of the page. */
function codeOf(step: string, language: string): readonly string[] {
  const shown = blocks.filter((block) => block.language === language && block.headings[1]?.startsWith(step) === true);
  return shown.map(({ code }) => code);
}

/** A marketplace, and a machine of nobody's to type on. */
async function open() {
  const market = await startMarketplace();
  const home = mkdtempSync(join(tmpdir(), "getting-started-"));
  onTestFinished(async () => {
    await market.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const machine = {
    HOME: home,
    PATH: process.env.PATH ?? "",
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
  return { market, home, machine };
}

/** Types lines into a shell, which stops at the first that fails, and answers what it asks. Returns what it printed. */
async function type(lines: string, cwd: string, env: NodeJS.ProcessEnv, answers = ""): Promise<string> {
  const child = spawn("bash", ["-ec", lines], { cwd, env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => void (said += String(text)));
  child.stdin.end(answers);
  const [code]: unknown[] = await once(child, "close");
  if (code !== 0) throw new Error(`It ended with ${String(code)}:\n${lines}\n${said}`);
  return said;
}

/**
 * Makes the buyer's account new, with nobody in it but root, and does something as root. There is no console to sign in to
 * here, so a key stands in for CloudShell's credentials, and is gone when root signs out.
 */
async function asRoot<T>(market: RunningMarketplace, work: (credentials: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const connection = { endpoint: market.endpoint, region: "us-east-1" };
  const { store } = market.market;
  const { id, secret } = await store.transaction(() => createAccessKey(store, "444455556666", undefined, new Date()));
  const credentials = { accessKeyId: id, secretAccessKey: secret };
  const iam = new IAMClient({ ...connection, credentials });
  const [UserName, GroupName] = ["admin", "Administrators"];
  const AccessKeyId = market.accounts.find(({ name }) => name === "buyer")?.accessKeyId;
  await iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName }));
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  await iam.send(new DeleteUserCommand({ UserName }));
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
  await iam.send(new DeleteGroupCommand({ GroupName }));
  const done = await work({ AWS_DEFAULT_REGION: "us-east-1", AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret });
  await iam.send(new DeleteAccessKeyCommand({ AccessKeyId: id }));
  return done;
}

test.skipIf(!awsCli)(
  "root makes an administrator as written, who then has the account to itself",
  { timeout: 60_000 },
  async () => {
    const { market, home, machine } = await open();
    const [commands = "false"] = codeOf("1.", "sh");
    const printed = await asRoot(market, (credentials) => type(commands, home, { ...machine, ...credentials }));
    const key = JSON.parse(printed.slice(printed.lastIndexOf('{\n    "AccessKey"'))) as {
      readonly AccessKey: { readonly AccessKeyId: string; readonly SecretAccessKey: string };
    };
    const { AccessKeyId, SecretAccessKey } = key.AccessKey;

    const [putAway = "false"] = codeOf("2.", "sh");
    const answers = `${AccessKeyId}\n${SecretAccessKey}\nus-east-1\njson\n`;
    const shown = await type(putAway, home, machine, answers);
    expect(shown).toContain('"Arn": "arn:aws:iam::444455556666:user/admin"');
    expect(shown.trim().split("\n").at(-1)).toBe("0");
  },
);

test(
  "the page's project gives each of its people the groups that it says, and bob a password",
  { timeout: 60_000 },
  async () => {
    const { market, home, machine } = await open();
    const project = join(home, "people");
    mkdirSync(join(project, "node_modules"), { recursive: true });
    symlinkSync(root, join(project, "node_modules/pulumi-aws-marketplace"));
    symlinkSync(join(root, "node_modules/@pulumi"), join(project, "node_modules/@pulumi"));
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 };
    const compiled = codeOf("3.", "ts").map((code) => ts.transpileModule(code, { compilerOptions }).outputText);
    // The page's program is compiled by Pulumi as it runs, which takes longer than all the rest.
    writeFileSync(join(project, "index.js"), compiled.join("\n"));
    writeFileSync(join(project, "Pulumi.yaml"), codeOf("3.", "yaml").join("\n").replace("index.ts", "index.js"));
    writeFileSync(join(project, "package.json"), "{}");

    const [, commands = ""] = codeOf("3.", "sh");
    // The command is found as npx finds it; without a terminal nobody can confirm.
    const marketplace = `"${process.execPath}" "${join(root, "dist/automation/main.js")}"`;
    const typed = commands.replaceAll("npx marketplace", marketplace).replace(/ up$/m, " up --yes");
    const shown = await type(typed, project, {
      ...machine,
      AWS_CONFIG_FILE: market.configFile,
      AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
      AWS_PROFILE: "buyer",
      PULUMI_CONFIG_PASSPHRASE: "a passphrase of the test",
    });
    expect(shown.trim().split("\n").at(-1)).toMatch(/^\S{32}$/);

    const iam = new IAMClient({ endpoint: market.endpoint, region: "us-east-1", ...keysOf(market) });
    const groupsOf = async (UserName: string) => {
      const { Groups = [] } = await iam.send(new ListGroupsForUserCommand({ UserName }));
      return Groups.map(({ GroupName }) => GroupName).toSorted();
    };
    expect(await Promise.all(["alice", "bob", "carol", "dave"].map(groupsOf))).toEqual([
      ["market-view"],
      ["market-subscribe"],
      ["market-full-control"],
      ["sellers-manage-products", "sellers-reports"],
    ]);
  },
);

function keysOf(market: RunningMarketplace) {
  const { accessKeyId = "", secretAccessKey = "" } = market.accounts.find(({ name }) => name === "buyer") ?? {};
  return { credentials: { accessKeyId, secretAccessKey } };
}
