import { InvalidArgumentError, Option } from "commander";
import { engineChoices } from "../engines/choose-engine";

/** The folder, stack and engine that most commands take. */
export const projectOptions = (): Option[] => [
  new Option("-C, --cwd <dir>", "the project's folder (default: this one, or the nearest above with a Pulumi.yaml)"),
  new Option("-s, --stack <name>", "the stack (default: the selected or only one, else dev)"),
  new Option("--engine <engine>", "what carries it out; auto takes the Pulumi CLI where it is installed and logged in")
    .choices(engineChoices)
    .default("auto"),
];

/** For options that may be given several times. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function wholeNumber(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/u.test(text) && number >= lowest && number <= highest) return number;
    throw new InvalidArgumentError(`It takes a whole number from ${lowest} to ${highest}.`);
  };
}

export function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return text.replace(/\/+$/u, "");
  throw new InvalidArgumentError("It takes a URL such as http://127.0.0.1:4510.");
}
