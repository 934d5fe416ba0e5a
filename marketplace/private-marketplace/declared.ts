import type { Change, JsonObject } from "../changes/change-type";
import { experienceType } from "../changes/experience/experience";
import { checkChange } from "../changes/request";
import { isReference } from "../changes/references";
import { at, quoted, repeated, type Problem } from "../problem";

/** A private marketplace experience as its administrator declares it. */
export interface ExperienceSpec {
  readonly name: string;
  readonly description?: string;
  readonly enabled?: boolean;
}

export interface PolicySpec {
  readonly name?: string;
  readonly description?: string;
  readonly allow: readonly string[];
  readonly deny?: readonly string[];
  readonly requests?: boolean;
}

export interface BrandingSpec {
  readonly name: string;
  readonly title?: string;
  readonly information?: string;
  readonly themeColor?: string;
  readonly logoUrl?: string;
}

export interface AudienceSpec {
  readonly name?: string;
  readonly description?: string;
  readonly principals: readonly string[];
}

/** A change of an experience, as the catalog takes it. Members that are undefined are left out. */
export function changeOf(changeType: string, experienceId: string | undefined, details: object): Change {
  return {
    changeType,
    entity: { type: experienceType, ...(experienceId === undefined ? {} : { identifier: experienceId }) },
    details: JSON.parse(JSON.stringify(details)) as JsonObject,
  };
}

/** An id that passes for one where the real one says nothing about the rest. */
const someExperience = "exp-0000000000000";

/** What the catalog would refuse at once about a document, by the declared property's name. */
export function checkDeclared(
  changeType: string,
  details: object,
  properties: Readonly<Record<string, string>>,
): Problem[] {
  const identifier = changeType === "CreateExperience" ? undefined : someExperience;
  return checkChange(changeOf(changeType, identifier, details)).map((problem) => ({
    ...problem,
    path: declaredPath(problem.path.replace(/^DetailsDocument\.?/, ""), properties),
  }));
}

/** `declaredPath("Configuration.ThemeColor", { ThemeColor: "themeColor" })` is `themeColor`. */
export function declaredPath(path: string, properties: Readonly<Record<string, string>>): string {
  const member = path.replace(/^Configuration\./, "");
  const [name = ""] = member.split(/[.[]/);
  const property = properties[name];
  return property === undefined ? "" : property + member.slice(name.length);
}

/** A list of ids is a set: each is named once, and has a form that the catalog takes. */
export function checkIds(path: string, ids: readonly string[]): Problem[] {
  const misshapen = ids.flatMap((id, i) =>
    id.length >= 1 && id.length <= 50 && !isReference(id)
      ? []
      : at(path, [{ code: "INVALID_INPUT", path: `[${i}]`, message: `${quoted([id])} is not a product's id.` }]),
  );
  return [...misshapen, ...namedTwice(path, ids)];
}

export function namedTwice(path: string, ids: readonly string[]): Problem[] {
  return repeated(ids).map((id) => ({
    code: "INVALID_INPUT",
    path: `${path}[${ids.lastIndexOf(id)}]`,
    message: `${quoted([id])} is named twice.`,
  }));
}
