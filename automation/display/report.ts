import { deleteNote } from "./delete-notes";
import type { Deployment } from "./deployment";
import { shownDiagnostics } from "./diagnostics";
import { outputValues } from "./outputs";
import { isChange } from "./operations";
import { changesOf, flattened } from "./property-diff";
import { maskedValue } from "./property-value";
import { isStack } from "./resource-name";

/** What `--json` prints: one document, its names those of `pulumi preview --json` where that has the thing. */
export interface Report {
  readonly operation: string;
  readonly stack: string;
  readonly engine: string;
  readonly result: "succeeded" | "failed" | "cancelled";
  readonly steps: readonly ReportedStep[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly changeSummary: Readonly<Record<string, number | undefined>>;
  readonly diagnostics: readonly { urn?: string; severity: string; message: string }[];
  readonly policyViolations: readonly { policy: string; pack: string; level: string; urn?: string; message: string }[];
  readonly durationSeconds: number;
}

export interface ReportedStep {
  readonly op: string;
  readonly urn: string;
  readonly id?: string;
  readonly failed?: true;
  /** What a deletion comes to, where the marketplace has none. */
  readonly note?: string;
  /** Changed properties by their names, as the provider gave them. */
  readonly diffReasons?: readonly string[];
  readonly replaceReasons?: readonly string[];
  readonly detailedDiff?: unknown;
  /** Every changed value with its path; secrets read `[secret]`. */
  readonly diffs?: readonly { path: string; kind: string; old?: unknown; new?: unknown }[];
}

export function reportOf(
  deployment: Deployment,
  about: Pick<Report, "operation" | "stack" | "engine" | "result" | "durationSeconds">,
): Report {
  return {
    ...about,
    steps: reportedSteps(deployment),
    outputs: outputValues(deployment.stack),
    changeSummary: deployment.summary?.resourceChanges ?? {},
    diagnostics: shownDiagnostics(deployment.diagnostics),
    policyViolations: deployment.violations.map((violation) => ({
      policy: violation.policyName,
      pack: violation.policyPackName,
      level: violation.enforcementLevel,
      ...(violation.resourceUrn && { urn: violation.resourceUrn }),
      message: violation.message.replaceAll(/<\{%.*?%\}>/gu, "").trim(),
    })),
  };
}

function reportedSteps(deployment: Deployment): ReportedStep[] {
  return deployment.steps.map(({ op, urn, failed, refresh, metadata }) => {
    const id = metadata.new?.id || metadata.old?.id;
    const note = deleteNote({ op, urn });
    const changes = isChange(op) && !isStack(urn) ? flattened(changesOf(metadata, refresh)) : [];
    return {
      op,
      urn,
      ...(id && { id }),
      ...(failed && { failed }),
      ...(note && { note }),
      ...(metadata.diffs && { diffReasons: metadata.diffs }),
      ...(metadata.keys && { replaceReasons: metadata.keys }),
      ...(metadata.detailedDiff && { detailedDiff: metadata.detailedDiff }),
      ...(changes.length > 0 && {
        diffs: changes.map((change) => ({
          path: change.path,
          kind: change.kind,
          ...(change.kind !== "add" && { old: maskedValue(change.old) }),
          ...(change.kind !== "delete" && { new: maskedValue(change.new) }),
        })),
      }),
    };
  });
}
