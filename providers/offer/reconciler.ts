import { checkOffer } from "../../marketplace/offers/check";
import { readOffer } from "../../marketplace/offers/read";
import type { Submitted } from "../../marketplace/offers/submitted";
import type { Problem } from "../../marketplace/problem";
import { checkOwner } from "../ami-product/look";
import { declaredTags, type Tags } from "../entity-tags";
import type { Time } from "../host/host";
import { systemTime } from "../host/system-time";
import { checkNames } from "../property-names";
import { PartlyDone, type Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { isUnknown } from "../unknown";
import { converge } from "./converge";
import { create } from "./create";
import { inputNames } from "./input-names";
import { retire } from "./retire";
import { knownOffer, observedOffer, outputsOf, specIn, submittedBy } from "./seen-offer";
import { replacedBy } from "./unchangeable";

/** An offer beside a product's public one. The id is AWS's: `offer-…`. */
export const offer: Reconciler = offerAt(systemTime);

/** @param time what tells days that are over, which offline checks need too. */
export function offerAt(time: Pick<Time, "now">): Reconciler {
  const now = () => new Date(time.now()).toISOString();
  return {
    check: (olds, news) => ({
      inputs: news,
      failures: [
        ...checkNames(news, inputNames, "Offer"),
        ...problemsOf(olds, news, now()).map(({ path, message, code }) => ({
          property: path,
          reason: `${message} [${code}]`,
        })),
      ],
    }),

    diff: (olds, news) => {
      const changes = inputNames.some((name) => !same(olds[name], news[name]));
      return { changes, replaces: changes ? replacedBy(olds, news, now()) : [] };
    },

    create: async (place, inputs) => {
      const { id, ...last } = await create(place, specIn(inputs));
      return { id, outs: await bring(place, id, inputs, last, true) };
    },

    update: (place, id, olds, news) => {
      checkOwner(place.account, olds.offerArn);
      return bring(place, id, news, { submitted: submittedBy(olds), tags: olds.tags }, false);
    },

    read: async (place, id, props) => {
      checkOwner(place.account, props.offerArn);
      const seen = await place.account.entities.describe(id);
      if (seen === undefined) return undefined;
      const isImport = props.pricing === undefined;
      const last = isImport ? undefined : specIn(props);
      const tags = await declaredTags(place.account.tags, seen.arn, props.tags);
      const inputs = {
        ...readOffer(observedOffer(seen, submittedBy(props)), last),
        ...(tags !== undefined && { tags }),
        ...(props.connection !== undefined && { connection: props.connection }),
      };
      return { props: outputsOf(place, inputs, seen), inputs };
    },

    delete: retire,
  };
}

/** Days that are over stand in the way of a new offer only: one that is there may have been made before them. */
function problemsOf(olds: Properties, news: Properties, now: string): Problem[] {
  const all = checkOffer(specIn(news), { now, isUnknown });
  if (olds.pricing === undefined) return all;
  const fresh = all.filter(({ path, code }) => {
    const name = path.split(/[.[]/)[0] ?? "";
    return code !== "INVALID_AVAILABILITY_END_DATE" && !same(olds[name], news[name]);
  });
  return fresh.length > 0 || replacedBy(olds, news, now).length === 0 ? fresh : all;
}

interface Last {
  readonly submitted: Submitted;
  readonly tags: unknown;
}

/** Converges, and when that fails half-way, tells Pulumi what there is. */
async function bring(place: Place, id: string, inputs: Properties, last: Last, isNew: boolean): Promise<Properties> {
  let changed = isNew;
  try {
    const seen = await converge(place, id, specIn(inputs), last.submitted, () => {
      changed = true;
    });
    await place.account.tags.change(seen.arn, tagsIn(last.tags), tagsIn(inputs.tags));
    return outputsOf(place, inputs, await knownOffer(place.account, id));
  } catch (error) {
    if (!changed) throw error;
    const seen = await knownOffer(place.account, id);
    const found = readOffer(observedOffer(seen, last.submitted), specIn(inputs));
    throw new PartlyDone(id, outputsOf(place, { ...found, connection: inputs.connection }, seen), error);
  }
}

function tagsIn(tags: unknown): Tags {
  return typeof tags === "object" && tags !== null ? (tags as Tags) : {};
}
