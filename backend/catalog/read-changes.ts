import type { Change as WireChange, StartChangeSetRequest } from "@aws-sdk/client-marketplace-catalog";
import { changeTypes } from "../../marketplace/changes";
import type { Json } from "../../marketplace/changes/change-type";
import { resolveReferences } from "../../marketplace/changes/references";
import { checkRequest } from "../../marketplace/changes/request";
import { at, type Problem } from "../../marketplace/problem";
import type { RequestedChange } from "./change-sets";
import { fromDocument } from "./documents";
import { invalid } from "./refusals";
import { readTags } from "./tags";

/**
 * The changes of a request, as the rule book takes them. ValidationException for what is refused at once: documents that
 * do not fit their schema, references to nothing, and the same change type twice for one entity (API reference,
 * StartChangeSet).
 */
export function readChanges(request: StartChangeSetRequest): RequestedChange[] {
  const changes = (request.ChangeSet ?? []).map(readChange);
  refuse(checkRequest(changes));
  refuse(referenceProblems(changes));
  return changes;
}

/** The entities do not exist yet, so that a problem calls them by what they will be. */
function referenceProblems(changes: readonly RequestedChange[]): Problem[] {
  let count = 0;
  const newId = (prefix: string) => `the new ${prefix} ${++count}`;
  const { problems } = resolveReferences({ newId }, changes, changeTypes);
  return [...problems].flatMap(([index, found]) => at(`ChangeSet[${index}]`, found));
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw invalid(problems.map(({ path, message }) => `${path}: ${message}`).join(" "));
}

function readChange(change: WireChange, index: number): RequestedChange {
  const { ChangeType = "", Entity, ChangeName, EntityTags, Details } = change;
  return {
    changeType: ChangeType,
    entity: { type: Entity?.Type ?? "", identifier: Entity?.Identifier },
    changeName: ChangeName,
    details: readDetails(change, index),
    text: Details,
    entityTags: EntityTags === undefined ? undefined : readTags(EntityTags),
  };
}

function readDetails({ Details, DetailsDocument, ChangeType }: WireChange, index: number): Json {
  const where = `ChangeSet[${index}] (${ChangeType})`;
  if (Details !== undefined && DetailsDocument !== undefined) {
    throw invalid(`${where}: give Details or DetailsDocument, not both.`);
  }
  if (DetailsDocument !== undefined) return fromDocument(DetailsDocument);
  if (Details === undefined) throw invalid(`${where}: give Details or DetailsDocument.`);
  try {
    return JSON.parse(Details) as Json;
  } catch {
    throw invalid(`${where}: Details is not valid JSON.`);
  }
}
