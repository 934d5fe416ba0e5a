import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CheckRequest, ConfigureRequest, CreateRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, test } from "vitest";
import { providerText } from "../../../providers/resource";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { openMarket } from "../support/market";
import { startPlugin, type Plugin } from "../support/plugin";
import { openSeller } from "../support/seller";

type Properties = Record<string, JavaScriptValue>;

const struct = (properties: Properties): Struct => Struct.fromJavaScript(properties);

async function configure({ client }: Plugin, config: Properties): Promise<void> {
  const request = new ConfigureRequest();
  request.setArgs(struct(config));
  await new Promise<void>((resolve, reject) => {
    client.configure(request, (error) => (error === null ? resolve() : reject(error)));
  });
}

async function check({ client }: Plugin, news: Properties) {
  const request = new CheckRequest();
  request.setOlds(struct({}));
  request.setNews(struct(news));
  return new Promise<{ inputs: Properties; failures: string[] }>((resolve, reject) => {
    client.check(request, (error, response) => {
      if (error !== null) reject(error);
      else {
        const failures = response.getFailuresList().map((failure) => failure.getProperty());
        resolve({ inputs: response.getInputs()?.toJavaScript() ?? {}, failures });
      }
    });
  });
}

async function create({ client }: Plugin, inputs: Properties): Promise<string> {
  const request = new CreateRequest();
  request.setProperties(struct(inputs));
  return new Promise((resolve, reject) => {
    client.create(request, (error, response) => (error === null ? resolve(response.getId()) : reject(error)));
  });
}

test("Pulumi's own plugin process finds the provider by the text in the state, and the stack's configuration", async () => {
  const market = await openMarket();
  const s3 = new S3Client({ endpoint: market.endpoint, forcePathStyle: true, region: "us-east-1", profile: "buyer" });
  await s3.send(new CreateBucketCommand({ Bucket: "files" }));
  const plugin = await startPlugin({});
  await configure(plugin, { "marketplace:profile": "buyer" });
  const provider = providerText("ListingFile");
  const { inputs, failures } = await check(plugin, { bucket: "files", source: "package.json", __provider: provider });
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({ __provider: provider });
  expect(await create(plugin, inputs)).toBe(`files/${String(inputs.key)}`);
});

test("Ctrl-C, which engines tell a plugin by Pulumi's Cancel call, ends a create that waits for a scan", async () => {
  const clock = new TurningClock();
  const market = await openMarket({ clock, latency: "realistic" });
  const ticking = setInterval(() => void clock.turn(60_000), 20);
  const seller = await openSeller(market);
  clearInterval(ticking);
  const plugin = await startPlugin({});
  await configure(plugin, {});
  const listing: Properties = JSON.parse(JSON.stringify(seller.listing()));
  const { inputs, failures } = await check(plugin, { ...listing, __provider: providerText("AmiProduct") });
  expect(failures).toEqual([]);
  const ended = create(plugin, inputs).catch(String);
  await expect
    .poll(() => plugin.logged, { timeout: 10_000 })
    .toContainEqual({
      message: expect.stringMatching(/^Example Corp Log Agent: change set \w+ is PREPARING/),
      passing: true,
    });
  plugin.client.cancel(new Empty(), () => undefined);
  expect(await ended).toMatch(/is PREPARING and goes on at AWS Marketplace/);
});
