import type { Command } from "commander";
import type { Act } from "./act";
import type { PrepareOptions } from "./prepare-example";
import { projectOptions, webAddress } from "./option-kinds";

export function addExampleCommand(program: Command, act: Act): void {
  const example = program.command("example").description("what the examples need around them");

  const prepare = example
    .command("prepare")
    .description(
      "make what a seller's build pipeline would leave: an image, an ingestion role and a bucket;\nwrite their names into the project's configuration. For an embedded marketplace only.",
    );
  for (const option of projectOptions()) prepare.addOption(option);
  prepare
    .option("--endpoint <url>", "the embedded marketplace (default: AWS_ENDPOINT_URL)", webAddress)
    .addHelpText("after", "\nExamples:\n  marketplace example prepare --cwd examples/paid-ami")
    .action((options: PrepareOptions) =>
      act(async (host) => (await import("./prepare-example.js")).prepareExample(options, host)),
    );
}
