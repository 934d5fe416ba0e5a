import { expect, test } from "vitest";
import { amiProduct } from "../../../providers/ami-product/reconciler";
import { amiVersion } from "../../../providers/ami-version/reconciler";
import type { Properties } from "../../../providers/provider";
import { unknownText } from "../../../providers/unknown";
import { openMarket, startRun, type Run } from "../support/market";
import { openSeller } from "../support/seller";

/** A listing with version 4.2.0, and a version 4.3.0 to add to it. */
async function setUp(visibility: "Public" | "Limited" = "Public") {
  const seller = await openSeller(await openMarket());
  const provider = startRun().provider(amiProduct);
  const listing = await provider.check({}, { ...seller.listing({ visibility }) });
  const product = { ...(await provider.create(listing.inputs)), inputs: listing.inputs };
  const [first] = seller.listing().versions;
  if (first === undefined) throw new Error("The listing has no version.");
  const version: Properties = { ...first, productId: product.id, title: "4.3.0", releaseNotes: "The second version." };
  return { seller, product, version };
}

async function add(declared: Properties, run: Run = startRun()) {
  const provider = run.provider(amiVersion);
  const { inputs, failures } = await provider.check({}, declared);
  expect(failures).toEqual([]);
  return { ...(await provider.create(inputs)), inputs };
}

test("a pipeline adds a version to a listing declared elsewhere, rewords it, and restricts it at the end", async () => {
  const { seller, product, version } = await setUp();
  const made = await add(version);
  expect(made.outs).toMatchObject({
    versionId: made.id,
    visibility: "Public",
    deliveryOptionIds: [expect.stringMatching(/./)],
    amiAlias: expect.stringContaining("/aws/service/marketplace/"),
  });
  expect(await seller.details(product.id)).toMatchObject({
    Versions: [{ VersionTitle: "4.2.0" }, { VersionTitle: "4.3.0", ReleaseNotes: "The second version." }],
  });

  const provider = startRun().provider(amiVersion);
  expect(await provider.diff(made.id, made.outs, made.inputs)).toEqual({ changes: false, replaces: [] });
  expect(await provider.read(made.id, made.outs)).toEqual({ id: made.id, props: made.outs, inputs: made.inputs });

  const reworded = { ...made.inputs, releaseNotes: "The second version, in better words." };
  expect(await provider.diff(made.id, made.outs, reworded)).toEqual({ changes: true, replaces: [] });
  const { outs } = await provider.update(made.id, made.outs, reworded);
  expect((await provider.read(made.id, outs)).props).toEqual(outs);

  await startRun().provider(amiVersion).delete(made.id, outs);
  await startRun().provider(amiVersion).delete(made.id, outs);
  expect((await provider.read(made.id, outs)).props).toMatchObject({ visibility: "Restricted" });
  const sets = (await seller.changeSets()).slice(2);
  expect(sets.map(({ changes }) => changes)).toEqual([
    ["AddDeliveryOptions"],
    ["UpdateDeliveryOptions"],
    ["RestrictDeliveryOptions"],
  ]);
});

test("the listing's own resource leaves the pipeline's version alone", async () => {
  const { seller, product, version } = await setUp();
  await add(version);
  const provider = startRun().provider(amiProduct);
  const { props } = await provider.read(product.id, product.outs);
  expect(props).toMatchObject({ versions: product.outs.versions, versionIds: product.outs.versionIds });
  await provider.update(product.id, product.outs, { ...product.inputs, shortDescription: "Ships logs." });
  expect((await seller.changeSets()).at(-1)?.changes).toEqual(["UpdateInformation"]);
});

test("several versions of one product in one program queue up", async () => {
  const { seller, version } = await setUp();
  const run = startRun();
  const titles = ["4.3.0", "4.3.1", "4.3.2"];
  const made = await Promise.all(titles.map((title) => add({ ...version, title }, run)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(3);
  expect((await seller.changeSets()).slice(2)).toHaveLength(3);
  expect(run.host.said.filter(({ message }) => message.includes("locked"))).toEqual([]);
});

test("a run that broke off after adding the version leaves nothing to be added twice", async () => {
  const { seller, version } = await setUp();
  const lost = await add(version);
  const found = await add(version);
  expect(found.id).toBe(lost.id);
  expect((await seller.changeSets()).slice(2)).toHaveLength(1);
});

test("a title that the product has already is refused by its name", async () => {
  const { version } = await setUp();
  await expect(add({ ...version, title: "4.2.0" })).rejects.toThrow(
    /^title: product prod-\w+ has a version "4.2.0" already/,
  );
});

test("a version of a listing that is not public stays, and a message says so", async () => {
  const { version } = await setUp("Limited");
  const made = await add(version);
  const run = startRun();
  await run.provider(amiVersion).delete(made.id, made.outs);
  expect(run.host.said).toEqual([
    { message: expect.stringContaining("stays: AWS restricts versions of public"), kind: "warning" },
  ]);
});

test("the last version of a public listing stays, and a message says so", async () => {
  const { product, version } = await setUp();
  const { "4.2.0": id = "" } = Object.fromEntries(Object.entries(product.outs.versionIds ?? {}));
  const run = startRun();
  await run.provider(amiVersion).delete(String(id), { ...version, title: "4.2.0" });
  expect(run.host.said).toEqual([{ message: expect.stringContaining("keeps its last version"), kind: "warning" }]);
});

test.each([
  ["title", "4.4.0"],
  ["productId", "prod-1111111111111"],
  ["image", { amiId: "ami-0fedcba9876543210" }],
  ["deliveryOptionTitle", "Another"],
])("%s cannot be changed, so the version is replaced", async (name, value) => {
  const olds = { productId: "prod-2222222222222", title: "4.3.0", image: { amiId: "ami-0123456789abcdef0" } };
  const diff = await startRun()
    .provider(amiVersion)
    .diff("v", olds, { ...olds, [name]: value });
  expect(diff).toEqual({ changes: true, replaces: [name] });
});

test.each<[string, Properties, string]>([
  ["no product", { productId: undefined }, "productId"],
  ["no title", { title: undefined }, "title"],
  [
    "a bad image id",
    { image: { amiId: "img-1", accessRoleArn: "arn:aws:iam::111122223333:role/x", userName: "u" } },
    "image.amiId",
  ],
  [
    "a protocol that is none",
    { securityGroups: [{ protocol: "icmp", fromPort: 1, toPort: 1, cidrs: ["10.0.0.0/8"] }] },
    "securityGroups[0]",
  ],
  ["a misspelt property", { relaseNotes: "x" }, "relaseNotes"],
])("%s is refused in preview, by the property's name", async (_what, wrong, property) => {
  const declared = { ...declaredVersion, ...wrong };
  const { failures } = await startRun().provider(amiVersion).check({}, declared);
  expect(failures.map((failure) => failure.property)).toContainEqual(expect.stringContaining(property));
});

test("in preview, a product and an image that are not known yet are no mistake", async () => {
  const declared = {
    ...declaredVersion,
    productId: unknownText,
    image: { ...declaredVersion.image, amiId: unknownText },
  };
  expect((await startRun().provider(amiVersion).check({}, declared)).failures).toEqual([]);
});

const declaredVersion = {
  productId: "prod-1111111111111",
  title: "4.3.0",
  releaseNotes: "The second version.",
  image: {
    amiId: "ami-0123456789abcdef0",
    accessRoleArn: "arn:aws:iam::111122223333:role/Ingestion",
    userName: "ec2-user",
    operatingSystem: { name: "AMAZONLINUX", version: "Amazon Linux 2023" },
  },
  usageInstructions: "Launch it and connect by SSH as ec2-user.",
  recommendedInstanceType: "m7i.large",
  securityGroups: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrs: ["10.0.0.0/8"] }],
};
