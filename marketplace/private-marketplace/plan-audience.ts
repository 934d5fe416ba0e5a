import type { Change } from "../changes/change-type";
import type { AudienceDocument } from "../changes/experience/audience";
import type { Problem } from "../problem";
import { changeOf, checkDeclared, namedTwice, type AudienceSpec } from "./declared";

export const audienceProperties = { Name: "name", Description: "description", Principals: "principals" };

/** Principals that one change may name. */
const mostPrincipals = 50;

export function checkAudience({ name, description, principals }: AudienceSpec): Problem[] {
  const unique = [...new Set(principals)];
  const batches = unique.flatMap((_, i) => (i % mostPrincipals === 0 ? [unique.slice(i, i + mostPrincipals)] : []));
  const known = batches.length === 0 ? [[]] : batches;
  return [
    ...known.flatMap((Principals) =>
      checkDeclared("AssociateAudience", { Name: name, Description: description, Principals }, audienceProperties).map(
        (problem) => ({ ...problem, path: placeIn(principals, Principals, problem.path) }),
      ),
    ),
    ...namedTwice("principals", principals),
  ];
}

/** The next change set on the way to the declared principals; empty once they are there. Some leave before others come. */
export function planAudience(experienceId: string, seen: AudienceDocument | undefined, wanted: AudienceSpec): Change[] {
  const members = seen?.Principals ?? [];
  const leaving = members.filter((principal) => !wanted.principals.includes(principal));
  const coming = wanted.principals.filter((principal) => !members.includes(principal));
  return [
    ...(leaving.length === 0 ? [] : [changeOf("DisassociateAudience", experienceId, { Principals: batch(leaving) })]),
    ...(coming.length === 0
      ? []
      : [
          changeOf("AssociateAudience", experienceId, {
            Name: wanted.name,
            Description: wanted.description,
            Principals: batch(coming),
          }),
        ]),
  ];
}

function batch(principals: readonly string[]): string[] {
  return principals.toSorted().slice(0, mostPrincipals);
}

/** A place in one batch as the place in the whole list. */
function placeIn(all: readonly string[], part: readonly string[], path: string): string {
  return path.replace(/^principals\[(\d+)\]/, (_, i: string) => `principals[${all.indexOf(part[Number(i)] ?? "")}]`);
}
