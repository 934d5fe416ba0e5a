import type { AmiVersionSpec } from "../../marketplace/listing/ami-listing";
import { findProperty } from "../ami-product/converge";
import { factsOf, type VersionFacts } from "../ami-product/facts";
import { isOpen, type ChangeSetRequest } from "../change-sets/change-set";
import { untilFree } from "../change-sets/until-free";
import type { Place } from "../reconciler";
import { changesFor } from "./change-version";
import { productOf, versionTitled } from "./seen-version";

export interface Added {
  readonly version: VersionFacts;
  readonly productArn: string;
}

/** Adds a version, or takes over the one that an earlier run added and could not save. */
export async function add(place: Place, productId: string, wanted: AmiVersionSpec): Promise<Added> {
  const { account, host, claims } = place;
  const request: ChangeSetRequest = {
    subject: `version ${wanted.title} of ${productId}`,
    purpose: "add",
    identity: [await host.stack(), productId, wanted.title, wanted.image.amiId],
    changes: [],
  };
  await untilFree(async () => {
    const seen = await productOf(account, productId);
    const earlier = await account.changeSets.find(request);
    const there = versionTitled(seen, wanted.title);
    if (there === undefined) {
      const changes = earlier !== undefined && isOpen(earlier) ? [] : changesFor(seen, wanted, undefined);
      await account.changeSets.run({ ...request, changes, earlier }, findVersionProperty);
    } else if (earlier?.status !== "SUCCEEDED" || claims.held.has(there.id)) {
      throw new Error(
        `title: product ${productId} has a version "${wanted.title}" already. Give this one a title of its own. [DUPLICATE_VERSION_TITLE]`,
      );
    }
  });
  const { product } = await productOf(account, productId);
  const version = factsOf(product).versions.find(({ title }) => title === wanted.title);
  if (version === undefined) throw new Error(`${request.subject}: AWS said that it was added, but does not show it.`);
  return { version, productArn: product.arn };
}

/** A listing's property `versions[2].image.amiId` is this resource's `image.amiId`. */
export const findVersionProperty: typeof findProperty = (change, message) =>
  findProperty(change, message).replace(/^versions(\[\d+\])?\.?/, "");
