import { stripVTControlCharacters } from "node:util";
import type {
  DiagnosticEvent,
  EngineEvent,
  PolicyEvent,
  StepEventMetadata,
  SummaryEvent,
} from "@pulumi/pulumi/automation";
import { isDefaultProvider, isStack } from "./resource-name";

/** One operation on one resource, from its announcement to its end. */
export interface Step {
  readonly urn: string;
  /** What was announced; for a refresh, what it turned out to be: same, update, delete. */
  op: string;
  readonly refresh: boolean;
  /** The latest the engine said of it. */
  metadata: StepEventMetadata;
  readonly startedAt: number;
  endedAt?: number;
  failed: boolean;
  /** The latest progress message of a step under way. */
  progress?: string;
}

export interface Diagnostic {
  readonly urn?: string;
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
}

/** What a listener may want to show at once. */
export type Happening =
  | { readonly kind: "started" | "ended"; readonly step: Step }
  | { readonly kind: "said"; readonly diagnostic: Diagnostic; readonly step?: Step; readonly ephemeral: boolean };

/**
 * A deployment as its events tell it: feed them in order, read where it stands. Rows, summaries and JSON are all made
 * from this, so both engines look the same.
 */
export class Deployment {
  readonly steps: Step[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly violations: PolicyEvent[] = [];
  summary: SummaryEvent | undefined;
  /** The stack's own step with its outputs, once the program has registered them. */
  stack: StepEventMetadata | undefined;

  constructor(private readonly now: () => number) {}

  get inFlight(): Step[] {
    return this.steps.filter((step) => step.endedAt === undefined && !isStack(step.urn));
  }

  /** Takes in one event; returns what there is to show of it. */
  accept(event: EngineEvent): Happening | undefined {
    if (event.resourcePreEvent !== undefined) return this.start(event.resourcePreEvent.metadata);
    if (event.resOutputsEvent !== undefined) return this.end(event.resOutputsEvent.metadata, false);
    if (event.resOpFailedEvent !== undefined) return this.end(event.resOpFailedEvent.metadata, true);
    if (event.diagnosticEvent !== undefined) return this.say(event.diagnosticEvent);
    if (event.policyEvent !== undefined) this.violations.push(event.policyEvent);
    if (event.summaryEvent !== undefined) this.summary = event.summaryEvent;
    return undefined;
  }

  private start(metadata: StepEventMetadata): Happening | undefined {
    if (isDefaultProvider(metadata.urn)) return undefined;
    return { kind: "started", step: this.open(metadata) };
  }

  private end(metadata: StepEventMetadata, failed: boolean): Happening | undefined {
    if (isDefaultProvider(metadata.urn)) return undefined;
    if (isStack(metadata.urn)) this.stack = metadata;
    const step = this.running(metadata) ?? this.adopt(metadata);
    const news = step.endedAt === undefined;
    step.op = metadata.op;
    step.metadata = metadata;
    step.failed = failed;
    step.endedAt ??= this.now();
    return news ? { kind: "ended", step } : undefined;
  }

  /** The newest step under way that these tidings belong to. */
  private running(metadata: StepEventMetadata): Step | undefined {
    return this.steps.findLast(
      (step) => step.urn === metadata.urn && step.endedAt === undefined && (step.op === metadata.op || step.refresh),
    );
  }

  private adopt(metadata: StepEventMetadata): Step {
    const known = this.steps.findLast(({ urn, op }) => urn === metadata.urn && op === metadata.op);
    return known ?? this.open(metadata);
  }

  private open(metadata: StepEventMetadata): Step {
    const { urn, op } = metadata;
    const step: Step = { urn, op, refresh: op === "refresh", metadata, startedAt: this.now(), failed: false };
    this.steps.push(step);
    return step;
  }

  private say(event: DiagnosticEvent): Happening | undefined {
    const severity = shownSeverity(event.severity);
    const message = plainText(event.message);
    if (severity === undefined || message === "") return undefined;
    const diagnostic: Diagnostic = { severity, message, ...(event.urn && { urn: event.urn }) };
    const step = this.inFlight.findLast(({ urn }) => urn === event.urn);
    const ephemeral = event.ephemeral === true;
    if (step !== undefined) step.progress = message;
    if (!ephemeral) this.diagnostics.push(diagnostic);
    return { kind: "said", diagnostic, step, ephemeral };
  }
}

/** Debug messages come along with some engines' events and are nobody's business. */
function shownSeverity(severity: string): Diagnostic["severity"] | undefined {
  if (severity === "info#err" || severity === "info") return "info";
  return severity === "warning" || severity === "error" ? severity : undefined;
}

/** Without Pulumi's colour tags (`<{%fg 1%}>`), without a program's own colours, and without the line ends at the close. */
function plainText(message: string): string {
  return stripVTControlCharacters(message.replaceAll(/<\{%.*?%\}>/gu, "")).trimEnd();
}
