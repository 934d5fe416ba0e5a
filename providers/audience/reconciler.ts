import type { AudienceDocument } from "../../marketplace/changes/experience/audience";
import type { AudienceSpec } from "../../marketplace/private-marketplace/declared";
import { audienceProperties, checkAudience, planAudience } from "../../marketplace/private-marketplace/plan-audience";
import { checkOwner } from "../ami-product/look";
import { asDeclared, checkProperties, idsIn, sameIds } from "../private-marketplace/check-properties";
import { part, partOf, type Seen } from "../private-marketplace/experiences";
import { isLeft, refuseSecond } from "../private-marketplace/one-of-each";
import { propertyFinder, settle } from "../private-marketplace/settle";
import type { Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";

const names = ["experienceId", "name", "description", "principals", "connection"];
const shape = { type: "Audience", names, lists: ["principals"], required: ["experienceId", "principals"] };
/** AWS takes name and description only along with a new principal, so a renamed audience is put together anew. */
const unchangeable = new Set(["experienceId", "name", "description"]);
const findProperty = propertyFinder(audienceProperties);

/** Who buys under an experience. The id is AWS's. */
export const audience: Reconciler = {
  check: (_olds, news) => ({ inputs: news, failures: checkProperties(news, shape, () => checkAudience(specIn(news))) }),

  diff: (olds, news) => {
    const equal = (name: string) =>
      name === "principals" ? sameIds(olds[name], news[name]) : same(olds[name], news[name]);
    const changed = names.filter((name) => !equal(name));
    const replaces = changed.filter((name) => unchangeable.has(name));
    // A principal belongs to one experience, so the old audience has to let it go first.
    return { changes: changed.length > 0, replaces, deleteBeforeReplace: true };
  },

  create: async (place, inputs) => {
    const experienceId = String(inputs.experienceId);
    const wanted = specIn(inputs);
    await refuseSecond(place, "Audience", experienceId);
    const seen = await converge(place, experienceId, wanted);
    if (seen === undefined) throw new Error("principals: AWS makes an audience with its first principal. Name one.");
    place.claims.held.add(seen.id);
    return { id: seen.id, outs: outputsOf(inputs, seen) };
  },

  update: async (place, id, olds, news) => {
    checkOwner(place.account, olds.audienceArn);
    const seen = await converge(place, String(news.experienceId), specIn(news));
    if (seen === undefined) throw new Error(`Audience ${id} is gone. Run refresh, then up again.`);
    return outputsOf(news, seen);
  },

  read: async ({ account }, id, props) => {
    checkOwner(account, props.audienceArn);
    const seen = await part(account, "Audience", id);
    if (seen === undefined) return undefined;
    const { Name, Description, ExperienceId, Principals } = seen.details;
    const whole = props.experienceId === undefined;
    const inputs = {
      experienceId: ExperienceId,
      ...((whole || props.name !== undefined) && Name !== null && { name: Name }),
      ...((whole || props.description !== undefined) && Description !== null && { description: Description }),
      principals: asDeclared(props.principals, Principals),
      ...(props.connection !== undefined && { connection: props.connection }),
    };
    return { props: outputsOf(inputs, seen), inputs };
  },

  delete: async (place, id, props) => {
    checkOwner(place.account, props.audienceArn);
    if (!isLeft(place, id) || (await part(place.account, "Audience", id)) === undefined) return;
    await converge(place, String(props.experienceId), { principals: [] });
  },
};

function converge(
  place: Place,
  experienceId: string,
  wanted: AudienceSpec,
): Promise<Seen<AudienceDocument> | undefined> {
  return settle(place, experienceId, {
    subject: `audience of ${experienceId}`,
    purpose: "update",
    look: (owner) => partOf(place.account, "Audience", owner),
    plan: (seen) => planAudience(experienceId, seen?.details, wanted),
    findProperty,
  });
}

function outputsOf(inputs: Properties, { id, arn }: Seen<AudienceDocument>): Properties {
  return { ...inputs, audienceId: id, audienceArn: arn };
}

/** What `check` has let through, or is about to judge. */
function specIn({ name, description, principals }: Properties): AudienceSpec {
  return { name, description, principals: idsIn(principals) } as AudienceSpec;
}
