import type { Change as WireChange, StartChangeSetRequest } from "@aws-sdk/client-marketplace-catalog";
import type { Json } from "../../marketplace/changes/change-type";
import { checkRequest } from "../../marketplace/changes/request";
import type { RequestedChange } from "./change-sets";
import { fromDocument } from "./documents";
import { invalid } from "./refusals";
import { readTags } from "./tags";

/** The changes of a request, as the rule book takes them; ValidationException for what it would refuse at once. */
export function readChanges(request: StartChangeSetRequest): RequestedChange[] {
  const changes = (request.ChangeSet ?? []).map(readChange);
  const problems = checkRequest(changes);
  if (problems.length > 0) throw invalid(problems.map(({ path, message }) => `${path}: ${message}`).join(" "));
  return changes;
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
