import { describe, expect, test } from "vitest";
import type { AssetFacts } from "../../../marketplace/changes/change-type";
import { planAmiListing } from "../../../marketplace/listing/ami-listing";
import { hourlyListing } from "../support/listings";
import { goodAssets, Market } from "../support/market";
import { add, codes, marketIn } from "../support/products";

describe("an image or role that AWS would refuse is refused with its code", () => {
  const image = goodAssets.image as Extract<AssetFacts["image"], { found: true }>;
  const role = goodAssets.role as Extract<AssetFacts["role"], { found: true }>;
  const cases: [what: string, facts: AssetFacts, code: string][] = [
    ["not there", { role, image: { found: false, reason: "it is not in us-east-1" } }, "ASSET_NOT_FOUND"],
    ["of another account", { role, image: { ...image, ownerId: "444455556666" } }, "ASSET_NOT_FOUND"],
    [
      "an encrypted snapshot",
      { role, image: { ...image, snapshots: [{ id: "snap-1", encrypted: true }] } },
      "ASSET_ACCESS_EXCEPTION",
    ],
    ["with a product code", { role, image: { ...image, productCodes: ["abc"] } }, "EXISTING_AMI_PRODUCT_CODE"],
    [
      "paravirtual",
      { role, image: { ...image, virtualizationType: "paravirtual" } },
      "INVALID_AMI_VIRTUALIZATION_TYPE",
    ],
    [
      "on instance store",
      { role, image: { ...image, rootDeviceType: "instance-store" } },
      "INVALID_AMI_VIRTUALIZATION_TYPE",
    ],
    ["of 32 bits", { role, image: { ...image, architecture: "i386" } }, "INVALID_AMI_ARCHITECTURE"],
    [
      "of another architecture than the product",
      { role, image: { ...image, architecture: "arm64" } },
      "INVALID_AMI_ARCHITECTURE",
    ],
    ["without ENA", { role, image: { ...image, enaSupport: false } }, "INCOMPATIBLE_AMI"],
    ["older than two years", { role, image: { ...image, creationDate: "2024-11-21T00:00:00.000Z" } }, "SCAN_ERROR"],
    ["no role", { image, role: { found: false, reason: "no such role" } }, "ASSET_NOT_FOUND"],
    ["a role that may not be passed", { image, role: { ...role, passable: false } }, "ASSET_NOT_FOUND"],
    ["a role that trusts nobody", { image, role: { ...role, trustsIngestion: false } }, "ASSET_NOT_FOUND"],
    ["a role without rights", { image, role: { ...role, missingActions: ["ec2:DescribeImages"] } }, "ASSET_NOT_FOUND"],
  ];
  test.each(cases)("%s", (_what, facts, code) => {
    const market = marketIn("Limited");
    market.assets = facts;
    expect(codes(market, [["AddDeliveryOptions", add({})]])).toEqual({ AddDeliveryOptions: [code] });
  });

  test("the first image of a product must fit its instance types", () => {
    const market = new Market();
    market.assets = { role, image: { ...image, architecture: "arm64" } };
    const found = [...market.try(planAmiListing(hourlyListing).changes).problems.values()].flat();
    expect(found.map(({ code }) => code)).toEqual(["INCOMPATIBLE_AMI"]);
  });

  test("an image of two years less a day will do", () => {
    const market = marketIn("Limited");
    market.assets = { role, image: { ...image, creationDate: "2024-11-23T00:00:00.000Z" } };
    expect(codes(market, [["AddDeliveryOptions", add({})]])).toEqual({});
  });
});
