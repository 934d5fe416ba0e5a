import type { Command } from "commander";
import type { Act } from "./act";
import { projectOptions } from "./option-kinds";
import type { StackOptions } from "./stack";

export function addConfigCommand(program: Command, act: Act): void {
  const config = program.command("config").description("configuration of a stack, in Pulumi.<stack>.yaml");

  const set = config.command("set").description("set a value; without one it is read from stdin");
  for (const option of projectOptions()) set.addOption(option);
  set
    .argument("<key>", "its name; the project's own needs no namespace")
    .argument("[value]", "its value")
    .option("--secret", "encrypt it under PULUMI_CONFIG_PASSPHRASE")
    .addHelpText(
      "after",
      "\nExamples:\n  marketplace config set amiId ami-0123456789abcdef0\n  marketplace config set --secret token < token.txt",
    )
    .action((key: string, value: string | undefined, options: StackOptions & { secret?: boolean }) =>
      act(async () => (await import("./config.js")).setConfig(key, value, options)),
    );

  const get = config.command("get").description("print a value, secrets in the clear");
  for (const option of projectOptions()) get.addOption(option);
  get
    .argument("<key>", "its name")
    .option("-j, --json", "print JSON instead")
    .addHelpText("after", "\nExamples:\n  marketplace config get amiId")
    .action((key: string, options: StackOptions) =>
      act(async (host) => (await import("./config.js")).getConfig(key, options, host)),
    );
}
