import type { ExperienceDocument } from "../../marketplace/changes/experience/experience";
import type { Place } from "../reconciler";
import { knownExperience, partOf, type Parts, type Seen } from "./experiences";

/**
 * Refuses to declare a part of an experience that another resource declares already. One that nobody declares, since a
 * run broke off or somebody made it in the console, is taken over: AWS keeps such parts for ever, one for each experience.
 */
export async function refuseSecond(place: Place, kind: keyof Parts, experienceId: string): Promise<void> {
  const { account, claims, host } = place;
  const experience: Seen<ExperienceDocument> = await knownExperience(account, experienceId);
  const there = await partOf(account, kind, experience);
  if (there === undefined) return;
  if (claims.held.has(there.id)) {
    throw new Error(
      `experienceId: experience ${experienceId} has its ${kind} ${there.id} from another resource, and takes only one. [ENTITY_ALREADY_EXISTS]`,
    );
  }
  claims.takenOver.add(there.id);
  host.say(`experience ${experienceId} has the ${kind} ${there.id}; going on from there`);
}

/** A deleted resource gives its part free, unless another resource of this run has taken it over: then nothing is undone. */
export function isLeft({ claims }: Place, id: string): boolean {
  claims.held.delete(id);
  return !claims.takenOver.has(id);
}
