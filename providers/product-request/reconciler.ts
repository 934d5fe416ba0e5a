import type { ProductRequestDocument } from "../../marketplace/changes/product-request/product-request";
import {
  checkProductRequest,
  planCancelling,
  planNewRequest,
  type ProductRequestSpec,
  requestProperties,
} from "../../marketplace/private-marketplace/plan-request";
import type { Account } from "../accounts";
import { checkOwner } from "../ami-product/look";
import type { ChangeSet } from "../change-sets/change-set";
import { untilFree } from "../change-sets/until-free";
import { checkProperties } from "../private-marketplace/check-properties";
import type { Seen } from "../private-marketplace/experiences";
import { propertyFinder } from "../private-marketplace/settle";
import type { Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";

const names = ["productId", "notes", "connection"];
const shape = { type: "ProductRequest", names, required: ["productId"] };
const findProperty = propertyFinder(requestProperties);

/** A request for a product. The id is the marketplace's: `procrequest-…`. */
export const productRequest: Reconciler = {
  check: (_olds, news) => ({
    inputs: news,
    failures: checkProperties(news, shape, () => checkProductRequest(specIn(news))),
  }),

  diff: (olds, news) => {
    const changed = names.filter((name) => !same(olds[name], news[name]));
    // A product is asked for once at a time, so the old request has to be taken back first.
    return { changes: changed.length > 0, replaces: changed, deleteBeforeReplace: true };
  },

  create: async (place, inputs) => {
    const wanted = specIn(inputs);
    if (!place.account.clients.custom) throw new Error(byHand(wanted.productId));
    const seen = await known(place.account, await made(place, wanted));
    return { id: seen.id, outs: outputsOf(inputs, seen) };
  },

  update: async ({ account }, id, _olds, news) => outputsOf(news, await known(account, id)),

  read: async ({ account }, id, props) => {
    checkOwner(account, props.requestArn);
    const seen = await request(account, id);
    if (seen === undefined || seen.details.Status === "Cancelled") return undefined;
    const { ProductId, Notes } = seen.details;
    const inputs = {
      productId: ProductId,
      ...(Notes !== null && { notes: Notes }),
      ...(props.connection !== undefined && { connection: props.connection }),
    };
    return { props: outputsOf(inputs, seen), inputs };
  },

  delete: async ({ account, host }, id, props) => {
    checkOwner(account, props.requestArn);
    await untilFree(async () => {
      const seen = await request(account, id);
      if (seen === undefined || seen.details.Status === "Cancelled") return;
      if (seen.details.Status !== "Pending") {
        host.say(
          `${id} is ${seen.details.Status.toLowerCase()} and stays: only a request without an answer is taken back.`,
        );
        return;
      }
      const identity = [id, String(seen.revision)];
      const changes = [planCancelling(id)];
      await account.changeSets.run({ subject: id, purpose: "cancel", identity, changes }, findProperty);
    });
  },
};

/** Makes the request, or takes over the one that an earlier run made and could not save. */
async function made({ account, host, claims }: Place, wanted: ProductRequestSpec): Promise<string> {
  const { productId } = wanted;
  const asked = {
    subject: productId,
    purpose: "request",
    identity: ["ProductRequest", await host.stack(), productId],
    changes: [planNewRequest(wanted)],
  };
  return account.changeSets.alone(`new request for ${productId}`, async () => {
    const earlier = await account.changeSets.find(asked);
    const lost = earlier?.status === "SUCCEEDED" ? await pending(account, earlier) : undefined;
    if (lost !== undefined && !claims.held.has(lost)) return hold(lost);
    return hold(idIn((await account.changeSets.run({ ...asked, earlier }, findProperty)).changeSet));
  });

  function hold(id: string): string {
    claims.held.add(id);
    return id;
  }
}

async function pending(account: Account, earlier: ChangeSet): Promise<string | undefined> {
  const seen = await request(account, idIn(earlier));
  return seen?.details.Status === "Pending" ? seen.id : undefined;
}

function idIn({ id, changes }: ChangeSet): string {
  const entityId = changes[0]?.entityId;
  if (entityId === undefined) throw new Error(`Change set ${id} succeeded, but does not say what it made.`);
  return entityId;
}

async function request(account: Account, id: string): Promise<Seen<ProductRequestDocument> | undefined> {
  return (await account.entities.describe(id)) as Seen<ProductRequestDocument> | undefined;
}

async function known(account: Account, id: string): Promise<Seen<ProductRequestDocument>> {
  const seen = await request(account, id);
  if (seen === undefined) throw new Error(`Request ${id} is not there any more. Run refresh, then up again.`);
  return seen;
}

function byHand(productId: string): string {
  return (
    `AWS publishes no document by which programs ask for a product, so nothing was sent. Ask for ${productId} on its page ` +
    "in AWS Marketplace (Request product), and take this resource out of the program."
  );
}

function outputsOf(inputs: Properties, { id, arn, details }: Seen<ProductRequestDocument>): Properties {
  return { ...inputs, requestId: id, requestArn: arn, status: details.Status, experienceId: details.ExperienceId };
}

/** What `check` has let through, or is about to judge. */
function specIn({ productId, notes }: Properties): ProductRequestSpec {
  return { productId, notes } as ProductRequestSpec;
}
