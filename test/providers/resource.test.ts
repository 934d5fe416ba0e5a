import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { ListingFile } from "../../providers/listing-file/listing-file";
import { providerText, type ResourceType } from "../../providers/resource";

const types: ResourceType[] = [
  "AccessGroup",
  "AccessUser",
  "AmiProduct",
  "AmiVersion",
  "GroupMembership",
  "ListingFile",
  "Offer",
  "PortalAccess",
];

// Refresh and delete run the text that stands in people's state: it must stay as it is, to the letter.
test.each(types)("the provider text of %s is the one in everybody's state", (type) => {
  expect(providerText(type)).toBe(
    `exports.handler=()=>module.constructor.createRequire(process.cwd()+"/x.js")("pulumi-aws-marketplace/runtime").handler("${type}")`,
  );
});

test.each(types)("the provider text of %s stays under 200 bytes", (type) => {
  expect(Buffer.byteLength(providerText(type))).toBeLessThan(200);
});

test("a resource registers as a dynamic one with its text, its inputs, and outputs to come", async () => {
  const registered: pulumi.runtime.MockResourceArgs[] = [];
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: (args) => {
      registered.push(args);
      return { id: "b/k", state: { ...args.inputs, url: "https://b.s3.amazonaws.com/k" } };
    },
  });
  const file = new ListingFile("logo", { bucket: "b", source: "logo.png" });
  const url = await new Promise((resolve) => void file.url.apply(resolve));
  expect(url).toBe("https://b.s3.amazonaws.com/k");
  expect(registered).toEqual([
    expect.objectContaining({
      type: "pulumi-nodejs:dynamic/marketplace:ListingFile",
      name: "logo",
      inputs: { bucket: "b", source: "logo.png", __provider: providerText("ListingFile") },
    }),
  ]);
});
