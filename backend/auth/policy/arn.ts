import { type Glob, matchesGlob } from "./glob";
import { RequestContext } from "./request";
import { compileTemplate, fillGlob, isConstant } from "./template";

/** Whether a text of the request fits one text of a policy. */
export type Matcher = (actual: string, context: RequestContext) => boolean;

export const NO_CONTEXT = new RequestContext();

/**
 * Matches ARNs part by part, so that a `*` in one of the first five parts does not reach across a colon: IAM User Guide,
 * "IAM JSON policy elements: Resource". A pattern that is no whole ARN (`*`) is matched against the whole text.
 */
export function arnMatcher(pattern: string, variables: boolean): Matcher {
  const template = compileTemplate(pattern, variables);
  if (!isConstant(template)) {
    return (actual, context) => {
      const glob = fillGlob(template, context);
      return glob !== undefined && matchesArn(splitGlob(glob), actual);
    };
  }
  const parts = splitGlob(fillGlob(template, NO_CONTEXT) ?? []);
  return (actual) => matchesArn(parts, actual);
}

/** `arn`, partition, service, region, account, and the rest, colons included. */
const ARN_PARTS = 6;
const COLON = ":".charCodeAt(0);

function matchesArn(parts: readonly Glob[], actual: string): boolean {
  const actualParts = parts.length === ARN_PARTS ? splitArn(actual) : [actual];
  return actualParts.length === parts.length && parts.every((part, i) => matchesGlob(part, actualParts[i] ?? ""));
}

function splitArn(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length < ARN_PARTS ? parts : [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(":")];
}

/** Into its six parts or, where it has fewer, one. */
function splitGlob(glob: Glob): Glob[] {
  const colons = glob.flatMap((unit, i) => (unit === COLON ? [i] : [])).slice(0, ARN_PARTS - 1);
  if (colons.length < ARN_PARTS - 1) return [glob];
  const edges = [-1, ...colons, glob.length];
  return edges.slice(1).map((end, i) => glob.slice((edges[i] ?? 0) + 1, end));
}
