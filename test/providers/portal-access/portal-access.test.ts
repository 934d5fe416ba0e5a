import { DetachGroupPolicyCommand, GetGroupCommand, GetPolicyCommand } from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";
import { portalPages } from "../../../marketplace/access/portal-pages";
import { portalAccess } from "../../../providers/portal-access/reconciler";
import { askIam } from "../support/ask-iam";
import { motoMissing, openEmbedded, openMoto } from "../support/iam-places";
import { startRun } from "../support/market";

const none = { changes: false, replaces: [] };
const missing = motoMissing();
const places = [
  { place: "the embedded marketplace", open: openEmbedded, skip: undefined },
  { place: `moto's server${missing === undefined ? "" : ` (skipped: ${missing})`}`, open: openMoto, skip: missing },
];

describe.each(places)("on $place", ({ open, skip }) => {
  test.skipIf(skip)("pages are given out, changed and taken back", async () => {
    const { iam } = await open();
    const ask = askIam(iam);
    const provider = startRun().provider(portalAccess);
    const declared = { name: "MarketplaceFinance", pages: ["reports", "support-eligibility"] };
    const { id, outs } = await provider.create(declared);
    expect(await ask.policiesOf(id)).toEqual([id]);
    expect(actionsOf(await ask.document(String(outs.policyArn)))).toEqual([
      "aws-marketplace-management:viewReports",
      "aws-marketplace-management:viewSupport",
    ]);
    expect(await provider.diff(id, outs, declared)).toEqual(none);
    expect(await provider.read(id, outs)).toMatchObject({ props: outs, inputs: declared });

    const all = { name: id, pages: "all" };
    const { outs: opened } = await provider.update(id, outs, all);
    expect(await ask.policiesOf(id)).toEqual(["AWSMarketplaceSellerProductsFullAccess", id]);
    expect(await provider.diff(id, opened, all)).toEqual(none);

    const products = { name: id, pages: ["manage-products"] };
    const { outs: last } = await provider.update(id, opened, products);
    expect(await ask.policiesOf(id)).toEqual(["AWSMarketplaceSellerProductsFullAccess"]);
    await expect(iam.send(new GetPolicyCommand({ PolicyArn: String(outs.policyArn) }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });

    await provider.delete(id, last);
    await expect(iam.send(new GetGroupCommand({ GroupName: id }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
  });
});

test("a page that somebody took away is found by refresh and given back", async () => {
  const { iam } = await openEmbedded();
  const provider = startRun().provider(portalAccess);
  const declared = { name: "Products", pages: ["manage-products", "settings"] };
  const { id, outs } = await provider.create(declared);
  const PolicyArn = String(outs.policyArn);
  await iam.send(new DetachGroupPolicyCommand({ GroupName: id, PolicyArn }));
  const { props = {} } = await provider.read(id, outs);
  expect(await provider.diff(id, props, declared)).toEqual({ changes: true, replaces: [] });
  expect((await provider.update(id, props, declared)).outs).toEqual(outs);
});

test.each([...portalPages, "all"])("a group that opens %s is imported as such", async (page) => {
  await openEmbedded();
  const provider = startRun().provider(portalAccess);
  const declared = { name: "Team", pages: page === "all" ? page : [page] };
  const { id } = await provider.create(declared);
  expect((await provider.read(id, {})).inputs).toEqual(declared);
});

test.each([
  ["an unknown page", { name: "Team", pages: ["report"] }, "pages[0]", 'has no page "report"'],
  ["a page twice", { name: "Team", pages: ["reports", "reports"] }, "pages", "there twice"],
  ["no pages", { name: "Team", pages: [] }, "pages", "Say which pages"],
  ["pages left out", { name: "Team" }, "pages", "Say which pages"],
  ["a name that is too long", { name: "x".repeat(129), pages: "all" }, "name", "at most 128 characters"],
])("%s is told before anything is sent", async (_what, declared, property, reason) => {
  const { failures } = await startRun().provider(portalAccess).check({}, declared);
  expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
});

function actionsOf(document: unknown): string[] {
  const { Statement = [] } = document as { readonly Statement?: readonly { readonly Action: readonly string[] }[] };
  return Statement.flatMap(({ Action }) => Action).toSorted();
}
