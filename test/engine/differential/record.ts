import { createHash } from "node:crypto";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Phase } from "./case";

/** What a run of a program did, in words that both engines must agree on. */
export interface PhaseRecord {
  readonly operation: string;
  readonly result: "succeeded" | "failed";
  /** `create Thing::a`, as announced before each step. */
  readonly steps: readonly string[];
  readonly failed: readonly string[];
  readonly summary: Readonly<Record<string, number>>;
  /** `error Thing::a: first line` */
  readonly diagnostics: readonly string[];
  readonly outputs: unknown;
  readonly state: readonly unknown[];
  /** Ids that exist in the toy cloud afterwards; of a race, those that the state does not know. */
  readonly cloud: readonly string[];
}

const stateKey = (resource: Record<string, unknown>): string => `${resource.urn} ${resource.delete} ${resource.id}`;

/** `urn:pulumi:s::p::a$b:c:Type::name` is `Type::name`. */
function shortUrn(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split(/[:$/]/).at(-1)}::${name.join("::")}`;
}

/** Steps and state are sorted: siblings register in no fixed order. What must come before what, order.ts checks. */
export function recordOf(
  { operation, racy = false }: Phase,
  events: readonly EngineEvent[],
  deployment: Deployment,
  cloud: readonly string[],
  succeeded: boolean,
): PhaseRecord {
  const steps: string[] = [];
  const failed: string[] = [];
  const diagnostics = new Set<string>();
  let summary: Record<string, number> = {};
  for (const event of events) {
    if (event.resourcePreEvent) steps.push(stepOf(event.resourcePreEvent.metadata));
    if (event.resOpFailedEvent) {
      const { op, urn } = event.resOpFailedEvent.metadata;
      failed.push(`${op} ${shortUrn(urn)}`);
    }
    if (event.diagnosticEvent && !event.diagnosticEvent.ephemeral) {
      const line = diagnosticOf(event.diagnosticEvent);
      if (line) diagnostics.add(line);
    }
    if (event.summaryEvent) summary = event.summaryEvent.resourceChanges ?? {};
  }
  const state = normaliseState(deployment);
  if (racy) return racyRecord(operation, succeeded, failed, state, cloud);
  return {
    operation,
    result: succeeded ? "succeeded" : "failed",
    steps: steps.toSorted(),
    failed: failed.toSorted(),
    summary: Object.fromEntries(
      Object.entries(summary)
        .filter(([, count]) => count > 0)
        .toSorted(),
    ),
    diagnostics: [...diagnostics].toSorted(),
    outputs: state.find((resource) => resource.type === "pulumi:pulumi:Stack")?.outputs ?? {},
    state: state.toSorted((a, b) => (stateKey(a) < stateKey(b) ? -1 : 1)),
    cloud,
  };
}

/** Where steps race each other: how it ended, and that the state knows what exists. */
function racyRecord(
  operation: string,
  succeeded: boolean,
  failed: readonly string[],
  state: readonly Record<string, unknown>[],
  cloud: readonly string[],
): PhaseRecord {
  const known = new Set(state.map(({ id }) => id));
  return {
    operation,
    result: succeeded ? "succeeded" : "failed",
    steps: [],
    failed: failed.toSorted(),
    summary: {},
    diagnostics: [],
    outputs: {},
    state: [],
    cloud: cloud.filter((id) => !known.has(id)),
  };
}

function stepOf(metadata: NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]): string {
  const parts = [metadata.op, shortUrn(metadata.urn)];
  if (metadata.keys?.length) parts.push(`replaces ${metadata.keys.toSorted().join(",")}`);
  if (metadata.diffs?.length) parts.push(`diffs ${metadata.diffs.toSorted().join(",")}`);
  return parts.join(" ");
}

/** Only errors and warnings: the wording of progress is each engine's own. The first line is the message. */
function diagnosticOf(event: NonNullable<EngineEvent["diagnosticEvent"]>): string | undefined {
  if (event.severity !== "error" && event.severity !== "warning") return undefined;
  const urn = event.urn ? ` ${shortUrn(event.urn)}` : "";
  return `${event.severity}${urn}`;
}

export interface Deployment {
  readonly resources?: readonly Record<string, unknown>[];
}

const IGNORED = new Set(["created", "modified", "sourcePosition", "stackTrace", "viewOf", "resourceHooks"]);

function normaliseState(deployment: Deployment): Record<string, unknown>[] {
  return (deployment.resources ?? []).map((resource) => {
    const kept: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(resource).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (!IGNORED.has(key) && !isEmpty(value)) kept[key] = UNORDERED.has(key) ? sorted(value) : normaliseValue(value);
    }
    return kept;
  });
}

/** Sets of URNs, which the SDK sends in the order in which promises settled. */
const UNORDERED = new Set(["dependencies", "propertyDependencies"]);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.toSorted();
  return Object.fromEntries(
    Object.entries(value as object).map(([key, urns]) => [key, (urns as unknown[] | null)?.toSorted()]),
  );
}

/** Absent, empty and false say the same in a checkpoint. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** A recording holds what a person can read; of longer text, whether it is the same. */
const LONGEST = 10_000;
const fingerprint = (text: string): string =>
  `<${text.length} characters, sha256 ${createHash("sha256").update(text).digest("hex")}>`;

function normaliseValue(value: unknown): unknown {
  if (typeof value === "string") return value.length > LONGEST ? fingerprint(value) : value.replace(UUID, "<uuid>");
  if (Array.isArray(value)) return value.map(normaliseValue);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, normaliseValue(inner)]),
    );
  }
  return value;
}
