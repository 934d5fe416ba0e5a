import { type Command, Option } from "commander";
import type { Act } from "./act";
import type { BackendStartOptions } from "./backend-start";
import { wholeNumber } from "./option-kinds";

export function addBackendCommand(program: Command, act: Act): void {
  const backend = program.command("backend").description("the embedded marketplace, which speaks AWS's wire protocols");

  backend
    .command("start")
    .description("run it on this machine until Ctrl-C")
    .addOption(
      new Option("--port <n>", "where to listen on 127.0.0.1; 0 takes a free port")
        .argParser(wholeNumber(0, 65_535))
        .default(0),
    )
    .option("--data <dir>", "keep everything in this folder and find it again at the next start (default: in memory)")
    .addOption(
      new Option("--latency <how>", "how long scans and reviews take: not at all, or as long as at AWS")
        .choices(["none", "realistic"])
        .default("none"),
    )
    .option("--limits", "enforce AWS's quotas and request rates")
    .option("-j, --json", "when ready, print one line of JSON with endpoint, region and access keys")
    .addHelpText(
      "after",
      "\nExamples:\n  marketplace backend start\n  marketplace backend start --port 4510 --data ./market\n  marketplace backend start --json",
    )
    .action((options: BackendStartOptions) =>
      act(async (host) => (await import("./backend-start.js")).startBackend(options, host)),
    );
}
