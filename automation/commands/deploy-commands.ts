import { type Command, Option } from "commander";
import type { Act } from "./act";
import type { Operation } from "../engines/engine";
import type { DeployOptions } from "./deploy";
import { collected, projectOptions, webAddress, wholeNumber } from "./option-kinds";

interface DeployCommand {
  readonly operation: Operation;
  readonly summary: string;
  readonly examples: string;
}

const commands: readonly DeployCommand[] = [
  {
    operation: "preview",
    summary: "show what up would change, and change nothing",
    examples: `
  marketplace preview
  marketplace preview --cwd examples/paid-ami --endpoint http://127.0.0.1:4510
  marketplace preview --json > plan.json`,
  },
  {
    operation: "up",
    summary: "make AWS Marketplace what the program declares",
    examples: `
  marketplace up
  marketplace up --yes --stack prod --policy-pack policies
  marketplace up --target 'urn:pulumi:dev::shop::pulumi-nodejs:dynamic/marketplace:AmiProduct::agent'`,
  },
  {
    operation: "refresh",
    summary: "read the real state and remember it; finds drift",
    examples: `
  marketplace refresh
  marketplace refresh --yes --json`,
  },
  {
    operation: "destroy",
    summary: "take down what the stack declares; the catalog restricts listings, it never deletes them",
    examples: `
  marketplace destroy
  marketplace destroy --yes --stack trial`,
  },
];

export function addDeployCommands(program: Command, act: Act): void {
  for (const { operation, summary, examples } of commands) {
    const command = program.command(operation).summary(summary).description(`${operation}: ${summary}`);
    for (const option of [...projectOptions(), ...optionsOf(operation)]) command.addOption(option);
    command.addHelpText("after", `\nExamples:${examples}`).action((options: DeployOptions) =>
      act(async (host) => {
        const { deploy } = await import("./deploy.js");
        return deploy(operation, options, host);
      }),
    );
  }
}

function optionsOf(operation: Operation): Option[] {
  const program = operation === "preview" || operation === "up";
  return [
    new Option("--endpoint <url>", "AWS_ENDPOINT_URL for the program and its providers").argParser(webAddress),
    ...(operation === "preview" ? [] : [new Option("-y, --yes", "do not ask; needed without a terminal")]),
    ...(operation === "up" ? [new Option("-f, --skip-preview", "do not show the plan first")] : []),
    new Option("-j, --json", "print one JSON document instead"),
    ...(program ? [new Option("--diff", "show every property of what is created too")] : []),
    new Option("-t, --target <urn>", "only this resource; may be repeated").argParser(collected),
    ...(program ? [new Option("--replace <urn>", "replace this resource; may be repeated").argParser(collected)] : []),
    ...(operation === "refresh" ? [] : [new Option("-r, --refresh", "read the real state first")]),
    ...(program
      ? [new Option("--policy-pack <dir>", "hold the plan to these policies; may be repeated").argParser(collected)]
      : []),
    new Option("-p, --parallel <n>", "how many resources to work on at once (default: the engine's)").argParser(
      wholeNumber(1, 1000),
    ),
  ];
}
