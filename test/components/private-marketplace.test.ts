import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { PrivateMarketplace, type PrivateMarketplaceArgs } from "../../components/private-marketplace";
import { type Made, mockCloud } from "./mock-cloud";

const made: Made[] = [];

beforeEach(() => mockCloud(made, ({ inputs }) => ({ ...inputs, experienceId: "exp-1111111111111" })));

async function declared(args: PrivateMarketplaceArgs): Promise<readonly Made[]> {
  const market = new PrivateMarketplace("engineering", args);
  const { experience, policy, branding, audience } = market;
  const parts = [experience, policy, branding, audience].filter((part) => part !== undefined);
  await Promise.all(parts.map(({ urn }) => new Promise((done) => urn.apply(done))));
  return made.filter(({ type }) => type !== "PrivateMarketplace");
}

const experienceId = "exp-1111111111111";

test("the shortest declaration is an enabled experience with its policy", async () => {
  expect(await declared({ allow: ["prod-1"] })).toEqual([
    { type: "Experience", name: "engineering", inputs: { name: "engineering", enabled: true } },
    {
      type: "ProcurementPolicy",
      name: "engineering-policy",
      inputs: { experienceId, name: "engineering", allow: ["prod-1"] },
    },
  ]);
});

test("products are named by id, or by the resources that have one", async () => {
  const listing = { productId: pulumi.output("prod-own") };
  const all = await declared({ allow: ["prod-1", listing, pulumi.output("prod-2")], deny: [listing] });
  expect(all.find(({ type }) => type === "ProcurementPolicy")?.inputs).toMatchObject({
    allow: ["prod-1", "prod-own", "prod-2"],
    deny: ["prod-own"],
  });
});

test("a list that only the deployment knows is taken as it is", async () => {
  const all = await declared({ allow: pulumi.output(["prod-1"]) });
  expect(all.find(({ type }) => type === "ProcurementPolicy")?.inputs).toMatchObject({ allow: ["prod-1"] });
});

test("audience and branding become resources, the audience last, its principals from three lists", async () => {
  const all = await declared({
    name: "Tools",
    allow: [pulumi.output("prod-1")],
    deny: ["prod-2"],
    audience: {
      accounts: ["444455556666"],
      organizationalUnits: pulumi.output(["ou-ab12-11111111"]),
      organization: "o-exampleorg1",
    },
    branding: { title: "Our tools" },
    requests: true,
    enabled: false,
  });
  const inputsOf = (type: string) => all.find((one) => one.type === type)?.inputs;
  expect(all).toHaveLength(4);
  expect(inputsOf("Experience")).toMatchObject({ name: "Tools", enabled: false });
  expect(inputsOf("ProcurementPolicy")).toMatchObject({ allow: ["prod-1"], deny: ["prod-2"], requests: true });
  expect(inputsOf("BrandingSettings")).toEqual({ experienceId, name: "Tools", title: "Our tools" });
  expect(all.at(-1)?.inputs).toEqual({
    experienceId,
    name: "Tools",
    principals: ["444455556666", "ou-ab12-11111111", "o-exampleorg1"],
  });
});
