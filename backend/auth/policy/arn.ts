import { type Glob, globTest, isPlain, literalGlob, matchesGlob, plainText } from "./glob";
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
  return constantMatcher(splitGlob(fillGlob(template, NO_CONTEXT) ?? []));
}

/** Most patterns have wildcards in their last part only: then the text before is compared at once, colons and all. */
function constantMatcher(parts: readonly Glob[]): Matcher {
  const [last = [], ...firsts] = parts.toReversed();
  if (firsts.every(isPlain)) {
    const before = firsts.toReversed().map((part) => `${plainText(part)}:`);
    return globTest([...literalGlob(before.join("")), ...last]);
  }
  const tests = parts.map(globTest);
  return (actual) => {
    const actualParts = splitArn(actual);
    if (actualParts.length !== tests.length) return false;
    // The last part tells most ARNs apart.
    for (let i = tests.length - 1; i >= 0; i--) if (tests[i]?.(actualParts[i] ?? "") !== true) return false;
    return true;
  };
}

/** `arn`, partition, service, region, account, and the rest, colons included. */
const ARN_PARTS = 6;
const COLON = ":".charCodeAt(0);

function matchesArn(parts: readonly Glob[], actual: string): boolean {
  const actualParts = parts.length === ARN_PARTS ? splitArn(actual) : [actual];
  return actualParts.length === parts.length && parts.every((part, i) => matchesGlob(part, actualParts[i] ?? ""));
}

/** One ARN is asked of many patterns in a row, so the last one stays split. */
let lastSplit: { readonly arn: string; readonly parts: readonly string[] } = { arn: "", parts: [""] };

function splitArn(arn: string): readonly string[] {
  if (lastSplit.arn === arn) return lastSplit.parts;
  const all = arn.split(":");
  const parts = all.length < ARN_PARTS ? all : [...all.slice(0, ARN_PARTS - 1), all.slice(ARN_PARTS - 1).join(":")];
  lastSplit = { arn, parts };
  return parts;
}

/** Into its six parts or, where it has fewer, one. */
function splitGlob(glob: Glob): Glob[] {
  const colons = glob.flatMap((unit, i) => (unit === COLON ? [i] : [])).slice(0, ARN_PARTS - 1);
  if (colons.length < ARN_PARTS - 1) return [glob];
  const edges = [-1, ...colons, glob.length];
  return edges.slice(1).map((end, i) => glob.slice((edges[i] ?? 0) + 1, end));
}
