import type { Problem } from "../../marketplace/problem";
import type { CheckFailure, Properties } from "../provider";
import { holdsUnknown } from "../unknown";

/** The problems as Pulumi shows them, without those of inputs that only the deployment will know. */
export function knownFailures(inputs: Properties, problems: readonly Problem[]): CheckFailure[] {
  return problems
    .filter(({ path }) => !holdsUnknown(inputs[path.split(/[.[]/, 1)[0] ?? ""]))
    .map(({ path, message }) => ({ property: path, reason: message }));
}
