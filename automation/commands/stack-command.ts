import type { Command } from "commander";
import type { Act } from "./act";
import { projectOptions } from "./option-kinds";
import type { StackOptions } from "./stack";

export function addStackCommand(program: Command, act: Act): void {
  const stack = program.command("stack").description("outputs and state of a stack");

  withProject(stack.command("output").description("print the stack's outputs, or the one named"))
    .argument("[name]", "which output")
    .option("-j, --json", "print JSON instead")
    .option("--show-secrets", "print secret outputs in the clear")
    .addHelpText("after", "\nExamples:\n  marketplace stack output\n  marketplace stack output productId")
    .action((name: string | undefined, options: StackOptions & { showSecrets?: boolean }) =>
      act(async (host) => (await import("./stack.js")).showOutputs(name, options, host)),
    );

  withProject(stack.command("export").description("print the stack's state, as pulumi stack import takes it"))
    .option("--file <file>", "write it there instead")
    .addHelpText(
      "after",
      "\nExamples:\n  marketplace stack export --file state.json\n  pulumi stack import --file state.json",
    )
    .action((options: StackOptions & { file?: string }) =>
      act(async (host) => (await import("./stack.js")).exportStack(options, host)),
    );

  withProject(stack.command("import").description("replace the stack's state by one that was exported"))
    .option("--file <file>", "read it from there instead of stdin")
    .addHelpText(
      "after",
      "\nExamples:\n  pulumi stack export | marketplace stack import\n  marketplace stack import --file state.json",
    )
    .action((options: StackOptions & { file?: string }) =>
      act(async (host) => (await import("./stack.js")).importStack(options, host)),
    );

  withProject(stack.command("ls").description("list the project's stacks"))
    .option("-j, --json", "print JSON instead")
    .addHelpText("after", "\nExamples:\n  marketplace stack ls")
    .action((options: StackOptions) => act(async (host) => (await import("./stack.js")).listStacks(options, host)));
}

function withProject(command: Command): Command {
  for (const option of projectOptions()) command.addOption(option);
  return command;
}
