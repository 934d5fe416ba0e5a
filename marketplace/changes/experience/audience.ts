import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { ChangeType, Entity, JsonObject, World } from "../change-type";
import { anyText, list, object } from "../document-shapes";
import { besideExperience, checkActive, descriptionSchema, experienceType, nameSchema } from "./experience";
import { kindOfPrincipal } from "../../private-marketplace/principals";

export const audienceType = "Audience@1.0";

/** An audience as DescribeEntity shows it. */
export type AudienceDocument = JsonObject & {
  readonly Name: string | null;
  readonly Description: string | null;
  readonly ExperienceId: string;
  readonly Principals: readonly string[];
};

type Principals = { readonly Principals: readonly string[] };
type Details = Principals & { readonly Name?: string; readonly Description?: string };

const principals = list(anyText(), 1, 50);

export function audienceOf(entity: Entity): AudienceDocument {
  return entity.details as AudienceDocument;
}

/** Puts accounts, organizational units or an organization under an experience; the first time, its audience comes into being. */
export const associateAudience: ChangeType<Details> = {
  changeType: "AssociateAudience",
  entityType: experienceType,
  schema: object({ Name: nameSchema, Description: descriptionSchema, Principals: principals }, ["Principals"]),
  checkDocument: checkPrincipals,
  check: (world, entity, { Principals }) => [
    ...checkActive(entity),
    ...Principals.flatMap((principal, i) => checkFree(world, entity, principal, `Principals[${i}]`)),
  ],
  apply: (world, entity, { Name, Description, Principals }) => {
    const known = audienceBeside(world, entity);
    const audience = known ?? besideExperience(world, entity, audienceType, "audience");
    const before = known && audienceOf(known);
    const details: AudienceDocument = {
      Name: Name ?? before?.Name ?? null,
      Description: Description ?? before?.Description ?? null,
      ExperienceId: entity.id,
      Principals: [...new Set([...(before?.Principals ?? []), ...Principals])].toSorted(),
    };
    return { ...entity, beside: [{ ...audience, details }] };
  },
};

/** Takes principals out again: they may then buy everything, or come under another experience. */
export const disassociateAudience: ChangeType<Principals> = {
  changeType: "DisassociateAudience",
  entityType: experienceType,
  schema: object({ Principals: principals }, ["Principals"]),
  checkDocument: checkPrincipals,
  check: (world, entity, { Principals }) =>
    Principals.flatMap((principal, i) => {
      const owner = experienceWith(world, principal);
      if (owner === entity.id) return [];
      const message = `${quoted([principal])} does not belong to experience ${entity.id}`;
      return owner === undefined
        ? unless(false, "ENTITY_NOT_FOUND", `Principals[${i}]`, `${message}.`)
        : unless(false, "ENTITY_IN_USE", `Principals[${i}]`, `${message}, but to ${owner}.`);
    }),
  apply: (world, entity, { Principals }) => {
    const audience = audienceBeside(world, entity);
    if (audience === undefined) return entity;
    const document = audienceOf(audience);
    const left = document.Principals.filter((principal) => !Principals.includes(principal));
    return { ...entity, beside: [{ ...audience, details: { ...document, Principals: left } }] };
  },
};

/** An experience has one audience, which knows it by its id. */
export function audienceBeside(world: World, experience: Entity): Entity | undefined {
  for (const audience of world.entitiesOf(audienceType)) {
    if (audienceOf(audience).ExperienceId === experience.id) return audience;
  }
  return undefined;
}

function checkPrincipals({ Principals }: Principals): Problem[] {
  return [
    ...Principals.flatMap((principal, i) =>
      unless(
        kindOfPrincipal(principal) !== undefined,
        "INVALID_INPUT",
        `Principals[${i}]`,
        `${quoted([principal])} is no principal. Give an account (12 digits), an organizational unit (ou-…) or an organization (o-…).`,
      ),
    ),
    ...repeated(Principals).map((principal) => ({
      code: "INVALID_INPUT",
      path: "Principals",
      message: `${quoted([principal])} is named twice.`,
    })),
  ];
}

function checkFree(world: World, experience: Entity, principal: string, path: string): Problem[] {
  if (world.buyers?.mayGovern(principal) === false) {
    const message = `Account ${world.account} does not administer the organization of ${quoted([principal])}.`;
    return unless(false, "CALLER_NOT_AUTHORIZED", path, message);
  }
  const owner = experienceWith(world, principal);
  if (owner === undefined) return [];
  const message = `${quoted([principal])} belongs to experience ${owner}`;
  return owner === experience.id
    ? unless(false, "ENTITY_ALREADY_EXISTS", path, `${message} already.`)
    : unless(false, "ENTITY_IN_USE", path, `${message}, and to one only. Disassociate it there first.`);
}

/** The id of the one experience that a principal belongs to, if it belongs to one. */
function experienceWith(world: World, principal: string): string | undefined {
  for (const audience of world.entitiesOf(audienceType)) {
    const { ExperienceId, Principals } = audienceOf(audience);
    if (Principals.includes(principal)) return ExperienceId;
  }
  return undefined;
}
