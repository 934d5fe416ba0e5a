import type { Change } from "../../marketplace/changes/change-type";
import type { ExperienceDocument } from "../../marketplace/changes/experience/experience";
import type { ExperienceSpec } from "../../marketplace/private-marketplace/declared";
import {
  checkExperience,
  experienceProperties,
  planArchiving,
  planExperience,
  planNewExperience,
} from "../../marketplace/private-marketplace/plan-experience";
import { checkOwner } from "../ami-product/look";
import type { ChangeSet } from "../change-sets/change-set";
import { checkProperties, textIn } from "../private-marketplace/check-properties";
import { experience, knownExperience, type Seen } from "../private-marketplace/experiences";
import { propertyFinder, settle } from "../private-marketplace/settle";
import type { Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";

const names = ["name", "description", "enabled", "connection"];
const shape = { type: "Experience", names, switches: ["enabled"], required: ["name"] };
const findProperty = propertyFinder(experienceProperties);

/** A private marketplace experience. The id is AWS's: `exp-…`. */
export const privateExperience: Reconciler = {
  check: (_olds, news) => ({
    inputs: news,
    failures: checkProperties(news, shape, () => checkExperience(specIn(news))),
  }),

  diff: (olds, news) => {
    const changed = names.filter((name) => !same(valueOf(olds, name), valueOf(news, name)));
    return { changes: changed.length > 0, replaces: [] };
  },

  create: async (place, inputs) => {
    const id = await made(place, specIn(inputs));
    place.claims.held.add(id);
    return { id, outs: await converge(place, id, inputs, (seen) => planExperience(id, seen, specIn(inputs))) };
  },

  update: (place, id, olds, news) => {
    checkOwner(place.account, olds.experienceArn);
    return converge(place, id, news, (seen) => planExperience(id, seen, specIn(news)));
  },

  read: async ({ account }, id, props) => {
    checkOwner(account, props.experienceArn);
    const seen = await experience(account, id);
    if (seen === undefined) return undefined;
    const { Name, Description, Status } = seen.details;
    const description = props.name !== undefined && props.description === undefined ? undefined : Description;
    const enabled = Status === "Enabled";
    const inputs = {
      name: Name,
      ...(description && { description }),
      ...((props.enabled !== undefined || enabled) && { enabled }),
      ...(props.connection !== undefined && { connection: props.connection }),
    };
    return { props: outputsOf(inputs, seen), inputs };
  },

  delete: async (place, id, props) => {
    checkOwner(place.account, props.experienceArn);
    if ((await experience(place.account, id)) === undefined) return;
    await converge(place, id, props, (seen) => planArchiving(id, seen), "archive");
  },
};

/** Makes the experience, or takes over the one that an earlier run made and could not save. */
async function made(place: Place, wanted: ExperienceSpec): Promise<string> {
  const { account, host, claims } = place;
  const request = {
    subject: wanted.name,
    purpose: "create",
    identity: ["Experience", await host.stack(), wanted.name],
    changes: planNewExperience(wanted),
  };
  return account.changeSets.alone(`new experience ${wanted.name}`, async () => {
    const earlier = await account.changeSets.find(request);
    const lost = earlier?.status === "SUCCEEDED" && (await isLost(place, earlier)) ? earlier : undefined;
    const changeSet = lost ?? (await account.changeSets.run({ ...request, earlier }, findProperty)).changeSet;
    const id = idIn(changeSet);
    claims.held.add(id);
    return id;
  });
}

/** No resource has it, and nobody has archived it since. */
async function isLost({ account, claims }: Place, earlier: ChangeSet): Promise<boolean> {
  const id = idIn(earlier);
  if (claims.held.has(id)) return false;
  return (await experience(account, id))?.details.AdminStatus === "Active";
}

function idIn(changeSet: ChangeSet): string {
  const id = changeSet.changes.find(({ changeType }) => changeType === "CreateExperience")?.entityId;
  if (id === undefined) throw new Error(`Change set ${changeSet.id} succeeded, but does not say what it made.`);
  return id;
}

async function converge(
  place: Place,
  id: string,
  inputs: Properties,
  plan: (seen: ExperienceDocument) => Change[],
  purpose = "update",
): Promise<Properties> {
  await settle(place, id, {
    subject: textIn(inputs.name) ?? id,
    purpose,
    look: (seen) => Promise.resolve(seen.details),
    plan,
    findProperty,
  });
  return outputsOf(inputs, await knownExperience(place.account, id));
}

function outputsOf(inputs: Properties, { id, arn, details }: Seen<ExperienceDocument>): Properties {
  const status = details.AdminStatus === "Restricted" ? "Archived" : details.Status;
  return { ...inputs, experienceId: id, experienceArn: arn, status };
}

function valueOf(properties: Properties, name: string): unknown {
  return name === "enabled" ? (properties.enabled ?? false) : properties[name];
}

/** What `check` has let through, or is about to judge. */
function specIn({ name, description, enabled }: Properties): ExperienceSpec {
  return { name, description, enabled } as ExperienceSpec;
}
