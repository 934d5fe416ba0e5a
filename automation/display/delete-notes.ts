import type { Colors } from "picocolors/types";
import { deleteMeans } from "../../providers/delete-means";
import type { Step } from "./deployment";
import { resourceName } from "./resource-name";

const meanings: Readonly<Record<string, string | undefined>> = deleteMeans;

/** What a deletion in a plan comes to, where that is not a deletion; undefined for all other steps. */
export function deleteNote({ op, urn }: Pick<Step, "op" | "urn">): string | undefined {
  if (op !== "delete" && op !== "delete-replaced") return undefined;
  const { type, name } = resourceName(urn);
  const [module, kind = ""] = type.split(":");
  const meaning = module === "marketplace" ? meanings[kind] : undefined;
  return meaning && `${name} ${meaning}.`;
}

/** The notes of a whole plan, below its tree. */
export function deleteNoteLines(steps: readonly Pick<Step, "op" | "urn">[], colors: Colors): string[] {
  const notes = steps.flatMap((step) => deleteNote(step) ?? []);
  return notes.length === 0 ? [] : ["What delete means:", ...notes.map((note) => colors.yellow(`  ${note}`))];
}
