import type { PolicyEvent } from "@pulumi/pulumi/automation";
import type { Colors } from "picocolors/types";
import { byUrn } from "./by-urn";
import type { Diagnostic } from "./deployment";
import { resourceName } from "./resource-name";

const closingRemarks = new Set(["update failed", "preview failed", "refresh failed", "destroy failed"]);

/** Each message once, under the resource it is about; the engine's closing "update failed" only when nothing else says why. */
export function shownDiagnostics(all: readonly Diagnostic[]): Diagnostic[] {
  const telling = all.some(({ severity, message }) => severity === "error" && !closingRemarks.has(message));
  const seen = new Set<string>();
  return all.filter(({ urn, severity, message }) => {
    if (telling && severity === "error" && closingRemarks.has(message)) return false;
    const key = `${urn ?? ""}\n${severity}\n${message}`;
    if (severity !== "info" && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function diagnosticLines(all: readonly Diagnostic[], colors: Colors): string[] {
  const shown = shownDiagnostics(all);
  if (shown.length === 0) return [];
  const groups = [...byUrn(shown)].flatMap(([urn, group]) => groupLines(urn, group, colors));
  return [colors.bold("Diagnostics:"), ...groups];
}

function groupLines(urn: string, group: readonly Diagnostic[], colors: Colors): string[] {
  const { type, name } = resourceName(urn);
  const title = urn === "" ? [] : [`  ${type} (${colors.bold(name)}):`];
  return [...title, ...group.flatMap((diagnostic) => messageLines(withoutTitle(diagnostic), colors))];
}

/** A refused input as `property: reason`: the engines repeat type, name and value, which the reader has before them. */
function withoutTitle(diagnostic: Diagnostic): Diagnostic {
  const refused =
    /^\S+ resource '[^']*'(?:: property (?<property>.+?) value \{.*\})? has a problem: (?<reason>.+)$/su.exec(
      diagnostic.message,
    );
  if (diagnostic.urn === undefined || refused?.groups === undefined) return diagnostic;
  const { property, reason = "" } = refused.groups;
  return { ...diagnostic, message: property === undefined ? reason : `${property}: ${reason}` };
}

function messageLines({ severity, message }: Diagnostic, colors: Colors): string[] {
  const label = { info: "", warning: colors.yellow("warning: "), error: colors.red("error: ") }[severity];
  const [first = "", ...rest] = message.split("\n");
  return [`    ${label}${first}`, ...rest.map((line) => `    ${line}`.trimEnd())];
}

/** Broken policies, mandatory ones first. */
export function policyLines(violations: readonly PolicyEvent[], colors: Colors): string[] {
  if (violations.length === 0) return [];
  const sorted = violations.toSorted((a, b) => (a.enforcementLevel < b.enforcementLevel ? -1 : 1));
  const lines = sorted.map((violation) => {
    const { policyName, policyPackName, resourceUrn, enforcementLevel } = violation;
    const level = enforcementLevel === "mandatory" ? colors.red("mandatory") : colors.yellow("warning");
    const about = resourceUrn ? ` (${resourceName(resourceUrn).type} ${resourceName(resourceUrn).name})` : "";
    const message = violation.message
      .replaceAll(/<\{%.*?%\}>/gu, "")
      .trim()
      .replaceAll("\n", "\n        ");
    return `    [${level}] ${policyPackName} ${policyName}${about}\n        ${message}`;
  });
  return [colors.bold("Policies:"), ...lines];
}
