import type { EngineEvent, StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation";

import { diffInputs, toReplace, type DetailedDiff } from "./steps/object-diff";
import { parsePath } from "./values/property-path";
import type { ResourceState } from "./state/resource-state";
import { blind } from "./state/secrets";
import type { Step, StepOp } from "./steps/step";
import { isDefaultProvider } from "./state/urn";
import { hasSecrets, type PropertyMap } from "./values/values";

export type Severity = "info" | "info#err" | "warning" | "error";

/** Tells the listener what happens, in Pulumi's own words, and keeps count. */
export class Events {
  readonly changes: Record<string, number> = {};
  policyPacks: Record<string, string> = {};
  #sequence = 0;

  constructor(
    private readonly listener: ((event: EngineEvent) => void) | undefined,
    private readonly planning: boolean,
  ) {}

  #emit(event: Omit<EngineEvent, "sequence" | "timestamp">): void {
    this.listener?.({ sequence: this.#sequence++, timestamp: Math.floor(Date.now() / 1000), ...event });
  }

  prelude(config: Record<string, string>): void {
    this.#emit({ preludeEvent: { config } });
  }

  say(severity: Severity, message: string, urn = "", ephemeral = false): void {
    const prefix = severity === "error" || severity === "warning" ? `${severity}: ` : "";
    const text = message.endsWith("\n") ? message : `${message}\n`;
    this.#emit({
      diagnosticEvent: {
        ...(urn ? { urn } : {}),
        prefix,
        message: text,
        color: "never",
        severity,
        ...(ephemeral ? { ephemeral } : {}),
      },
    });
  }

  before(step: Step): void {
    if (!this.listener) return;
    this.#emit({ resourcePreEvent: { metadata: metadataOf(step, step.op), ...this.#planning() } });
  }

  #planning(): { planning?: boolean } {
    return this.planning ? { planning: true } : {};
  }

  /** Counts a finished step, and shows what it made. */
  after(step: Step, refreshing: boolean): void {
    const result = refreshing && step.op === "refresh" ? (step.resultOp ?? "same") : step.op;
    const internal = isInternal(step);
    if (
      !internal &&
      (step.op === "read" ? changedByRead(step) : step.logical || (refreshing && step.op === "refresh"))
    ) {
      this.changes[result] = (this.changes[result] ?? 0) + 1;
    }
    const state = step.new ?? step.old;
    if (this.planning || state?.custom || step.op === "delete" || (refreshing && step.op === "refresh")) {
      this.outputs(step, result);
    }
  }

  outputs(step: Step, op: StepOp = step.op): void {
    if (!this.listener) return;
    this.#emit({ resOutputsEvent: { metadata: metadataOf(step, op), ...this.#planning() } });
  }

  failed(step: Step, steps: number): void {
    if (!this.listener) return;
    this.#emit({ resOpFailedEvent: { metadata: metadataOf(step, step.op), status: 0, steps } });
  }

  policy(violation: NonNullable<EngineEvent["policyEvent"]>): void {
    this.#emit({ policyEvent: violation });
  }

  summary(durationSeconds: number): void {
    this.#emit({
      summaryEvent: {
        maybeCorrupt: false,
        durationSeconds: Math.ceil(durationSeconds),
        resourceChanges: this.changes,
        policyPacks: this.policyPacks,
      },
    });
  }

  cancelled(): void {
    this.#emit({ cancelEvent: {} });
  }
}

/** The engine's own bookkeeping, which no user asked for: default providers, and cleared marks. */
export function isInternal(step: Step): boolean {
  return step.op === "remove-pending-replace" || isDefaultProvider(step.urn);
}

function changedByRead({ old, new: fresh }: Step): boolean {
  return old !== undefined && fresh !== undefined && diffInputs(old.outputs, fresh.outputs).keys.length > 0;
}

function metadataOf(step: Step, op: StepOp): StepEventMetadata {
  const detailed = step.detailed ?? derivedDiff(step);
  return {
    op,
    urn: step.urn,
    type: step.type,
    ...(step.old ? { old: stateOf(step.old) } : {}),
    ...(step.new ? { new: stateOf(step.new) } : {}),
    ...(step.keys?.length ? { keys: [...step.keys] } : {}),
    ...(step.diffs?.length ? { diffs: [...step.diffs] } : {}),
    ...(detailed ? { detailedDiff: asPulumi(detailed) } : {}),
    logical: step.logical,
    provider: step.provider,
  } as StepEventMetadata;
}

/** Where a provider only says that something changed, the inputs tell what did. */
function derivedDiff({ op, old, new: fresh, keys, diffs }: Step): DetailedDiff | undefined {
  if (!old || !fresh || !["update", "replace", "create-replacement"].includes(op)) return undefined;
  const detailed = diffInputs(old.inputs, fresh.inputs).detailed;
  for (const path of Object.keys(detailed)) {
    const top = String(parsePath(path)[0]);
    const diff = detailed[path] as DetailedDiff[string];
    if (diffs?.length && !diffs.includes(top)) delete detailed[path];
    else if (keys?.includes(top)) detailed[path] = { ...diff, kind: toReplace(diff.kind) };
  }
  return Object.keys(detailed).length > 0 ? detailed : undefined;
}

function asPulumi(detailed: DetailedDiff): StepEventMetadata["detailedDiff"] {
  return Object.fromEntries(
    Object.entries(detailed).map(([path, { kind, inputDiff }]) => [path, { diffKind: kind, kind, inputDiff }]),
  ) as unknown as StepEventMetadata["detailedDiff"];
}

function stateOf(state: ResourceState): StepEventStateMetadata {
  return {
    type: state.type,
    urn: state.urn,
    ...(state.custom ? { custom: true } : {}),
    ...(state.delete ? { delete: true } : {}),
    id: state.id,
    parent: state.parent,
    ...(state.protect ? { protect: true } : {}),
    ...(state.retainOnDelete ? { retainOnDelete: true } : {}),
    inputs: visible(state.inputs),
    outputs: visible(state.outputs),
    provider: state.provider,
    ...(state.initErrors.length > 0 ? { initErrors: state.initErrors } : {}),
  };
}

function visible(values: PropertyMap): PropertyMap {
  return hasSecrets(values) ? (blind(values) as PropertyMap) : values;
}
