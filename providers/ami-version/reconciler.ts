import { checkAmiListing, readAmiListing, type AmiVersionSpec } from "../../marketplace/listing/ami-listing";
import { versionWithDefaults } from "../ami-product/defaults";
import { factsOf, type VersionFacts } from "../ami-product/facts";
import { inputNames as listingNames } from "../ami-product/input-names";
import { checkOwner, look } from "../ami-product/look";
import { observedListing } from "../ami-product/observed";
import { untilFree } from "../change-sets/until-free";
import { checkNames } from "../property-names";
import type { CheckFailure, Properties } from "../provider";
import type { Reconciler } from "../reconciler";
import { same } from "../same";
import { isUnknown, unknownText } from "../unknown";
import { add, findVersionProperty } from "./add";
import { changesFor } from "./change-version";
import { inputNames, specNames } from "./input-names";
import { restrict } from "./restrict";
import { productOf, versionTitled } from "./seen-version";

/** AWS cannot change these: Work with AMI-based products, UpdateDeliveryOptions. */
const unchangeable = new Set(["productId", "title", "image", "deliveryOptionTitle"]);

/** One version of a product that is declared elsewhere. The id is the version's. */
export const amiVersion: Reconciler = {
  check: (_olds, news) => ({
    inputs: versionWithDefaults(news),
    failures: [...checkNames(news, inputNames, "AmiVersion"), ...checkProduct(news), ...checkVersion(news)],
  }),

  diff: (olds, news) => {
    const changed = inputNames.filter((name) => !same(olds[name], news[name]));
    return { changes: changed.length > 0, replaces: changed.filter((name) => unchangeable.has(name)) };
  },

  create: ({ account, ...place }, inputs) => {
    const productId = String(inputs.productId);
    return account.changeSets.alone(productId, async () => {
      const { version, productArn } = await add({ account, ...place }, productId, specIn(inputs));
      place.claims.held.add(version.id);
      return { id: version.id, outs: outputsOf(inputs, version, productArn) };
    });
  },

  update: ({ account }, _id, olds, news) => {
    const productId = String(news.productId);
    const wanted = specIn(news);
    checkOwner(account, olds.productArn);
    return account.changeSets.alone(productId, async () => {
      await untilFree(async () => {
        const seen = await productOf(account, productId);
        const changes = changesFor(seen, wanted, specIn(olds));
        if (changes.length === 0) return;
        const identity = [productId, String(seen.product.revision)];
        const subject = `version ${wanted.title} of ${productId}`;
        await account.changeSets.run({ subject, purpose: "update", identity, changes }, findVersionProperty);
      });
      const seen = await productOf(account, productId);
      const version = versionTitled(seen, wanted.title);
      if (version === undefined)
        throw new Error(`title: product ${productId} has no version "${wanted.title}" any longer.`);
      return outputsOf(news, version, seen.product.arn);
    });
  },

  read: async ({ account }, id, props) => {
    checkOwner(account, props.productArn);
    const seen = await look(account, String(props.productId), undefined);
    const version = seen && factsOf(seen.product).versions.find((candidate) => candidate.id === id);
    if (seen === undefined || version === undefined) return undefined;
    const last = { versions: [{ ...specIn(props), title: version.title }] };
    const listing = readAmiListing(observedListing(seen, last, [version.title]), last);
    const { productId, connection } = props;
    const inputs = { ...asDeclared(listing.versions[0], props), productId, connection };
    return { props: outputsOf(inputs, version, seen.product.arn), inputs };
  },

  delete: async (place, id, props) => {
    const productId = String(props.productId);
    checkOwner(place.account, props.productArn);
    await place.account.changeSets.alone(productId, () => restrict(place, productId, id));
  },
};

/** What a declaration left to AWS stays out of it; with no declaration (a resource that is only read), all of it counts. */
function asDeclared(seen: AmiVersionSpec | undefined, declared: Properties): Properties {
  if (declared.title === undefined) return { ...seen };
  return Object.fromEntries(Object.entries(seen ?? {}).filter(([name]) => declared[name] !== undefined));
}

function outputsOf(inputs: Properties, version: VersionFacts, productArn: string): Properties {
  const { id, deliveryOptionIds, amiAlias, visibility } = version;
  return { ...inputs, versionId: id, deliveryOptionIds, amiAlias, visibility, productArn };
}

function checkProduct({ productId }: Properties): CheckFailure[] {
  if (isUnknown(productId) || (typeof productId === "string" && productId !== "")) return [];
  return [{ property: "productId", reason: "A version needs the id of its product: prod-…" }];
}

/** The rule book judges listings; of the rest of this one nothing is known here. */
function checkVersion(news: Properties): CheckFailure[] {
  const rest = Object.fromEntries(listingNames.map((name) => [name, unknownText]));
  const problems = checkAmiListing({ ...rest, versions: [specIn(news)] } as never, { isUnknown });
  return problems
    .filter(({ path }) => path.startsWith("versions[0]"))
    .map(({ path, message, code }) => ({
      property: path.slice("versions[0].".length),
      reason: `${message} [${code}]`,
    }));
}

/** What `check` has let through, or is about to judge. */
function specIn(properties: Properties): AmiVersionSpec {
  const members = specNames.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]);
  return Object.fromEntries(members);
}
