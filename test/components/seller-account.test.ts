import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { SellerAccount } from "../../components/seller-account";
import { complete } from "../marketplace/sellers/made-up";

test("a seller's account is a registration, an ingestion role and a team, with tax and bank as secrets", async () => {
  const made: { type: string; name: string; inputs: Readonly<Record<string, unknown>> }[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      made.push({ type: type.split(":").at(-1) ?? "", name, inputs });
      return { id: name, state: { ...inputs, arn: `arn:aws:iam::111122223333:role/${name}` } };
    },
    call: () => ({}),
  });
  const account = new SellerAccount("northwind", { ...complete, team: [{ person: "alice", pages: "all" }] });
  const children = [account.seller, account.ingestionRole, ...(account.team?.groups.values() ?? [])];
  await Promise.all(children.map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));

  expect(made.map(({ type, name }) => [type, name])).toEqual(
    expect.arrayContaining([
      [expect.stringMatching(/Seller$/), "northwind"],
      [expect.stringMatching(/IngestionRole$/), "northwind-ingestion"],
      [expect.stringMatching(/PortalAccess$/), "northwind-team-all"],
    ]),
  );
  const { tax } = account.seller as unknown as { readonly tax: pulumi.Output<unknown> };
  expect(await pulumi.isSecret(tax)).toBe(true);
});
