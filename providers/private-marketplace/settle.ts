import type { Change } from "../../marketplace/changes/change-type";
import type { ExperienceDocument } from "../../marketplace/changes/experience/experience";
import { declaredPath } from "../../marketplace/private-marketplace/declared";
import type { FindProperty } from "../change-sets/failed";
import { placeOf } from "../change-sets/error-place";
import { untilFree } from "../change-sets/until-free";
import type { Place } from "../reconciler";
import { same } from "../same";
import { knownExperience, type Seen } from "./experiences";

export interface Settling<Facts> {
  /** As a person would say it: `policy of exp-…`. */
  readonly subject: string;
  readonly purpose: string;
  look(experience: Seen<ExperienceDocument>): Promise<Facts>;
  /** The next change set; empty when all is as declared. */
  plan(seen: Facts): readonly Change[];
  readonly findProperty: FindProperty;
}

/**
 * Looks, plans and changes until nothing is left to change. Long lists take several change sets; all of them aim at the
 * experience, so that its revision tells one from the next.
 */
export async function settle<Facts>(place: Place, experienceId: string, settling: Settling<Facts>): Promise<Facts> {
  const { account } = place;
  const { subject, purpose, look, plan, findProperty } = settling;
  return account.changeSets.alone(experienceId, () =>
    untilFree(async () => {
      for (let last: readonly Change[] = []; ;) {
        const experience = await knownExperience(account, experienceId);
        const seen = await look(experience);
        const changes = plan(seen);
        if (changes.length === 0) return seen;
        if (same(changes, last)) throw new Error(`${subject}: AWS said that it was changed, but does not show it.`);
        const identity = [experienceId, String(experience.revision)];
        await account.changeSets.run({ subject, purpose, identity, changes }, findProperty);
        last = changes;
      }
    }),
  );
}

/** Which declared property an error of AWS speaks of: what it says of `Products[0].Ids[3]` belongs to a list of ids. */
export function propertyFinder(properties: Readonly<Record<string, string>>): FindProperty {
  return (change, message) => {
    const path = placeOf(change.details, message);
    if (!path.startsWith("Products")) return declaredPath(path, properties).replace(/\[\d+\]$/, "");
    return change.changeType === "DenyProductProcurement" ? "deny" : "allow";
  };
}
