import {
  ListTagsForResourceCommand,
  StartChangeSetCommand,
  TagResourceCommand,
} from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import type { AmiListing } from "../../../marketplace/listing/ami-listing";
import { amiProduct } from "../../../providers/ami-product/reconciler";
import { ChangeSetFailed } from "../../../providers/change-sets/failed";
import { PartlyDone, type Properties } from "../../../providers/provider";
import { openMarket, startRun, type Run } from "../support/market";
import { openSeller } from "../support/seller";

const url = (name: string) => `https://example-corp.s3.amazonaws.com/${name}`;
const setUp = async () => openSeller(await openMarket());

/** What up does with a listing that is not in the state. */
async function up(listing: AmiListing | Properties, run: Run = startRun()) {
  const provider = run.provider(amiProduct);
  const { inputs, failures } = await provider.check({}, { ...listing });
  expect(failures).toEqual([]);
  const { id, outs } = await provider.create(inputs);
  return { id, outs, inputs };
}

/** What up does with a listing that is: undefined when there is nothing to do. */
async function upAgain(
  { id, outs, inputs }: Awaited<ReturnType<typeof up>>,
  listing: AmiListing,
  run: Run = startRun(),
) {
  const provider = run.provider(amiProduct);
  const { inputs: news, failures } = await provider.check(inputs, { ...listing });
  expect(failures).toEqual([]);
  const diff = await provider.diff(id, outs, news);
  if (!diff.changes) return undefined;
  expect(diff.replaces).toEqual([]);
  return { id, inputs: news, ...(await provider.update(id, outs, news)) };
}

test("up makes the listing in two change sets, a second up changes nothing, destroy restricts it", async () => {
  const seller = await setUp();
  const made = await up(seller.listing());
  expect(made.outs).toMatchObject({
    productId: made.id,
    offerId: expect.stringMatching(/^offer-/),
    productCode: expect.stringMatching(/./),
    productArn: expect.stringContaining(made.id),
    state: "Active",
    visibility: "Public",
    versionIds: { "4.2.0": expect.stringMatching(/./) },
  });
  expect(made.outs.pendingRequest).toBeUndefined();
  expect(await seller.products()).toEqual([{ id: made.id, visibility: "Public" }]);
  expect(await seller.details(made.id)).toMatchObject({ Description: { ProductTitle: "Example Corp Log Agent" } });
  expect(await seller.details(made.outs.offerId)).toMatchObject({ State: "Released" });
  const sets = await seller.changeSets();
  expect(sets.map(({ changes }) => changes.length)).toEqual([14, 1]);

  expect(await upAgain(made, seller.listing())).toBeUndefined();
  expect(await startRun().provider(amiProduct).read(made.id, made.outs)).toEqual({
    id: made.id,
    props: made.outs,
    inputs: made.inputs,
  });

  const run = startRun();
  await run.provider(amiProduct).delete(made.id, made.outs);
  expect(await seller.products()).toEqual([{ id: made.id, visibility: "Restricted" }]);
  expect(run.host.said.map(({ message }) => message)).toContainEqual(expect.stringContaining("never deletes"));
  await startRun().provider(amiProduct).delete(made.id, made.outs);
  expect(await seller.changeSets()).toHaveLength(3);
});

test.each<[string, (listing: AmiListing) => Partial<AmiListing>, string[]]>([
  [
    "a price",
    () => ({
      pricing: {
        model: "usage",
        hourly: { "m7i.large": "0.08", "m7i.xlarge": "0.18" },
        annual: { "m7i.large": "630", "m7i.xlarge": "1260" },
      },
    }),
    ["UpdatePricingTerms"],
  ],
  ["a text", () => ({ shortDescription: "Collects, filters and ships logs." }), ["UpdateInformation"]],
  ["a region more", ({ regions }) => ({ regions: [...regions, "eu-west-1"] }), ["AddRegions"]],
  ["a region less", () => ({ regions: ["us-east-1"] }), ["RestrictRegions"]],
  ["an account that may see it", () => ({ allowlist: ["777788889999"] }), ["UpdateTargeting"]],
  ["the refund policy", () => ({ refundPolicy: "In full within 60 days." }), ["UpdateSupportTerms"]],
  [
    "an instance type more, with its dimension and prices",
    () => ({
      instanceTypes: ["m7i.large", "m7i.xlarge", "m7i.2xlarge"],
      pricing: {
        model: "usage",
        hourly: { "m7i.large": "0.09", "m7i.xlarge": "0.18", "m7i.2xlarge": "0.36" },
        annual: { "m7i.large": "630", "m7i.xlarge": "1260", "m7i.2xlarge": "2520" },
      },
    }),
    ["AddDimensions", "AddInstanceTypes", "UpdatePricingTerms"],
  ],
  ["less visibility", () => ({ visibility: "Limited" }), ["UpdateVisibility"]],
  [
    "release notes",
    ({ versions }) => ({ versions: versions.map((version) => ({ ...version, releaseNotes: "Better words." })) }),
    ["UpdateDeliveryOptions"],
  ],
])("changing %s takes one change set with just that", async (_what, change, expected) => {
  const seller = await setUp();
  const made = await up(seller.listing());
  const changed = { ...seller.listing(), ...change(seller.listing()) };
  const updated = await upAgain(made, changed);
  const sets = await seller.changeSets();
  expect(sets.slice(2).map(({ changes }) => changes.toSorted())).toEqual([expected]);
  expect(updated).toBeDefined();
  if (updated === undefined) return;
  expect(await upAgain(updated, changed)).toBeUndefined();
  const { props } = await startRun().provider(amiProduct).read(updated.id, updated.outs);
  expect(props).toEqual(updated.outs);
});

test("what somebody changes in the portal shows at refresh, and up mends it", async () => {
  const seller = await setUp();
  const made = await up(seller.listing());
  await seller.catalog.send(
    new StartChangeSetCommand({
      Catalog: "AWSMarketplace",
      ChangeSet: [
        {
          ChangeType: "UpdateInformation",
          Entity: { Type: "AmiProduct@1.0", Identifier: made.id },
          DetailsDocument: { ProductTitle: "Example Corp Log Agent 2" },
        },
      ],
    }),
  );
  await expect.poll(async () => (await seller.changeSets()).at(-1)?.status).toBe("SUCCEEDED");
  const refreshed = await startRun().provider(amiProduct).read(made.id, made.outs);
  expect(refreshed.props).toMatchObject({ title: "Example Corp Log Agent 2" });
  const { props = {}, inputs = {} } = refreshed;
  const mended = await upAgain({ id: made.id, outs: props, inputs }, seller.listing());
  expect(mended?.outs).toMatchObject({ title: "Example Corp Log Agent" });
  expect(await seller.details(made.id)).toMatchObject({ Description: { ProductTitle: "Example Corp Log Agent" } });
});

test("a listing that somebody restricted is published again by up", async () => {
  const seller = await setUp();
  const made = await up(seller.listing());
  await startRun().provider(amiProduct).delete(made.id, made.outs);
  const { props = {}, inputs = {} } = await startRun().provider(amiProduct).read(made.id, made.outs);
  expect(props.visibility).toBe("Restricted");
  await upAgain({ id: made.id, outs: props, inputs }, seller.listing());
  expect(await seller.products()).toEqual([{ id: made.id, visibility: "Public" }]);
});

test("a product that is not there is gone at refresh", async () => {
  await setUp();
  expect(await startRun().provider(amiProduct).read("prod-1111111111111", {})).toEqual({ id: "" });
});

test("credentials of another account do not make a listing look gone", async () => {
  const seller = await setUp();
  const made = await up(seller.listing());
  const other = startRun({ "marketplace:profile": "partner" }).provider(amiProduct);
  const told = /^connection: these are credentials of account \d{12}, but the listing belongs to \d{12}/;
  await expect(other.read(made.id, made.outs)).rejects.toThrow(told);
  await expect(other.update(made.id, made.outs, made.inputs)).rejects.toThrow(told);
  await expect(other.delete(made.id, made.outs)).rejects.toThrow(told);
  expect(await seller.products()).toEqual([{ id: made.id, visibility: "Public" }]);
});

test("a run that broke off after making the listing leaves nothing to be made twice", async () => {
  const seller = await setUp();
  const lost = await up(seller.listing());
  const run = startRun();
  const found = await up({ ...seller.listing(), shortDescription: "Edited after the crash." }, run);
  expect(found.id).toBe(lost.id);
  expect(await seller.products()).toHaveLength(1);
  expect(run.host.said.map(({ message }) => message)).toContainEqual(
    expect.stringContaining(`an earlier run made ${lost.id}`),
  );
  expect(await seller.details(lost.id)).toMatchObject({ Description: { ShortDescription: "Edited after the crash." } });
});

test("what was edited since a run broke off is made so, also what the catalog does not show", async () => {
  const seller = await setUp();
  const lost = await up(
    seller.listing({ tags: { team: "logs", cost: "17" }, eula: { type: "custom", url: url("eula-1.txt") } }),
  );
  const edited = seller.listing({
    tags: { team: "observability" },
    eula: { type: "custom", url: url("eula-2.txt") },
    logoUrl: url("logo-2.png"),
    allowlist: ["777788889999"],
  });
  const found = await up(edited);
  expect(found.id).toBe(lost.id);
  const { Tags } = await seller.catalog.send(
    new ListTagsForResourceCommand({ ResourceArn: String(lost.outs.productArn) }),
  );
  expect(Tags).toEqual([{ Key: "team", Value: "observability" }]);
  expect(await seller.details(found.id)).toMatchObject({
    Targeting: { PositiveTargeting: { BuyerAccounts: expect.arrayContaining(["777788889999"]) } },
  });
  const sets = (await seller.changeSets()).slice(2);
  expect(sets.flatMap(({ changes }) => changes).toSorted()).toEqual([
    "UpdateInformation",
    "UpdateLegalTerms",
    "UpdateTargeting",
  ]);
});

test("a destroyed listing that is declared again is a new one", async () => {
  const seller = await setUp();
  const first = await up(seller.listing());
  await startRun().provider(amiProduct).delete(first.id, first.outs);
  const second = await up(seller.listing());
  expect(second.id).not.toBe(first.id);
  expect(await seller.products()).toHaveLength(2);
});

test("a listing that is replaced leaves the old one alone until it is deleted", async () => {
  const seller = await setUp();
  const made = await up(seller.listing());
  const run = startRun();
  const provider = run.provider(amiProduct);
  const free = { ...seller.listing(), pricing: { model: "free" }, refundPolicy: "Nothing to refund." } as const;
  const { inputs } = await provider.check(made.inputs, free);
  expect(await provider.diff(made.id, made.outs, inputs)).toMatchObject({ changes: true, replaces: ["pricing"] });
  const replacement = await up(free, run);
  expect(replacement.id).not.toBe(made.id);
  await provider.delete(made.id, made.outs);
  expect(new Set(await seller.products())).toEqual(
    new Set([
      { id: made.id, visibility: "Restricted" },
      { id: replacement.id, visibility: "Public" },
    ]),
  );
});

test("tags are set with the listing, changed without a change set, and their drift is found", async () => {
  const seller = await setUp();
  const made = await up(seller.listing({ tags: { team: "logs", cost: "17" } }));
  const updated = await upAgain(made, seller.listing({ tags: { team: "observability" } }));
  const ResourceArn = String(made.outs.productArn);
  const { Tags } = await seller.catalog.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual([{ Key: "team", Value: "observability" }]);
  expect(await seller.changeSets()).toHaveLength(2);
  await seller.catalog.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "team", Value: "other" }] }));
  const { props } = await startRun()
    .provider(amiProduct)
    .read(made.id, updated?.outs ?? {});
  expect(props).toMatchObject({ tags: { team: "other" } });
});

test("what is there when a second version fails is kept, and the next up goes on from there", async () => {
  const seller = await setUp();
  const [first] = seller.listing().versions;
  if (first === undefined) throw new Error("The listing has no version.");
  const second = { ...first, title: "4.3.0", image: { ...first.image, amiId: "ami-0123456789abcdef0" } };
  const provider = startRun().provider(amiProduct);
  const { inputs } = await provider.check({}, { ...seller.listing({ versions: [first, second] }) });
  const failure: unknown = await provider
    .create({ ...inputs, __provider: "the text in the state" })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    id: expect.stringMatching(/^prod-/),
    message: expect.stringMatching(/changed nothing:\n {2}versions\[1\]\.image\.amiId: .*\[ASSET_NOT_FOUND\]/),
    properties: { __provider: "the text in the state", visibility: "Limited", versions: [{ title: "4.2.0" }] },
  });
  if (!(failure instanceof PartlyDone)) return;
  const mended = { ...inputs, versions: [first, { ...second, image: first.image }] };
  const { outs } = await startRun().provider(amiProduct).update(failure.id, failure.properties, mended);
  expect(outs).toMatchObject({
    visibility: "Public",
    versionIds: { "4.2.0": expect.anything(), "4.3.0": expect.anything() },
  });
  expect(await seller.products()).toHaveLength(1);
});

test("an update that AWS refuses leaves the state as it was", async () => {
  const seller = await setUp();
  const made = await up(seller.listing());
  const [first] = seller.listing().versions;
  if (first === undefined) throw new Error("The listing has no version.");
  const second = { ...first, title: "4.3.0", image: { ...first.image, amiId: "ami-0123456789abcdef0" } };
  const update = startRun()
    .provider(amiProduct)
    .update(made.id, made.outs, { ...made.inputs, versions: [first, second] });
  const failure: unknown = await update.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ChangeSetFailed);
  expect(failure).not.toBeInstanceOf(PartlyDone);
  expect((await startRun().provider(amiProduct).read(made.id, made.outs)).props).toEqual(made.outs);
});
